//! What narrows the audit log: kinds of things, people, time. All of it lives in the address.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::i18n::texts::AuditText;
use crate::i18n::texts::audit_kind;
use crate::i18n::{t, use_speech};
use crate::kit::{Choice, Icon, SelectField};
use crate::rpc;
use crate::shell::use_set_query;

/// Spans of time: name in the address, hours, words.
pub const SPANS: [(&str, i64, AuditText); 3] = [
    ("24h", 24, AuditText::LastDay),
    ("7d", 168, AuditText::LastWeek),
    ("30d", 720, AuditText::LastMonth),
];

/// The lists to choose from.
#[component]
pub fn Filters() -> impl IntoView {
    let speech = use_speech();
    let query = use_query_map();
    let set_query = use_set_query();
    // Only administrators see who there is; others filter by the rest.
    let people = Resource::new(|| (), |()| rpc::list_people());
    let kinds = Signal::derive(move || {
        let each = api::AUDIT_KINDS.iter().filter_map(|kind| {
            let label = speech.say(&audit_kind(kind)?);
            Some(choice(kind, label))
        });
        with_first(speech.say(&AuditText::AnyKind), each)
    });
    let spans = Signal::derive(move || {
        let each = SPANS
            .iter()
            .map(|(name, _, text)| choice(name, speech.say(text)));
        with_first(speech.say(&AuditText::AnyTime), each)
    });
    let is_one = Memo::new(move |_| query.read().get("object").is_some());
    view! {
        <div class="filters" role="group" aria-label=t(AuditText::Title)>
            <One name="kind" label=t(AuditText::ByKind) choices=kinds/>
            <Transition>
                {move || {
                    let people = people.get()?.ok()?;
                    let choices = Signal::derive(move || {
                        let each = people.iter().map(|person| choice(person.id.as_str(), person.name.clone()));
                        with_first(speech.say(&AuditText::AnyPerson), each)
                    });
                    Some(view! { <One name="person" label=t(AuditText::ByPerson) choices/> })
                }}
            </Transition>
            <One name="span" label=t(AuditText::ByTime) choices=spans/>
            {move || {
                let set_query = set_query.clone();
                is_one.get().then(|| view! {
                    <button class="chip" type="button" on:click=move |_| set_query("object", None)>
                        {t(AuditText::OnlyThis)}
                        <Icon name="x"/>
                    </button>
                })
            }}
        </div>
    }
}

/// A list of which one choice holds.
#[component]
fn One(name: &'static str, label: Signal<String>, choices: Signal<Vec<Choice>>) -> impl IntoView {
    let query = use_query_map();
    let set_query = use_set_query();
    let in_address = Memo::new(move |_| query.read().get(name).unwrap_or_default());
    let chosen = RwSignal::new(in_address.get_untracked());
    Effect::new(move || chosen.set(in_address.get()));
    Effect::new(move |before: Option<String>| {
        let choice = chosen.get();
        if before.is_some_and(|before| before != choice) && choice != in_address.get_untracked() {
            set_query(name, Some(choice.clone()));
        }
        choice
    });
    view! { <SelectField label name=format!("filter-{name}") value=chosen choices label_hidden=true/> }
}

fn choice(value: &str, label: String) -> Choice {
    Choice {
        value: value.to_owned(),
        label,
    }
}

fn with_first(first: String, rest: impl Iterator<Item = Choice>) -> Vec<Choice> {
    std::iter::once(choice("", first)).chain(rest).collect()
}
