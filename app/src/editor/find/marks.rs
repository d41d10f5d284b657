//! Marks on the canvas where a text was found.

use std::sync::Arc;

use flow::search::SpotAt;
use leptos::prelude::*;

use super::Hit;
use crate::canvas::board::Board;
use crate::canvas::geometry::Rect;
use crate::canvas::layout::Layout;
use crate::editor::state::{Editor, use_editor};

/// Height of a card's head, which is marked for what has no row of its own.
const HEAD: f64 = 52.0;
/// So many places are marked.
const MOST: usize = 500;

/// The marks of this page's editor; nothing on the page of a run.
#[component]
pub fn FindMarks() -> impl IntoView {
    use_editor().map(|editor| view! { <Marks editor/> })
}

#[component]
fn Marks(editor: Editor) -> impl IntoView {
    let hits = editor.find.hits;
    let places = Memo::new(move |_| {
        let hits = hits.get();
        if hits.is_empty() {
            return Vec::new();
        }
        let at = editor.find.at.get();
        places(editor.board, &hits, at)
    });
    move || {
        let marks = places.get().into_iter().map(|(rect, is_here)| {
            view! {
                <div
                    class="find-mark"
                    class:find-here=is_here
                    style:translate=format!("{:.1}px {:.1}px", rect.x, rect.y)
                    style:width=format!("{:.0}px", rect.w)
                    style:height=format!("{:.0}px", rect.h)
                ></div>
            }
        });
        view! { <div class="find-marks" aria-hidden="true">{marks.collect_view()}</div> }
    }
}

fn places(board: Board, hits: &Arc<Vec<Hit>>, at: usize) -> Vec<(Rect, bool)> {
    board.layout.with(|layout| {
        hits.iter()
            .take(MOST)
            .enumerate()
            .filter_map(|(index, hit)| Some((place(board, layout, hit)?, index == at)))
            .collect()
    })
}

/// Where a place is drawn: its row where the card shows it, else the card's head.
fn place(board: Board, layout: &Layout, hit: &Hit) -> Option<Rect> {
    let card = layout.card(hit.step.as_ref()?)?;
    let row = match &hit.at {
        SpotAt::Input(at, _) => {
            let own = card.inputs().find(|row| row.at == *at);
            let in_lane = || {
                let lane = layout.lane(&at.step, at.lane.as_ref()?)?;
                let mut rows = lane.inputs();
                rows.find(|row| row.at == *at)
            };
            own.or_else(in_lane).map(|row| row.bounds)
        }
        SpotAt::Output(index) => board.flow.with(|flow| {
            let key = &flow.step(&card.id)?.outputs.get(*index)?.key;
            let mut rows = card.outputs();
            rows.find(|row| row.source.field == *key && row.source.path.is_empty())
                .map(|row| row.bounds)
        }),
        _ => None,
    };
    let head = Rect::new(card.rect.x, card.rect.y, card.rect.w, HEAD.min(card.rect.h));
    Some(row.unwrap_or(head))
}
