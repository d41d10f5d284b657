//! Whose values are shown: a box that looks for people of the directory as one types.

use std::time::Duration;

use api::{DirectoryPerson, FindPeople};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use crate::i18n::t;
use crate::i18n::texts::MappingText;
use crate::kit::{Icon, ToastBox, use_toasts};
use crate::rpc;

const QUIET: Duration = Duration::from_millis(250);

/// The box and its list.
#[derive(Clone, Copy)]
struct Picker {
    desk: Desk,
    text: RwSignal<String>,
    found: RwSignal<Option<Vec<DirectoryPerson>>>,
    is_open: RwSignal<bool>,
    at: RwSignal<usize>,
    turn: StoredValue<u32>,
    toasts: ToastBox,
}

/// A combo box (ARIA's pattern with a list).
#[component]
pub fn PersonPicker(desk: Desk) -> impl IntoView {
    let state = Picker {
        desk,
        text: RwSignal::new(String::new()),
        found: RwSignal::new(None),
        is_open: RwSignal::new(false),
        at: RwSignal::new(0),
        turn: StoredValue::new(0),
        toasts: use_toasts(),
    };
    let shown = move || {
        if state.is_open.get() {
            return state.text.get();
        }
        desk.person
            .with(|person| person.as_ref().map(named).unwrap_or_default())
    };
    let active = move || {
        let has = state.is_open.get()
            && state
                .found
                .with(|found| found.as_ref().is_some_and(|all| !all.is_empty()));
        has.then(|| format!("person-{}", state.at.get()))
    };
    view! {
        <div class="person-picker">
            <label for="preview-person">{t(MappingText::PreviewWith)}</label>
            <div class="search">
                <Icon name="user-search"/>
                <input
                    class="input"
                    id="preview-person"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    aria-expanded=move || state.is_open.get().to_string()
                    aria-controls="preview-people"
                    aria-autocomplete="list"
                    aria-activedescendant=active
                    placeholder=t(MappingText::PersonChoose)
                    prop:value=shown
                    on:focus=move |_| state.open()
                    on:blur=move |_| state.is_open.set(false)
                    on:input=move |event| {
                        state.is_open.set(true);
                        state.text.set(event_target_value(&event));
                        state.look(QUIET);
                    }
                    on:keydown=move |event| state.on_key(&event)
                />
            </div>
            <ul class="person-list" id="preview-people" role="listbox" aria-label=t(MappingText::PersonFind) hidden=move || !state.is_open.get()>
                {move || state.found.get().map(|found| {
                    if found.is_empty() {
                        return view! { <li class="hint" role="option" aria-disabled="true">{t(MappingText::PersonNone)}</li> }.into_any();
                    }
                    found.into_iter().enumerate().map(|(index, person)| view! { <Person state index person/> }).collect_view().into_any()
                })}
            </ul>
        </div>
    }
}

fn named(person: &DirectoryPerson) -> String {
    match &person.account {
        Some(account) => format!("{} ({account})", person.display),
        None => person.display.clone(),
    }
}

#[component]
fn Person(state: Picker, index: usize, person: DirectoryPerson) -> impl IntoView {
    let note = person
        .principal
        .clone()
        .unwrap_or_else(|| person.name.clone());
    let display = person.display.clone();
    view! {
        <li
            class="person-option"
            role="option"
            id=format!("person-{index}")
            aria-selected=move || (state.at.get() == index).to_string()
            // The press comes before the box loses the focus, which would close the list.
            on:mousedown=move |event| {
                event.prevent_default();
                state.choose(person.clone());
            }
        >
            <span class="row-name ellipsis">{display}</span>
            <span class="row-note ellipsis">{note}</span>
        </li>
    }
}

impl Picker {
    fn open(self) {
        self.text.set(String::new());
        self.at.set(0);
        self.is_open.set(true);
        self.look(Duration::ZERO);
    }

    fn look(self, wait: Duration) {
        self.turn.update_value(|turn| *turn += 1);
        let mine = self.turn.get_value();
        set_timeout(
            move || {
                let is_newest = self.turn.try_get_value() == Some(mine);
                let Some(id) = self.desk.id.try_get_value().filter(|_| is_newest) else {
                    return;
                };
                let request = FindPeople {
                    text: self.text.try_get_untracked(),
                };
                spawn_local(async move {
                    let answer = rpc::find_people(id, request).await;
                    if self.turn.try_get_value() != Some(mine) {
                        return;
                    }
                    match answer {
                        Ok(people) => {
                            self.found.try_set(Some(people));
                            self.at.try_set(0);
                        }
                        Err(refusal) => self.toasts.refuse(&refusal),
                    }
                });
            },
            wait,
        );
    }

    fn choose(self, person: DirectoryPerson) {
        self.desk.person.set(Some(person));
        self.is_open.set(false);
    }

    fn on_key(self, event: &KeyboardEvent) {
        if event.is_composing() {
            return;
        }
        let all = self
            .found
            .with_untracked(|found| found.as_ref().map_or(0, Vec::len));
        let at = self.at.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if !self.is_open.get_untracked() => self.open(),
            "ArrowDown" => self.at.set(if at + 1 < all { at + 1 } else { 0 }),
            "ArrowUp" => self
                .at
                .set(at.checked_sub(1).unwrap_or(all.saturating_sub(1))),
            "Enter" => {
                let person = self
                    .found
                    .with_untracked(|found| found.as_ref().and_then(|all| all.get(at).cloned()));
                if let Some(person) = person.filter(|_| self.is_open.get_untracked()) {
                    self.choose(person);
                }
            }
            "Escape" => self.is_open.set(false),
            _ => return,
        }
        event.prevent_default();
    }
}
