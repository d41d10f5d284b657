//! What is in the pack and what differs here.

use api::{PackFlow, PackProblem, PackView};
use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::{FlowText, ImportText};
use crate::kit::{FlowTile, Icon, Tag, Tone, flow_kind};

/// How many problems are drawn at most.
const MOST: usize = 200;

/// The second step.
#[component]
pub fn Contents(
    /// The pack.
    pack: PackView,
) -> impl IntoView {
    let number = pack.problems.len();
    let flow_count = pack.flows.len();
    let flows = pack.flows.into_iter().map(flow);
    let rows = pack.problems.into_iter().take(MOST).map(problem);
    view! {
        <section class="panel">
            <div class="panel-head"><h2>{t(ImportText::Found)}</h2></div>
            <p class="panel-lead">
                {t(ImportText::FoundText { flows: flow_count, cards: pack.cards })}
            </p>
            <div class="table-wrap">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t(FlowText::Name)}</th>
                            <th scope="col">{t(FlowText::Kind)}</th>
                            <th scope="col" class="cell-number">{t(FlowText::Cards)}</th>
                            <th scope="col">{t(FlowText::State)}</th>
                        </tr>
                    </thead>
                    <tbody>{flows.collect_view()}</tbody>
                </table>
            </div>
        </section>
        <section class="panel">
            <div class="panel-head">
                <h2>{t(ImportText::Differences)}</h2>
                {(number > 0).then(|| view! { <Tag tone=Tone::Warn>{number}</Tag> })}
            </div>
            {if number == 0 {
                view! {
                    <p class="calm">
                        <Icon name="circle-check"/>
                        {t(ImportText::NoDifferences)}
                    </p>
                }
                    .into_any()
            } else {
                view! {
                    <p class="panel-lead">{t(ImportText::DifferencesText)}</p>
                    <ul class="rows">{rows.collect_view()}</ul>
                }
                    .into_any()
            }}
        </section>
    }
}

fn flow(flow: PackFlow) -> impl IntoView {
    let (_, _, kind) = flow_kind(flow.kind);
    let state = match flow.unsupported {
        0 => view! { <Tag tone=Tone::Ok icon="circle-check">{t(ImportText::AllRun)}</Tag> },
        n => {
            view! { <Tag tone=Tone::Warn icon="triangle-alert">{t(ImportText::RunNot { n })}</Tag> }
        }
    };
    view! {
        <tr>
            <td class="cell-main cell-fill">
                <div class="cell-row">
                    <FlowTile kind=flow.kind/>
                    <span class="ellipsis" title=flow.name.clone()>{flow.name.clone()}</span>
                </div>
            </td>
            <td class="cell-tight">{t(kind)}</td>
            <td class="cell-number cell-tight">{flow.cards.len()}</td>
            <td class="cell-tight">{state}</td>
        </tr>
    }
}

fn problem(problem: PackProblem) -> impl IntoView {
    let place = match (problem.flow, problem.card) {
        (Some(flow), Some(card)) => Some(ImportText::InCard { flow, card }),
        (Some(flow), None) => Some(ImportText::InFlow { flow }),
        _ => None,
    };
    let text = sentence(&problem.code, problem.message);
    view! {
        <li class="row">
            <span class="tone-icon" data-tone="warn"><Icon name="triangle-alert"/></span>
            <div class="row-text">
                <p>{t(text)}</p>
                {place.map(|place| view! { <p class="row-note">{t(place)}</p> })}
            </div>
        </li>
    }
}

/// Returns the sentence for a code; the server's own words follow in Japanese.
fn sentence(code: &str, message: String) -> ImportText {
    match code {
        "duplicate_field" => ImportText::DuplicateField { message },
        "no_join" => ImportText::NoJoin { message },
        "dangling_wire" => ImportText::DanglingWire { message },
        "two_wires" => ImportText::TwoWires { message },
        "converter" => ImportText::Converter { message },
        "no_body" => ImportText::NoBody { message },
        "folder_missing" => ImportText::FolderMissing { message },
        "ordering" | "circular_order" => ImportText::Ordering { message },
        "error_flow" => ImportText::ErrorFlow { message },
        _ => ImportText::Damaged { message },
    }
}
