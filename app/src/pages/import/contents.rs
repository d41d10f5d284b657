//! What is in the pack and what differs here.

use api::{PackProblem, PackView};
use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::ImportText;
use crate::kit::{Icon, Tag, Tone};

/// How many problems are drawn at most.
const MOST: usize = 200;

/// The second step.
#[component]
pub fn Contents(
    /// The pack.
    pack: PackView,
) -> impl IntoView {
    let number = pack.problems.len();
    let rows = pack.problems.into_iter().take(MOST).map(problem);
    view! {
        <section class="panel">
            <div class="panel-head"><h2>{t(ImportText::Found)}</h2></div>
            <p class="panel-lead">
                {t(ImportText::FoundText { flows: pack.flows.len(), cards: pack.cards })}
            </p>
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
