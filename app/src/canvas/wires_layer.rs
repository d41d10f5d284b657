//! Lines on the canvas: the spine between cards, and the way of values. Only those near the screen are drawn.

use std::collections::BTreeMap;
use std::fmt::Write;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::board::{Board, use_board};
use super::geometry::Rect;
use super::trail::{Link, links_at};
use super::viewport::Detail;
use super::wires::{Drawn, wires};

/// The lines between the cards of each row.
#[component]
pub fn Spine() -> impl IntoView {
    let board = use_board();
    let path = Memo::new(move |_| {
        let window = board.known.window.get();
        board.layout.with(|layout| {
            let mut path = String::new();
            for (from, to) in &layout.spine {
                if Rect::new(from.x, from.y, to.x - from.x, 1.0).meets(window) {
                    // Writing to a String cannot fail.
                    write!(path, "M{:.1} {:.1}H{:.1}", from.x, from.y, to.x).unwrap_or_default();
                }
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
    let is_far = move || board.known.detail.get() == Detail::Block;
    let strong = Memo::new(move |_| {
        if is_far() {
            return Paths::new();
        }
        if let Some(trail) = board.known.trail.get() {
            return draw(board, &trail.links);
        }
        match board.selected.get() {
            Some(id) => draw(board, &board.flow.with(|flow| links_at(flow, &id))),
            None => Paths::new(),
        }
    });
    let weak = Memo::new(move |_| {
        if board.all_wires.get() && !is_far() {
            draw(board, &board.known.links.get())
        } else {
            Paths::new()
        }
    });
    Effect::new(move || light_written(board));
    view! {
        <svg class="wires" aria-hidden="true">
            <g class="wires-all">{move || lines(weak.get())}</g>
            <g class="wires-lit">{move || lines(strong.get())}</g>
        </svg>
    }
}

/// Lights the values inside of texts: the browser edits these, so they are not views of ours.
fn light_written(board: Board) {
    let trail = board.known.trail.get();
    let Ok(pills) = document().query_selector_all(".cards .pill[data-part]") else {
        return;
    };
    for index in 0..pills.length() {
        let pill = pills
            .item(index)
            .and_then(|pill| pill.dyn_into::<web_sys::Element>().ok());
        let Some(pill) = pill else { continue };
        let source = crate::card::source_of(&pill).filter(|_| trail.is_some());
        let is_lit = trail
            .as_ref()
            .zip(source)
            .is_some_and(|(trail, source)| trail.sources.contains(&source));
        let classes = pill.class_list();
        let done = if is_lit {
            classes.add_1("lit")
        } else {
            classes.remove_1("lit")
        };
        if done.is_err() {
            leptos::logging::warn!("a value cannot be lit");
        }
    }
}

/// One path per family: a thousand wires are ten elements.
type Paths = BTreeMap<&'static str, String>;

fn lines(paths: Paths) -> impl IntoView {
    let paths = paths.into_iter();
    paths
        .map(|(family, path)| view! { <path data-family=family d=path></path> })
        .collect_view()
}

fn draw(board: Board, links: &[Link]) -> Paths {
    let index = board.known.index.get();
    let window = board.known.window.get();
    let flow = board.flow.read();
    let layout = board.layout.get();
    let drawn = Drawn {
        layout: &layout,
        flow: &flow,
        index: &index,
    };
    let mut paths = Paths::new();
    for wire in wires(drawn, links, Some(window)) {
        let path = paths.entry(board.family(&wire.source.step)).or_default();
        path.push_str(&wire.path);
    }
    paths
}
