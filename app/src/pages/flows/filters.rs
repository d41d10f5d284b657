//! The filters of the list of flows: chips for those that hold, a menu to add one, a choice of columns. All in the address.

use api::FlowList;
use flow::FlowKind;
use leptos::prelude::*;

use super::desk::Desk;
use super::listing::{Asked, Column, State};
use super::table::column_name;
use crate::i18n::texts::{FlowText, FolderText, ShellText};
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, Icon, Menu, MenuItem, flow_kind};
use crate::shell::{use_query_value, use_set_query};

const KINDS: [FlowKind; 6] = [
    FlowKind::Event,
    FlowKind::Scheduled,
    FlowKind::ApiEndpoint,
    FlowKind::Helper,
    FlowKind::Delegated,
    FlowKind::Manual,
];
/// Connections in the menu.
const MOST: usize = 12;

fn kind_word(kind: FlowKind) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Reads from the address what is asked for.
pub(super) fn use_asked() -> Memo<Asked> {
    let folder = use_query_value("folder");
    let text = use_query_value("q");
    let kind = use_query_value("kind");
    let state = use_query_value("state");
    let connection = use_query_value("connection");
    let sort = use_query_value("sort");
    Memo::new(move |_| {
        let sort = sort.get().unwrap_or_default();
        let (word, is_descending) = match sort.strip_prefix('-') {
            Some(word) => (word, true),
            None => (sort.as_str(), false),
        };
        let kind = kind.get();
        let state = state.get();
        Asked {
            folder: folder.get().map(Into::into),
            text: text.get().unwrap_or_default(),
            kind: kind.and_then(|word| KINDS.into_iter().find(|kind| kind_word(*kind) == word)),
            state: state.and_then(|word| State::ALL.into_iter().find(|state| state.word() == word)),
            connection: connection.get().map(Into::into),
            sort: Column::of_word(word).unwrap_or_default(),
            is_descending,
        }
    })
}

/// Reads from the address which columns are seen. The folder says something only where flows of several are listed.
pub(super) fn use_columns(asked: Memo<Asked>) -> Signal<Vec<Column>> {
    let hidden = use_query_value("hide");
    Signal::derive(move || {
        let hidden = hidden.get().unwrap_or_else(|| "author,created".to_owned());
        let is_listed = |column: &Column| {
            *column != Column::Folder
                || asked.with(|asked| asked.folder.is_none() || !asked.text.is_empty())
        };
        let is_hidden = |column: &Column| hidden.split(',').any(|word| word == column.word());
        Column::ALL
            .into_iter()
            .filter(|column| is_listed(column) && !is_hidden(column))
            .collect()
    })
}

fn state_text(state: State) -> Signal<String> {
    match state {
        State::On => t(FlowText::On),
        State::Off => t(FlowText::Off),
        State::Draft => t(FlowText::Draft),
        State::Problems => t(FolderText::WithProblems),
    }
}

