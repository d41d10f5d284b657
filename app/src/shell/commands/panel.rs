//! The palette on the screen: a field and a list, in a dialog over every page. The focus stays in the field; arrows move
//! the choice, Enter takes it.

use api::Role;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use leptos_router::params::ParamsMap;
use web_sys::KeyboardEvent;

use super::act::{Runner, local};
use super::items::{Group, Item, found};
use super::keys::{Everywhere, asked, called, is_in_dialog};
use super::recent::{recent_items, remember_item};
use super::remote::{self, Remote};
use super::{CommandDesk, use_commands};
use crate::editor::marked;
use crate::i18n::texts::SearchText;
use crate::i18n::{t, use_speech};
use crate::kit::Icon;
use crate::rpc;
use crate::shell::address;

/// Groups with their items.
type Groups = Vec<(Group, Vec<Item>)>;

/// The palette, and the keys that open it.
#[component]
pub fn CommandPalette() -> impl IntoView {
    let desk = use_commands();
    let runner = StoredValue::new(Runner::new(desk));
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let keys = window_event_listener(leptos::ev::keydown, move |event| {
            on_key(desk, runner, &event)
        });
        on_cleanup(move || keys.remove());
    });
    Effect::new(move || {
        let is_open = desk.is_open.get();
        // One frame later the content is drawn, so that the field gets the focus.
        request_animation_frame(move || show(element, is_open));
    });
    view! {
        <dialog
            class="dialog commands"
            aria-label=t(SearchText::Commands)
            node_ref=element
            on:close=move |_| desk.is_open.set(false)
            on:click=move |event| {
                // A click on the backdrop has the dialog itself as its target.
                let target = event.target();
                let own = element.get_untracked();
                if target.is_some() && target.as_ref() == own.as_ref().map(AsRef::as_ref) {
                    desk.is_open.set(false);
                }
            }
        >
            {move || desk.is_open.get().then(|| view! { <Content desk runner/> })}
        </dialog>
    }
}

fn show(element: NodeRef<html::Dialog>, is_open: bool) {
    let Some(dialog) = element.try_get_untracked().flatten() else {
        return;
    };
    if is_open && !dialog.open() {
        if dialog.show_modal().is_err() {
            leptos::logging::warn!("the command palette cannot be shown");
        }
        crate::canvas::board::focus_first(".commands-field");
    } else if !is_open && dialog.open() {
        dialog.close();
    }
}

fn on_key(desk: CommandDesk, runner: StoredValue<Runner>, event: &KeyboardEvent) {
    let Some(wanted) = asked(event).filter(|_| !is_in_dialog()) else {
        return;
    };
    event.prevent_default();
    match wanted {
        Everywhere::Commands => desk.is_open.update(|open| *open = !*open),
        Everywhere::Search => {
            desk.is_open.set(false);
            let text = desk.editor.with_untracked(|editor| {
                let find = editor.as_ref()?.find;
                find.is_open
                    .get_untracked()
                    .then(|| find.text.get_untracked())
            });
            let mut query = ParamsMap::new();
            if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
                query.insert("q", text);
            }
            runner.with_value(|runner| runner.go(&address("/search", &query)));
        }
    }
}

