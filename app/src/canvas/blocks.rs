//! The flow as coloured blocks: far zoomed out, and in the minimap. One path per family, however many cards there are.

use std::collections::BTreeMap;
use std::fmt::Write;

use leptos::prelude::*;

use super::board::{Board, use_board};
use super::geometry::{Point, Rect};
use super::layout::{Layout, Shape};

/// The blocks over the whole canvas, with the titles of containers.
#[component]
pub fn Blocks() -> impl IntoView {
    let board = use_board();
    let place = move || {
        let viewport = board.viewport.get();
        format!(
            "translate({:.2}px,{:.2}px) scale({:.4})",
            viewport.x, viewport.y, viewport.zoom
        )
    };
    view! {
        <svg class="blocks" aria-hidden="true" style:transform=place>
            <BlockShapes/>
        </svg>
    }
}

/// The blocks of all cards: containers as frames, cards filled.
#[component]
pub fn BlockShapes() -> impl IntoView {
    let board = use_board();
    let shapes = Memo::new(move |_| board.layout.with(|layout| shapes(board, layout)));
    view! {
        <g>
            {move || {
                let shapes = shapes.get();
                shapes
                    .into_iter()
                    .map(|(class, family, path)| view! { <path class=class data-family=family d=path></path> })
                    .collect_view()
            }}
        </g>
    }
}

type Shapes = Vec<(&'static str, &'static str, String)>;

fn shapes(board: Board, layout: &Layout) -> Shapes {
    let mut paths: BTreeMap<(&'static str, &'static str), String> = BTreeMap::new();
    let families = board.names(|names| {
        let of = |card: &super::layout::CardBox| {
            names.flow.step(&card.id).map_or("http", |step| {
                super::board::family_of(step, names.catalogue)
            })
        };
        layout.cards.iter().map(of).collect::<Vec<_>>()
    });
    let problems = board.problems.get();
    for (card, family) in layout.cards.iter().zip(families) {
        let class = match card.shape {
            Shape::Container => "block-frame",
            Shape::Card | Shape::Note => "block",
        };
        push(paths.entry((class, family)).or_default(), card.rect);
        let is_bad = problems.iter().any(|problem| {
            problem.step.as_ref() == Some(&card.id) && problem.severity == flow::Severity::Error
        });
        if is_bad {
            push(paths.entry(("block-problem", "")).or_default(), card.rect);
        }
    }
    let mut shapes: Shapes = paths
        .into_iter()
        .map(|((class, family), path)| (class, family, path))
        .collect();
    // Frames first: cards lie on them.
    shapes.sort_by_key(|(class, _, _)| match *class {
        "block-frame" => 0,
        "block" => 1,
        _ => 2,
    });
    shapes
}

fn push(path: &mut String, rect: Rect) {
    // Writing to a String cannot fail.
    write!(
        path,
        "M{:.0} {:.0}h{:.0}v{:.0}h{:.0}z",
        rect.x, rect.y, rect.w, rect.h, -rect.w
    )
    .unwrap_or_default();
}

/// Width and height of the minimap.
const MAP: (f64, f64) = (176.0, 104.0);

/// The whole flow in a corner; a press moves the canvas there.
#[component]
pub fn Minimap() -> impl IntoView {
    let board = use_board();
    let count = Memo::new(move |_| board.layout.with(|layout| layout.cards.len()));
    let area = Memo::new(move |_| board.layout.with(|layout| layout.bounds).grown(60.0));
    let is_pressed = StoredValue::new(false);
    let go = move |event: &web_sys::PointerEvent| {
        let area = area.get_untracked();
        let scale = (area.w / MAP.0).max(area.h / MAP.1);
        let x = area.center().x + (f64::from(event.offset_x()) - MAP.0 / 2.0) * scale;
        let y = area.center().y + (f64::from(event.offset_y()) - MAP.1 / 2.0) * scale;
        center(board, Point::new(x, y));
    };
    let frame = move || board.viewport.get().visible(board.size.get());
    let view_box = move || {
        let area = area.get();
        format!("{:.0} {:.0} {:.0} {:.0}", area.x, area.y, area.w, area.h)
    };
    let stroke = move || {
        let area = area.get();
        format!("{:.1}", (area.w / MAP.0).max(area.h / MAP.1) * 1.5)
    };
    let draw = move || {
        view! {
            <div class="minimap floating" aria-hidden="true">
                <svg
                    viewBox=view_box
                    style:stroke-width=stroke
                    on:pointerdown=move |event| {
                        is_pressed.set_value(true);
                        go(&event);
                        event.stop_propagation();
                    }
                    on:pointermove=move |event| {
                        if is_pressed.get_value() && event.buttons() == 1 {
                            go(&event);
                        }
                    }
                    on:pointerup=move |_| is_pressed.set_value(false)
                >
                    <BlockShapes/>
                    <rect
                        class="minimap-frame"
                        x=move || format!("{:.0}", frame().x)
                        y=move || format!("{:.0}", frame().y)
                        width=move || format!("{:.0}", frame().w)
                        height=move || format!("{:.0}", frame().h)
                    ></rect>
                </svg>
            </div>
        }
    };
    const FEW: usize = 5;
    move || (count.get() >= FEW).then(draw)
}

fn center(board: Board, at: Point) {
    let size = board.size.get_untracked();
    board.viewport.update(|viewport| {
        viewport.x = size.w / 2.0 - at.x * viewport.zoom;
        viewport.y = size.h / 2.0 - at.y * viewport.zoom;
    });
}
