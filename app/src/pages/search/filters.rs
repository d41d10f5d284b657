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
    let connections = Resource::new(|| (), |()| rpc::list_connections());
    let tables = Resource::new(|| (), |()| rpc::list_tables());
    let flows = Resource::new(|| (), |()| rpc::list_flows(FlowQuery::default()));
    // What the server lists is read inside of the transition, so that server and browser draw the same.
    let known = move || {
        let connections = connections.get()?.unwrap_or_default().into_iter();
        let tables = tables.get()?.unwrap_or_default().into_iter();
        let flows = flows.get()?.map(|list| list.flows).unwrap_or_default();
        Some([
            connections
                .map(|one| choice(one.id.as_str(), one.name))
                .collect(),
            tables
                .map(|one| choice(one.id.as_str(), one.name))
                .collect(),
            flows
                .into_iter()
                .map(|one| choice(one.id.as_str(), one.name))
                .collect(),
        ])
    };
    view! {
        <div class="filters" role="group" aria-label=t(SearchText::AddFilter)>
            <Transition>
                {move || known().map(|known| view! { <Lists asked catalogue known/> })}
            </Transition>
        </div>
    }
}

#[component]
fn Lists(
    asked: Asked,
    catalogue: RwSignal<Arc<Catalogue>>,
    known: [Vec<Choice>; 3],
) -> impl IntoView {
    let cards = Signal::derive(move || {
        let mut cards: Vec<Choice> = catalogue.with(|catalogue| {
            let named = catalogue.cards().map(|card| {
                choice(
                    card.key.as_str(),
                    format!("{} · {}", card.name, card.category),
                )
            });
            named.collect()
        });
        cards.sort_by(|one, other| one.label.cmp(&other.label));
        cards
    });
    let [connections, tables, flows] = known.map(Signal::stored);
    let rows = [
        ("card", SearchText::ByCard, asked.card, cards),
        (
            "connection",
            SearchText::ByConnection,
            asked.connection,
            connections,
        ),
        ("table", SearchText::ByTable, asked.table, tables),
        ("helper", SearchText::ByHelper, asked.helper, flows),
    ];
    let chips = rows
        .clone()
        .map(|(name, _, value, choices)| view! { <Chip name value choices/> });
    let lists = rows.map(|(name, text, value, choices)| {
        view! { <QuerySelect name text value choices/> }
    });
    view! {
        {lists.into_iter().collect_view()}
        {chips.into_iter().collect_view()}
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
    text: SearchText,
    value: Memo<Option<String>>,
    choices: Signal<Vec<Choice>>,
) -> impl IntoView {
    let label = t(text);
    let choices = Signal::derive(move || {
        let none = choice("", label.get());
        std::iter::once(none)
            .chain(choices.get())
            .collect::<Vec<_>>()
    });
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