/// What is open: drawn anew each time, so that nothing of the last search is left.
#[component]
fn Content(desk: CommandDesk, runner: StoredValue<Runner>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let remote = Remote::of(typed, desk.is_open);
    let groups = groups(desk, typed, remote);
    let count = Memo::new(move |_| {
        groups.with(|groups| groups.iter().map(|(_, items)| items.len()).sum::<usize>())
    });
    let at = Memo::new(move |_| chosen.get().min(count.get().saturating_sub(1)));
    let take = move |index: usize| {
        let item = groups.with_untracked(|groups| {
            groups
                .iter()
                .flat_map(|(_, items)| items)
                .nth(index)
                .cloned()
        });
        if let Some(item) = item {
            remember_item(&item);
            desk.is_open.set(false);
            // The dialog gives the focus back first: what is done may move it on.
            request_animation_frame(move || {
                request_animation_frame(move || {
                    runner.with_value(|runner| runner.run(&item.act));
                });
            });
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let count = count.get_untracked();
        let here = at.get_untracked();
        let to = match event.key().as_str() {
            "ArrowDown" if count > 0 => (here + 1) % count,
            "ArrowUp" if count > 0 => (here + count - 1) % count,
            "PageDown" => (here + 8).min(count.saturating_sub(1)),
            "PageUp" => here.saturating_sub(8),
            "Enter" => {
                take(here);
                here
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(to);
        request_animation_frame(scroll_to_chosen);
    };
    view! {
        <div class="commands-body">
            <div class="palette-search">
                <Icon name="search"/>
                <input
                    class="input commands-field"
                    type="text"
                    role="combobox"
                    aria-expanded="true"
                    aria-autocomplete="list"
                    aria-controls="commands-list"
                    aria-activedescendant=move || (count.get() > 0).then(|| format!("command-{}", at.get()))
                    aria-label=t(SearchText::Commands)
                    placeholder=t(SearchText::CommandsHint)
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || typed.get()
                    on:input=move |event| {
                        chosen.set(0);
                        typed.set(event_target_value(&event));
                    }
                    on:keydown=on_key
                />
            </div>
            <div class="commands-list" id="commands-list" role="listbox" aria-label=t(SearchText::Commands)>
                {move || drawn(&groups.get(), at, take)}
            </div>
            <Foot typed count remote/>
        </div>
    }
}

/// What is offered now: recent places and actions, or what fits what was typed.
fn groups(desk: CommandDesk, typed: RwSignal<String>, remote: Remote) -> Memo<Groups> {
    let speech = use_speech();
    let here = use_location().pathname;
    let role = RwSignal::new(None::<Role>);
    spawn_local(async move {
        let session = rpc::session().await.ok();
        let person = session.and_then(|session| session.person);
        role.try_set(person.map(|person| person.role));
    });
    Memo::new(move |_| {
        let role = role.get();
        let text = typed.get();
        let mut items = Vec::new();
        let things = remote::items(remote.things.get(), speech);
        let is_new = |recent: &Item| !things.iter().any(|thing| thing.act == recent.act);
        let mut recent = recent_items(&here.read());
        recent.retain(is_new);
        items.extend(recent);
        items.extend(local(desk, speech.language(), role, &text));
        items.extend(things);
        found(items, &text)
    })
}

fn drawn<T>(groups: &Groups, at: Memo<usize>, take: T) -> impl IntoView + use<T>
where
    T: Fn(usize) + Copy + Send + Sync + 'static,
{
    let mut index = 0;
    let mut sections = Vec::with_capacity(groups.len());
    for (group, items) in groups {
        let first = index;
        index += items.len();
        let rows: Vec<_> = items
            .iter()
            .enumerate()
            .map(|(offset, item)| view! { <Row item=item.clone() index=first + offset at take/> })
            .collect();
        let name = t(group.text());
        sections.push(view! {
            <div class="commands-group" role="group" aria-label=name>
                <p class="palette-head" aria-hidden="true">{name}</p>
                {rows}
            </div>
        });
    }
    sections
}

#[component]
fn Row(
    item: Item,
    index: usize,
    at: Memo<usize>,
    take: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let is_chosen = move || at.get() == index;
    let keys = (!item.keys.is_empty()).then(|| called(item.keys));
    view! {
        <div
            class="commands-row"
            class:commands-chosen=is_chosen
            id=format!("command-{index}")
            role="option"
            aria-selected=move || is_chosen().to_string()
            on:pointerdown=|event| event.prevent_default()
            on:click=move |_| take(index)
        >
            <Icon name=item.icon.clone()/>
            <span class="commands-name ellipsis">{marked(&item.name, &item.marks)}</span>
            <span class="commands-about muted ellipsis">{item.about.clone()}</span>
            {keys.map(|keys| view! { <kbd>{keys}</kbd> })}
        </div>
    }
}

/// The keys; what was not found; that the server is away.
#[component]
fn Foot(typed: RwSignal<String>, count: Memo<usize>, remote: Remote) -> impl IntoView {
    let nothing = move || {
        let is_nothing = count.get() == 0 && !remote.is_asked.get();
        is_nothing.then(|| t(SearchText::CommandsNothing { text: typed.get() }))
    };
    view! {
        {move || nothing().map(|text| view! { <p class="commands-nothing hint">{text}</p> })}
        <footer class="commands-foot hint">
            {move || if remote.is_away.get() {
                t(SearchText::CommandsOffline)
            } else {
                t(SearchText::CommandsKeys)
            }}
        </footer>
        <p class="visually-hidden" role="status">{move || t(SearchText::CommandsCount { n: count.get() })}</p>
    }
}

fn scroll_to_chosen() {
    let found = document().query_selector(".commands-chosen").ok().flatten();
    if let Some(row) = found {
        row.scroll_into_view_with_bool(false);
    }
}
