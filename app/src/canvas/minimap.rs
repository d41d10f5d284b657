//! The whole flow in a corner, with the part that is on the screen as a frame that can be dragged.

use std::collections::BTreeMap;
use std::fmt::Write;

use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

use super::board::{Board, use_board};
use super::geometry::{Point, Rect, Size};
use super::layout::{Layout, Shape};
use crate::i18n::t;
use crate::i18n::texts::CanvasText;

/// Width and height of the map.
const MAP: Size = Size { w: 176.0, h: 104.0 };
/// Flows with fewer cards need no map.
const FEW: usize = 10;

/// The map.
#[component]
pub fn Minimap() -> impl IntoView {
    let board = use_board();
    let is_shown = Memo::new(move |_| board.layout.with(|layout| layout.cards.len() >= FEW));
    move || is_shown.get().then(|| view! { <Map board/> })
}

#[component]
fn Map(board: Board) -> impl IntoView {
    let area = Memo::new(move |_| board.layout.with(|layout| area(layout.bounds)));
    let held = StoredValue::new(None::<Point>);
    let view_box = move || {
        let Rect { x, y, w, h } = area.get();
        format!("{x:.0} {y:.0} {w:.0} {h:.0}")
    };
    let frame = move || {
        let seen = board.viewport.get().visible(board.size.get());
        on_map(seen, area.get())
    };
    let press = move |event: PointerEvent| {
        event.stop_propagation();
        event.prevent_default();
        capture(&event);
        let at = at(&event);
        let frame = on_map(seen(board), area.get_untracked());
        // A press beside the frame brings it there first.
        let grip = if frame.grown(3.0).holds(at) {
            Point::new(at.x - frame.center().x, at.y - frame.center().y)
        } else {
            Point::default()
        };
        held.set_value(Some(grip));
        go(board, area.get_untracked(), at, grip);
    };
    let drag = move |event: PointerEvent| {
        if let Some(grip) = held.get_value() {
            board.moves();
            go(board, area.get_untracked(), at(&event), grip);
        }
    };
    view! {
        <div
            class="minimap floating"
            role="group"
            tabindex="0"
            aria-label=t(CanvasText::Minimap)
            on:keydown=move |event| on_key(board, &event)
            on:pointerdown=press
            on:pointermove=drag
            on:pointerup=move |_| held.set_value(None)
            on:pointercancel=move |_| held.set_value(None)
        >
            <svg viewBox=view_box preserveAspectRatio="none" aria-hidden="true">
                <Shapes board area/>
            </svg>
            <div
                class="minimap-frame"
                style:translate=move || format!("{:.1}px {:.1}px", frame().x, frame().y)
                style:width=move || format!("{:.1}px", frame().w)
                style:height=move || format!("{:.1}px", frame().h)
            ></div>
        </div>
    }
}

/// Where the pointer is on the map.
fn at(event: &PointerEvent) -> Point {
    use wasm_bindgen::JsCast;
    let map = event
        .current_target()
        .and_then(|map| map.dyn_into::<web_sys::Element>().ok());
    let corner = map.map(|map| map.get_bounding_client_rect());
    let (left, top) = corner.map_or((0.0, 0.0), |rect| (rect.left() + 1.0, rect.top() + 1.0));
    Point::new(
        f64::from(event.client_x()) - left,
        f64::from(event.client_y()) - top,
    )
}

fn capture(event: &PointerEvent) {
    use wasm_bindgen::JsCast;
    let map = event
        .current_target()
        .and_then(|map| map.dyn_into::<web_sys::Element>().ok());
    if map.is_some_and(|map| map.set_pointer_capture(event.pointer_id()).is_err()) {
        leptos::logging::warn!("the pointer cannot be captured");
    }
}

fn seen(board: Board) -> Rect {
    let size = board.size.get_untracked();
    board.viewport.get_untracked().visible(size)
}

/// The part of the canvas that the map shows. A long row is stretched upwards, up to three times, to be more than a line.
fn area(bounds: Rect) -> Rect {
    const STRETCH: f64 = 3.0;
    let bounds = bounds.grown(60.0);
    let natural = (bounds.w * MAP.h / MAP.w, bounds.h * MAP.w / MAP.h);
    let h = bounds.h.max(natural.0 / STRETCH);
    let w = bounds.w.max(natural.1);
    let middle = bounds.center();
    let y = if h > bounds.h {
        middle.y - h / 2.0
    } else {
        bounds.y
    };
    Rect::new(bounds.x, y, w, h)
}

/// Returns where a part of the canvas is on the map, never so small that it cannot be seen or dragged.
fn on_map(rect: Rect, area: Rect) -> Rect {
    const SMALL: f64 = 6.0;
    let (sx, sy) = (MAP.w / area.w.max(1.0), MAP.h / area.h.max(1.0));
    let (w, h) = ((rect.w * sx).max(SMALL), (rect.h * sy).max(SMALL));
    let middle = rect.center();
    Rect::new(
        (middle.x - area.x) * sx - w / 2.0,
        (middle.y - area.y) * sy - h / 2.0,
        w,
        h,
    )
}

