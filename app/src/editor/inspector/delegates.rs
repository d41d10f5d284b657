//! Who may run a delegated flow.

use api::Delegate;
use flow::{FlowId, PersonId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::editor::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::KindText;
use crate::rpc;

/// The people, each with a check mark.
#[component]
pub(super) fn Delegates(editor: Editor) -> impl IntoView {
    let people = RwSignal::new(None::<Vec<Delegate>>);
    let id = Memo::new(move |_| editor.board.flow.with(|flow| flow.id.clone()));
    Effect::new(move || {
        let id = id.get();
        spawn_local(async move {
            if let Ok(known) = rpc::list_delegates(id).await {
                people.try_set(Some(known));
            }
        });
    });
    let toggle = move |person: PersonId, on: bool| {
        let known = people.get_untracked().unwrap_or_default();
        let granted = known
            .into_iter()
            .filter(|known| {
                if known.person == person {
                    on
                } else {
                    known.is_granted
                }
            })
            .map(|known| known.person)
            .collect();
        save(editor, id.get_untracked(), granted, people);
    };
    view! {
        <section class="inspector-part">
            <h3>{t(KindText::Delegates)}</h3>
            <p class="hint">{t(KindText::DelegatesHint)}</p>
            {move || people.get().map(|all| {
                let only_administrators = all.iter().all(|person| person.is_always);
                let rows = all.into_iter().map(|delegate| view! { <Person delegate toggle/> });
                view! {
                    {rows.collect_view()}
                    {only_administrators.then(|| view! { <p class="hint">{t(KindText::DelegatesOthers)}</p> })}
                }
            })}
        </section>
    }
}

#[component]
fn Person(
    delegate: Delegate,
    toggle: impl Fn(PersonId, bool) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let is_always = delegate.is_always;
    let is_checked = is_always || delegate.is_granted;
    let person = delegate.person;
    view! {
        <label class="choose-row">
            <input
                type="checkbox"
                disabled=is_always
                prop:checked=is_checked
                on:change=move |event| toggle(person.clone(), event_target_checked(&event))
            />
            <span>
                {delegate.name}" "<span class="muted">{delegate.login}</span>
                {is_always.then(|| view! { " "<span class="muted">"· "{t(KindText::AlwaysMay)}</span> })}
            </span>
        </label>
    }
}

fn save(
    editor: Editor,
    id: FlowId,
    granted: Vec<PersonId>,
    people: RwSignal<Option<Vec<Delegate>>>,
) {
    spawn_local(async move {
        match rpc::save_delegates(id, granted).await {
            Ok(now) => {
                people.try_set(Some(now));
            }
            Err(refusal) => {
                editor.toasts.refuse(&refusal);
                // The marks show what holds, not what was wanted.
                people.try_update(|_| ());
            }
        }
    });
}
