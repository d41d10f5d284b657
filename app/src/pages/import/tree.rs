//! The pack on the left: its flows, tables and connections with what is still open.

use api::{PackConnection, PackFlow, PackTable, PackView};
use leptos::prelude::*;

use super::plan::Plan;
use crate::i18n::texts::ImportText;
use crate::i18n::{bytes, count, t, use_speech};
use crate::kit::{FlowTile, Icon, flow_kind};

/// The pack's tree, and how much of it runs here.
#[component]
pub fn Tree(
    /// The pack.
    pack: PackView,
    /// What was decided.
    plan: Plan,
) -> impl IntoView {
    let file = plan.file.get_untracked();
    let facts = {
        let version = pack.version.clone();
        // The day is enough; the pack writes it in ISO 8601.
        let created = pack
            .created
            .as_deref()
            .and_then(|created| created.split('T').next());
        let created = created.map(|day| day.replace('-', "/"));
        let size = file.as_ref().map(|file| bytes(file.size));
        let speech = use_speech();
        move || {
            let format = speech.say(&ImportText::Format {
                version: version.clone(),
            });
            let parts = [Some(format), size.clone(), created.clone()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
    };
    let file_name = file.map(|file| file.name).unwrap_or_default();
    let (flows, tables, connections) =
        (pack.flows.len(), pack.tables.len(), pack.connections.len());
    let (all, supported) = (pack.cards, pack.supported);
    view! {
        <aside class="import-tree" aria-label=t(ImportText::Found)>
            <header class="tree-head">
                <span class="tile tile-large" data-family="http"><Icon name="package"/></span>
                <div class="row-text">
                    <h2 class="ellipsis" title=pack.name.clone()>{pack.name.clone()}</h2>
                    <p class="row-note ellipsis" title=file_name.clone()>{file_name.clone()}</p>
                </div>
                <p class="tree-facts">{facts}</p>
            </header>
            <Branch title=ImportText::Flows number=flows>
                {pack.flows.into_iter().map(flow_leaf).collect_view()}
            </Branch>
            <Branch title=ImportText::Tables number=tables>
                {pack.tables.into_iter().map(table_leaf).collect_view()}
            </Branch>
            <Branch title=ImportText::Connections number=connections>
                {pack.connections.into_iter().map(|connection| connection_leaf(connection, plan)).collect_view()}
            </Branch>
            <Coverage all supported/>
        </aside>
    }
}

#[component]
fn Branch(title: ImportText, number: usize, children: Children) -> impl IntoView {
    (number > 0).then(|| {
        view! {
            <section class="branch">
                <h3>
                    {t(title)}
                    <span class="number">{count(i64::try_from(number).unwrap_or(0))}</span>
                </h3>
                <ul>{children()}</ul>
            </section>
        }
    })
}

fn leaf(
    tile: impl IntoView,
    name: String,
    note: impl IntoView,
    is_ready: Signal<bool>,
) -> impl IntoView {
    view! {
        <li class="leaf">
            {tile}
            <div class="row-text">
                <p class="row-name ellipsis" title=name.clone()>{name.clone()}</p>
                <p class="row-note">{note}</p>
            </div>
            {move || {
                if is_ready.get() {
                    view! { <span class="tone-icon" data-tone="ok"><Icon name="circle-check"/></span> }
                } else {
                    view! { <span class="tone-icon" data-tone="warn"><Icon name="triangle-alert"/></span> }
                }
            }}
        </li>
    }
}

fn flow_leaf(flow: PackFlow) -> impl IntoView {
    let speech = use_speech();
    let (kind, n, is_ready) = (flow.kind, flow.cards.len(), flow.unsupported == 0);
    let note = move || {
        let kind = speech.say(&flow_kind(kind).2);
        speech.say(&ImportText::KindAndNumber { kind, n })
    };
    leaf(
        view! { <FlowTile kind=flow.kind/> },
        flow.name,
        note,
        Signal::derive(move || is_ready),
    )
}

fn table_leaf(table: PackTable) -> impl IntoView {
    let n = table.columns.len();
    leaf(
        view! { <span class="tile tile-small" data-family="table"><Icon name="table-2"/></span> },
        table.name,
        view! { {t(ImportText::Columns { n })} " · " {t(ImportText::NoRows)} },
        Signal::derive(|| true),
    )
}

fn connection_leaf(connection: PackConnection, plan: Plan) -> impl IntoView {
    let id = connection.id.clone();
    let is_assigned = Signal::derive(move || {
        plan.connections
            .with(|chosen| chosen.get(&id).is_some_and(|ours| !ours.is_empty()))
    });
    leaf(
        view! { <span class="tile tile-small" data-family="okta"><Icon name="plug"/></span> },
        connection.name,
        view! { {connection.module} " · " {t(ImportText::NoCredentials)} },
        is_assigned,
    )
}

#[component]
fn Coverage(all: usize, supported: usize) -> impl IntoView {
    let missing = all.saturating_sub(supported);
    view! {
        <section class="coverage">
            <h3>
                {t(ImportText::Coverage)}
                <span class="number">{format!("{supported} / {all}")}</span>
            </h3>
            <svg class="coverage-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect class="coverage-missing" width="100" height="6"/>
                <rect class="coverage-good" width=(supported * 100 / all.max(1)).to_string() height="6"/>
            </svg>
            <p><span class="dot" data-tone="ok"></span>{t(ImportText::Same { n: supported })}</p>
            {(missing > 0)
                .then(|| {
                    view! {
                        <p>
                            <span class="dot" data-tone="warn"></span>
                            {t(ImportText::Unsupported { n: missing })}
                        </p>
                    }
                })}
        </section>
    }
}
