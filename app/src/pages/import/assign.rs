//! Assigning the pack's connections and tables to those of this server.

use std::collections::BTreeMap;

use api::{PackConnection, PackTable, PackView};
use leptos::prelude::*;

use super::plan::Plan;
use crate::i18n::texts::{ImportText, KindText};
use crate::i18n::{t, use_speech};
use crate::kit::{Choice, Icon, SelectField, Tag, Tone};
use crate::pages::tables::cell::column_type;

/// The third step.
#[component]
pub fn Assign(
    /// The pack.
    pack: PackView,
    /// What was decided.
    plan: Plan,
) -> impl IntoView {
    view! {
        <Connections connections=pack.connections plan/>
        <Tables tables=pack.tables plan/>
    }
}

#[component]
fn Connections(connections: Vec<PackConnection>, plan: Plan) -> impl IntoView {
    let speech = use_speech();
    let all = connections.len();
    let assigned = move || {
        plan.connections
            .with(|chosen| chosen.values().filter(|ours| !ours.is_empty()).count())
    };
    let rows = connections.into_iter().map(move |connection| {
        view! { <ConnectionRow connection plan/> }
    });
    view! {
        <section class="panel">
            <div class="panel-head">
                <h2>{t(ImportText::Connections)}</h2>
                {(all > 0).then_some(move || {
                    let n = assigned();
                    let tone = if n < all { Tone::Warn } else { Tone::Ok };
                    view! { <Tag tone>{speech.say(&ImportText::Assigned { n, all })}</Tag> }
                })}
            </div>
            <p class="panel-lead">
                {if all > 0 { t(ImportText::ConnectionsText) } else { t(ImportText::NoConnectionsNeeded) }}
            </p>
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
}

#[component]
fn ConnectionRow(connection: PackConnection, plan: Plan) -> impl IntoView {
    let has_none = connection.candidates.is_empty();
    let offered = connection.candidates.into_iter().map(|ours| Choice {
        value: ours.id.to_string(),
        label: format!("{} · {}", ours.name, ours.domain),
    });
    let offered: Vec<Choice> = offered.collect();
    let module = connection.module;
    let new_address = match module.as_str() {
        "httpfunctions" => "/connections/new?kind=web&return_to=/flows/import",
        _ => "/connections/new?return_to=/flows/import",
    };
    let is_known = connection.chosen.is_some();
    let note = view! {
        {module} " · " {t(ImportText::UsedBy { n: connection.cards })}
        {is_known.then(|| view! { " · "{t(KindText::Remembered)} })}
    };
    view! {
        <li class="assign-row">
            <span class="tile" data-family="okta"><Icon name="plug"/></span>
            <div class="row-text">
                <p class="row-name ellipsis" title=connection.name.clone()>{connection.name.clone()}</p>
                <p class="row-note">{note}</p>
            </div>
            <Icon name="arrow-right"/>
            <Assigned
                theirs=connection.id
                label=t(ImportText::ConnectionFor { name: connection.name })
                nothing=ImportText::Later
                offered
                chosen=plan.connections
            />
            {has_none
                .then(|| {
                    view! {
                        <p class="assign-note">
                            <Icon name="triangle-alert"/>
                            {t(ImportText::NoCandidate)}
                            <a href=new_address>
                                {t(ImportText::NewConnection)}
                            </a>
                        </p>
                    }
                })}
        </li>
    }
}

#[component]
fn Tables(tables: Vec<PackTable>, plan: Plan) -> impl IntoView {
    let is_empty = tables.is_empty();
    let rows = tables
        .into_iter()
        .map(move |table| view! { <TableRow table plan/> });
    let rows = rows.collect_view();
    (!is_empty).then(|| {
        view! {
            <section class="panel">
                <div class="panel-head"><h2>{t(ImportText::Tables)}</h2></div>
                <p class="panel-lead">{t(ImportText::TablesText)}</p>
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}

#[component]
fn TableRow(table: PackTable, plan: Plan) -> impl IntoView {
    let n = table.columns.len();
    let is_known = table.chosen.is_some();
    let offered = table.candidates.into_iter().map(|(id, name)| Choice {
        value: id.to_string(),
        label: name,
    });
    let columns = table.columns.into_iter().map(|column| {
        view! {
            <span class="column-tag">
                {column.name}
                <span class="muted">{t(column_type(column.base))}</span>
            </span>
        }
    });
    view! {
        <li class="assign-row">
            <span class="tile" data-family="table"><Icon name="table-2"/></span>
            <div class="row-text">
                <p class="row-name ellipsis" title=table.name.clone()>{table.name.clone()}</p>
                <p class="row-note">
                    {t(ImportText::Columns { n })}
                    {is_known.then(|| view! { " · "{t(KindText::Remembered)} })}
                </p>
            </div>
            <Icon name="arrow-right"/>
            <Assigned
                theirs=table.id
                label=t(ImportText::TableFor { name: table.name })
                nothing=ImportText::NewTable
                offered=offered.collect()
                chosen=plan.tables
            />
            <div class="assign-note column-tags">{columns.collect_view()}</div>
        </li>
    }
}

/// A list of what fits, with "nothing" first.
#[component]
fn Assigned(
    theirs: String,
    label: Signal<String>,
    nothing: ImportText,
    offered: Vec<Choice>,
    chosen: RwSignal<BTreeMap<String, String>>,
) -> impl IntoView {
    let speech = use_speech();
    let value = RwSignal::new(
        chosen
            .with_untracked(|chosen| chosen.get(&theirs).cloned())
            .unwrap_or_default(),
    );
    let choices = Signal::derive(move || {
        let first = Choice {
            value: String::new(),
            label: speech.say(&nothing),
        };
        std::iter::once(first).chain(offered.clone()).collect()
    });
    let name = format!("assign-{theirs}");
    Effect::new(move || {
        let ours = value.get();
        let is_same =
            chosen.with_untracked(|chosen| chosen.get(&theirs).is_some_and(|old| *old == ours));
        if !is_same {
            chosen.update(|chosen| {
                chosen.insert(theirs.clone(), ours);
            });
        }
    });
    view! { <SelectField label name value choices label_hidden=true/> }
}
