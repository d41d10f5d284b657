//! What narrows the search: lists to choose from, chips for what holds.

use std::sync::Arc;

use api::FlowQuery;
use flow::Catalogue;
use leptos::prelude::*;

use super::Asked;
use crate::i18n::texts::SearchText;
use crate::i18n::{t, use_speech};
use crate::kit::{Choice, Icon, SelectField};
use crate::rpc;
use crate::shell::use_set_query;

/// Cards, connections, tables and flows to choose from.
#[component]
pub(super) fn Filters(asked: Asked, catalogue: RwSignal<Arc<Catalogue>>) -> impl IntoView {
    let speech = use_speech();
    let connections = Resource::new(|| (), |()| rpc::list_connections());
    let tables = Resource::new(|| (), |()| rpc::list_tables());
    let flows = Resource::new(|| (), |()| rpc::list_flows(FlowQuery::default()));
    let none = move |text: SearchText| Choice {
        value: String::new(),
        label: speech.say(&text),
    };
    let cards = Signal::derive(move || {
        let mut cards: Vec<Choice> = catalogue.with(|catalogue| {
            let named = catalogue.cards().map(|card| Choice {
                value: card.key.to_string(),
                label: format!("{} · {}", card.name, card.category),
            });
            named.collect()
        });
        cards.sort_by(|one, other| one.label.cmp(&other.label));
        cards.insert(0, none(SearchText::ByCard));
        cards
    });
    let connections = Signal::derive(move || {
        let all = connections.get().and_then(Result::ok).unwrap_or_default();
        let all = all.into_iter().map(|one| choice(one.id.as_str(), one.name));
        std::iter::once(none(SearchText::ByConnection))
            .chain(all)
            .collect::<Vec<_>>()
    });
    let tables = Signal::derive(move || {
        let all = tables.get().and_then(Result::ok).unwrap_or_default();
        let all = all.into_iter().map(|one| choice(one.id.as_str(), one.name));
        std::iter::once(none(SearchText::ByTable))
            .chain(all)
            .collect::<Vec<_>>()
    });
    let helpers = Signal::derive(move || {
        let all = flows.get().and_then(Result::ok).map(|list| list.flows);
        let all = all.unwrap_or_default().into_iter();
        let all = all.map(|one| choice(one.id.as_str(), one.name));
        std::iter::once(none(SearchText::ByHelper))
            .chain(all)
            .collect::<Vec<_>>()
    });
    let rows = [
        ("card", SearchText::ByCard, asked.card, cards),
        (
            "connection",
            SearchText::ByConnection,
            asked.connection,
            connections,
        ),
        ("table", SearchText::ByTable, asked.table, tables),
        ("helper", SearchText::ByHelper, asked.helper, helpers),
    ];
    let chosen = rows
        .clone()
        .map(|(name, _, value, choices)| view! { <Chip name value choices/> });
    let lists = rows.map(|(name, text, value, choices)| {
        view! { <QuerySelect name label=t(text) value choices/> }
    });
    view! {
        <div class="filters" role="group" aria-label=t(SearchText::AddFilter)>
            <Transition>{lists.into_iter().collect_view()}</Transition>
            <Transition>{chosen.into_iter().collect_view()}</Transition>
        </div>
    }
}

fn choice(id: &str, name: String) -> Choice {
    Choice {
        value: id.to_owned(),
        label: name,
    }
}

/// A filter that holds; a click takes it away.
#[component]
fn Chip(
    name: &'static str,
    value: Memo<Option<String>>,
    choices: Signal<Vec<Choice>>,
) -> impl IntoView {
    let speech = use_speech();
    let set_query = use_set_query();
    move || {
        let id = value.get()?;
        let known = choices.with(|all| all.iter().find(|one| one.value == id).cloned());
        let what = known.map_or(id, |known| known.label);
        let text = speech.say(&match name {
            "card" => SearchText::FilterCard { name: what },
            "connection" => SearchText::FilterConnection { name: what },
            "table" => SearchText::FilterTable { name: what },
            _ => SearchText::FilterHelper { name: what },
        });
        let set_query = set_query.clone();
        let label = t(SearchText::RemoveFilter { name: text.clone() });
        Some(view! {
            <button class="chip" type="button" aria-label=label on:click=move |_| set_query(name, None)>
                {text}
                <Icon name="x"/>
            </button>
        })
    }
}

/// A list whose choice lives in the address.
#[component]
fn QuerySelect(
    name: &'static str,
    label: Signal<String>,
    value: Memo<Option<String>>,
    choices: Signal<Vec<Choice>>,
) -> impl IntoView {
    let set_query = use_set_query();
    let chosen = RwSignal::new(value.get_untracked().unwrap_or_default());
    Effect::new(move || {
        let current = value.get().unwrap_or_default();
        if chosen.get_untracked() != current {
            chosen.set(current);
        }
    });
    Effect::new(move |before: Option<String>| {
        let choice = chosen.get();
        if before.is_some_and(|before| before != choice)
            && value.get_untracked().unwrap_or_default() != choice
        {
            set_query(name, Some(choice.clone()));
        }
        choice
    });
    view! { <SelectField label name=format!("search-{name}") value=chosen choices label_hidden=true/> }
}
