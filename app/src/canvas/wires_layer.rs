//! Lines on the canvas: the spine between cards, and the way of a value.

use std::fmt::Write;

use leptos::prelude::*;

use super::board::use_board;
use super::viewport::Detail;
use super::wires::{Which, Wire, wires};

/// The lines between the cards of each row.
#[component]
pub fn Spine() -> impl IntoView {
    let board = use_board();
    let path = Memo::new(move |_| {
        board.layout.with(|layout| {
            let mut path = String::new();
            for (from, to) in &layout.spine {
                // Writing to a String cannot fail.
                write!(path, "M{:.1} {:.1}H{:.1}", from.x, from.y, to.x).unwrap_or_default();
            }
            path
        })
    });
    view! {
        <svg class="spine" aria-hidden="true">
            <path d=move || path.get()/>
        </svg>
    }
}

/// The wires that are lit, those of the selected card, or all.
#[component]
pub fn WiresLayer() -> impl IntoView {
    let board = use_board();
    let detail = board.detail();
    let which = Memo::new(move |_| {
        let lit = board.lit.get();
        lit.or_else(|| board.selected.get().map(Which::Of))
    });
    let strong = Memo::new(move |_| match which.get() {
        Some(which) if detail.get() != Detail::Block => draw(board, &which),
        _ => Vec::new(),
    });
    let weak = Memo::new(move |_| {
        if board.all_wires.get() && detail.get() != Detail::Block {
            draw(board, &Which::All)
        } else {
            Vec::new()
        }
    });
    view! {
        <svg class="wires" aria-hidden="true">
            <g class="wires-all">{move || weak.get().into_iter().map(line).collect_view()}</g>
            <g class="wires-lit">{move || strong.get().into_iter().map(line).collect_view()}</g>
        </svg>
    }
}

fn draw(board: super::board::Board, which: &Which) -> Vec<(Wire, &'static str)> {
    let found = board
        .layout
        .with(|layout| board.flow.with(|flow| wires(flow, layout, which)));
    found
        .into_iter()
        .map(|wire| {
            let family = board.family(&wire.source.step);
            (wire, family)
        })
        .collect()
}

fn line((wire, family): (Wire, &'static str)) -> impl IntoView {
    view! { <path data-family=family d=wire.path></path> }
}
