//! Where a value came from: the cards from where it stands back to what started the run, with the value at each.

use std::collections::HashSet;

use api::{Origin, OriginEnd};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::canvas::board::Board;
use crate::card::{brief, pretty};
use crate::i18n::t;
use crate::i18n::texts::InspectText;
use crate::kit::{ErrorBox, Icon, Loading};
use crate::rpc;

/// The way of the value that is asked about.
#[component]
pub fn OriginView(board: Board) -> impl IntoView {
    let asked = board.traced.asked;
    let found = LocalResource::new(move || {
        let asked = asked.get();
        async move {
            match asked {
                Some(at) => Some(rpc::trace_value(at).await),
                None => None,
            }
        }
    });
    Effect::new(move || {
        let run = board
            .run
            .with(|run| run.as_ref().map(|run| run.row.id.clone()));
        let cards: HashSet<_> = match found.get().flatten() {
            Some(Ok(way)) => way
                .into_iter()
                .filter(|at| Some(&at.at.run) == run.as_ref())
                .map(|at| at.at.step)
                .collect(),
            _ => HashSet::new(),
        };
        board.traced.cards.set(cards);
    });
    on_cleanup(move || {
        board.traced.cards.try_update(HashSet::clear);
    });
    view! {
        <div class="origins">
            {move || match found.get() {
                None => view! { <Loading/> }.into_any(),
                Some(None) => view! { <p class="hint">{t(InspectText::AskOrigin)}</p> }.into_any(),
                Some(Some(Err(refusal))) => view! { <ErrorBox refusal/> }.into_any(),
                Some(Some(Ok(way))) => view! { <Way board way/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Way(board: Board, way: Vec<Origin>) -> impl IntoView {
    let rows = way.into_iter().map(|at| view! { <Place board at/> });
    view! { <ol class="origin-rows" aria-label=t(InspectText::Origin)>{rows.collect_view()}</ol> }
}

#[component]
fn Place(board: Board, at: Origin) -> impl IntoView {
    let navigate = use_navigate();
    let here = board
        .run
        .with_untracked(|run| run.as_ref().map(|run| run.row.id.clone()));
    let is_here = here.as_ref() == Some(&at.at.run);
    let (run, step) = (at.at.run.clone(), at.at.step.clone());
    let go = move |_| {
        if is_here {
            board.selected.set(Some(step.clone()));
            board.reveal(&step);
        } else {
            navigate(
                &format!("/runs/{run}?card={step}"),
                NavigateOptions::default(),
            );
        }
    };
    let card = at.card.clone();
    let own = at.title.clone();
    let title = move || {
        own.clone().unwrap_or_else(|| {
            let catalogue = board.catalogue.read();
            catalogue
                .card(&card)
                .map_or_else(|| card.to_string(), |spec| spec.name.clone())
        })
    };
    let (of_card, field) = (at.card.clone(), at.at.field.clone());
    let (path, label, is_input) = (at.at.path.clone(), at.label.clone(), at.at.is_input);
    let label = move || {
        let catalogue = board.catalogue.read();
        let known = catalogue.card(&of_card).and_then(|spec| {
            let mut fields = if is_input {
                spec.inputs.iter()
            } else {
                spec.outputs.iter()
            };
            fields.find(|known| known.key == field)
        });
        let name = known.map_or_else(|| label.clone(), |known| known.label.clone());
        std::iter::once(name)
            .chain(path.iter().cloned())
            .collect::<Vec<_>>()
            .join(" › ")
    };
    let (side, way) = if is_input {
        ("in", InspectText::Went)
    } else {
        ("out", InspectText::Came)
    };
    let value = at.value.clone();
    view! {
        <li style:--depth=at.depth.min(12).to_string()>
            <button type="button" class="origin-row" on:click=go>
                <span class="card-number number">{at.number}</span>
                <span class="origin-card ellipsis">{title}</span>
                <span class="tag" data-side=side>{t(way)}</span>
                <span class="origin-field ellipsis">{label}</span>
                <code class="origin-value ellipsis" title=value.as_ref().map(pretty)>{value.as_ref().map(brief)}</code>
                {(!is_here).then(|| view! {
                    <span class="origin-run muted"><Icon name="corner-down-right"/>{t(InspectText::InOtherRun { flow: at.flow_name.clone() })}</span>
                })}
                {at.end.map(|end| view! { <span class="origin-end muted">{t(end_text(end))}</span> })}
            </button>
        </li>
    }
}

fn end_text(end: OriginEnd) -> InspectText {
    match end {
        OriginEnd::Start => InspectText::EndStart,
        OriginEnd::Typed => InspectText::EndTyped,
        OriginEnd::Made => InspectText::EndMade,
        OriginEnd::Pinned => InspectText::EndPinned,
        OriginEnd::Empty => InspectText::EndEmpty,
        OriginEnd::Gone => InspectText::EndGone,
        OriginEnd::TooMany => InspectText::EndTooMany,
    }
}