/// The line above the table.
#[component]
pub(super) fn Filters(desk: Desk, has: Signal<Vec<Column>>) -> impl IntoView {
    let set_query = use_set_query();
    let speech = use_speech();
    let chips = Memo::new(move |_| {
        let asked = desk.asked.get();
        let mut chips: Vec<(&'static str, String)> = Vec::new();
        if !asked.text.is_empty() {
            chips.push((
                "q",
                speech.say(&FolderText::FilterText { value: asked.text }),
            ));
        }
        if let Some(kind) = asked.kind {
            let value = speech.say(&flow_kind(kind).2);
            chips.push(("kind", speech.say(&FolderText::FilterKind { value })));
        }
        if let Some(state) = asked.state {
            let value = state_text(state).get();
            chips.push(("state", speech.say(&FolderText::FilterState { value })));
        }
        if let Some(id) = asked.connection {
            let value = desk.list.with(|list| connection_name(list, id.as_str()));
            chips.push((
                "connection",
                speech.say(&FolderText::FilterConnection { value }),
            ));
        }
        chips
    });
    let shown = move || desk.shown.with(Vec::len);
    let all = move || desk.list.with(|list| list.flows.len());
    let clear = set_query.clone();
    view! {
        <div class="filters flow-filters">
            <AddFilter desk/>
            <For each=move || chips.get() key=|chip| chip.clone() children=move |(name, text)| {
                let set_query = set_query.clone();
                let label = t(FolderText::RemoveFilter { value: text.clone() });
                view! {
                    <span class="chip">
                        {text}
                        <button class="chip-x" type="button" aria-label=label title=label on:click=move |_| set_query(name, None)>
                            <Icon name="x"/>
                        </button>
                    </span>
                }
            }/>
            {move || (chips.with(Vec::len) > 1).then(|| {
                let clear = clear.clone();
                view! {
                    <Button kind=ButtonKind::Bare on_press=move || {
                        for name in ["q", "kind", "state", "connection"] {
                            clear(name, None);
                        }
                    }>
                        {t(FolderText::ClearAll)}
                    </Button>
                }
            })}
            <span class="flow-count muted number" role="status">
                {move || t(FolderText::Of { shown: shown(), all: all() })}
            </span>
            <Columns has/>
        </div>
    }
}

fn connection_name(list: &FlowList, id: &str) -> String {
    let known = list
        .connections
        .iter()
        .find(|known| known.id.as_str() == id);
    known.map_or_else(|| id.to_owned(), |known| known.name.clone())
}

#[component]
fn AddFilter(desk: Desk) -> impl IntoView {
    let set_query = StoredValue::new(use_set_query());
    let set = move |name: &'static str, value: String| {
        set_query.with_value(|set_query| set_query(name, Some(value)));
    };
    let known = move || {
        desk.list.with(|list| {
            let known = list.connections.iter().take(MOST);
            let known = known.map(|known| (known.id.to_string(), known.name.clone()));
            known.collect::<Vec<_>>()
        })
    };
    view! {
        <div class="filter-menu">
            <Menu
                label=t(FolderText::AddFilter)
                floating=true
                face=|| view! { <Icon name="list-filter"/><span>{t(FolderText::AddFilter)}</span> }
            >
                <p class="menu-head">{t(FlowText::State)}</p>
                {State::ALL.into_iter().map(|state| view! {
                    <MenuItem on_press=move || set("state", state.word().to_owned())>{state_text(state)}</MenuItem>
                }).collect_view()}
                <p class="menu-head">{t(FlowText::Kind)}</p>
                {KINDS.into_iter().map(|kind| view! {
                    <MenuItem on_press=move || set("kind", kind_word(kind))>{t(flow_kind(kind).2)}</MenuItem>
                }).collect_view()}
                {move || (!known().is_empty()).then(|| view! { <p class="menu-head">{t(ShellText::Connections)}</p> })}
                {move || known().into_iter().map(|(id, name)| view! {
                    <MenuItem on_press=move || set("connection", id.clone())>
                        <Icon name="plug"/>
                        {name}
                    </MenuItem>
                }).collect_view()}
            </Menu>
        </div>
    }
}

#[component]
fn Columns(has: Signal<Vec<Column>>) -> impl IntoView {
    let hidden = use_query_value("hide");
    let set_query = StoredValue::new(use_set_query());
    let toggle = move |column: Column| {
        let now = hidden
            .get_untracked()
            .unwrap_or_else(|| "author,created".to_owned());
        let mut words: Vec<&str> = now.split(',').filter(|word| !word.is_empty()).collect();
        if words.contains(&column.word()) {
            words.retain(|word| *word != column.word());
        } else {
            words.push(column.word());
        }
        // An empty parameter counts as absent; a word of no column means: hide nothing.
        let text = if words.is_empty() {
            "none".to_owned()
        } else {
            words.join(",")
        };
        set_query.with_value(|set_query| set_query("hide", Some(text)));
    };
    view! {
        <Menu label=t(FolderText::Columns) floating=true face=|| view! { <Icon name="columns-3"/> }>
            {Column::CHOICES.into_iter().map(|column| view! {
                <MenuItem
                    checked=Signal::derive(move || has.with(|has| has.contains(&column)))
                    on_press=move || toggle(column)
                >
                    {column_name(column).signal()}
                </MenuItem>
            }).collect_view()}
        </Menu>
    }
}