/// Keeps the middle of the screen where cards are seen: a point of the map stands for much of a long flow.
fn held(middle: Point, bounds: Rect, seen: Rect) -> Point {
    let within = |at: f64, from: f64, to: f64, half: f64| {
        let (least, most) = (from + half, to - half);
        if least < most {
            at.clamp(least, most)
        } else {
            f64::midpoint(from, to)
        }
    };
    let bounds = bounds.grown(60.0);
    Point::new(
        within(middle.x, bounds.x, bounds.right(), seen.w / 2.0),
        within(middle.y, bounds.y, bounds.bottom(), seen.h / 2.0),
    )
}

/// Brings the middle of the screen to a point of the map.
fn go(board: Board, area: Rect, at: Point, grip: Point) {
    let at = Point::new(at.x - grip.x, at.y - grip.y);
    let world = Point::new(
        area.x + at.x * area.w / MAP.w,
        area.y + at.y * area.h / MAP.h,
    );
    let bounds = board.layout.with_untracked(|layout| layout.bounds);
    let world = held(world, bounds, seen(board));
    let size = board.size.get_untracked();
    board.land();
    board.viewport.update(|viewport| {
        viewport.x = size.w / 2.0 - world.x * viewport.zoom;
        viewport.y = size.h / 2.0 - world.y * viewport.zoom;
    });
}

/// Arrows move the frame by a part of the screen, Home and End to the first and the last card.
fn on_key(board: Board, event: &KeyboardEvent) {
    let size = board.size.get_untracked();
    let (dx, dy) = (size.w / 3.0, size.h / 3.0);
    let viewport = board.viewport.get_untracked();
    let to = match event.key().as_str() {
        "ArrowLeft" => viewport.panned(dx, 0.0),
        "ArrowRight" => viewport.panned(-dx, 0.0),
        "ArrowUp" => viewport.panned(0.0, dy),
        "ArrowDown" => viewport.panned(0.0, -dy),
        "Home" | "End" => {
            let bounds = board.layout.with_untracked(|layout| layout.bounds);
            let x = if event.key() == "Home" {
                bounds.x
            } else {
                bounds.right()
            };
            viewport.revealing(Rect::new(x, bounds.y, 1.0, 1.0), size)
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    board.fly(to);
}

/// The blocks of all cards, one path per family.
#[component]
fn Shapes(board: Board, area: Memo<Rect>) -> impl IntoView {
    let shapes = Memo::new(move |_| {
        let area = area.get();
        board.layout.with(|layout| shapes(board, layout, area))
    });
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

type Paths = Vec<(&'static str, &'static str, String)>;

fn shapes(board: Board, layout: &Layout, area: Rect) -> Paths {
    let families = board.known.families.get();
    let troubles = board.known.troubles.get();
    // A card is drawn at least this large, or nothing would be seen of a thousand.
    let (least_w, least_h) = (1.2 * area.w / MAP.w, 3.0 * area.h / MAP.h);
    let mut paths: BTreeMap<(u8, &'static str, &'static str), String> = BTreeMap::new();
    for card in &layout.cards {
        let rect = Rect {
            w: card.rect.w.max(least_w),
            h: card.rect.h.max(least_h),
            ..card.rect
        };
        let family = families.get(&card.id).copied().unwrap_or("http");
        // Frames first: cards lie on them.
        let (order, class) = match card.shape {
            Shape::Container => (0, "block-frame"),
            Shape::Card | Shape::Note => (1, "block"),
        };
        push(paths.entry((order, class, family)).or_default(), rect);
        if troubles.get(&card.id).is_some_and(|trouble| trouble.is_bad) {
            push(paths.entry((2, "block-problem", "")).or_default(), rect);
        }
    }
    let paths = paths.into_iter();
    paths
        .map(|((_, class, family), path)| (class, family, path))
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_holds_the_flow_and_long_rows_are_no_thin_line() {
        for (w, h) in [(1_000.0, 600.0), (300_000.0, 400.0), (600.0, 9_000.0)] {
            let bounds = Rect::new(0.0, 0.0, w, h);
            let area = area(bounds);
            assert_eq!(area.with(bounds), area);
            let drawn = on_map(bounds, area);
            assert!(drawn.w <= MAP.w && drawn.h <= MAP.h && drawn.h >= 3.0);
            // Upright shapes are never made wider than they are.
            assert!(MAP.w / area.w <= MAP.h / area.h * 1.001);
        }
    }

    #[test]
    fn the_frame_can_always_be_seen() {
        let area = area(Rect::new(0.0, 0.0, 300_000.0, 400.0));
        let frame = on_map(Rect::new(5_000.0, 0.0, 1_400.0, 800.0), area);
        assert!(frame.w >= 6.0 && frame.h >= 6.0);
    }
}
