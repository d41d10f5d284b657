//! The canvas on the screen: panning, zooming, and the layers of cards, slots and wires. Only what is near the screen
//! is mounted.

use flow::StepId;
use leptos::html;
use leptos::prelude::*;
use web_sys::{PointerEvent, WheelEvent};

use super::blocks::Blocks;
use super::board::{Board, use_board};
use super::geometry::{Point, Size};
use super::marks::MoveArrows;
use super::slots::{EmptySlots, Slots};
use super::tabbing;
use super::viewport::{Detail, Viewport};
use super::wires_layer::{Spine, WiresLayer};
use crate::card::CardView;
use crate::editor::FindMarks;
use crate::i18n::t;
use crate::i18n::texts::{CanvasText, OutlineText};

/// Cards this far outside of the screen stay mounted.
const AROUND: f64 = 400.0;

/// The canvas.
#[component]
pub fn Canvas(
    /// What the keys do.
    #[prop(into)]
    on_key: Callback<web_sys::KeyboardEvent>,
) -> impl IntoView {
    let board = use_board();
    let element = NodeRef::<html::Div>::new();
    watch_size(board, element);
    let pan = StoredValue::new(None::<Pan>);
    let is_panning = RwSignal::new(false);
    let transform = move || {
        let Viewport { x, y, zoom } = board.viewport.get();
        format!("translate({x:.2}px,{y:.2}px) scale({zoom:.4})")
    };
    let dots = move || {
        let Viewport { x, y, zoom } = board.viewport.get();
        let step = 24.0 * if zoom < 0.5 { zoom * 2.0 } else { zoom };
        format!("{x:.1}px {y:.1}px / {step:.2}px {step:.2}px")
    };
    let detail = board.detail();
    let visible = visible_cards(board);
    view! {
        <div
            class="canvas"
            role="region"
            data-region="3"
            aria-label=t(OutlineText::Canvas)
            class:canvas-run=board.is_run()
            class:panning=move || is_panning.get()
            class:making-room=move || board.opened.read().is_some()
            data-detail=move || detail.get().name()
            style:background-position-x=move || dots().split(' ').next().unwrap_or_default().to_owned()
            style:background-position-y=move || dots().split(' ').nth(1).unwrap_or_default().to_owned()
            style:background-size=move || dots().split(" / ").nth(1).unwrap_or_default().to_owned()
            node_ref=element
            on:wheel=move |event| wheel(board, &event)
            on:pointerdown=move |event| start_pan(board, &event, pan, is_panning)
            on:pointermove=move |event| go_on_panning(board, &event, pan)
            on:pointerup=move |event| end_pan(board, &event, pan, is_panning)
            on:pointercancel=move |event| end_pan(board, &event, pan, is_panning)
            on:keydown=move |event| {
                if !tabbing::on_key(board, &event) {
                    on_key.run(event);
                }
            }
            on:focusin=move |event| tabbing::reveal_focused(board, &event)
        >
            <div class="world" style:transform=transform>
                <div class="cards" role="tree" aria-multiselectable=(!board.is_run()).then_some("true") aria-label=t(CanvasText::Canvas)>
                    <For each=move || visible.get() key=StepId::clone let(id)>
                        <CardView id/>
                    </For>
                </div>
                <Spine/>
                {(!board.is_run()).then(|| view! { <Slots/> })}
                {(!board.is_run()).then(|| view! { <super::marquee::Marquee/> })}
                <WiresLayer/>
                <FindMarks/>
                <MoveArrows/>
                {(!board.is_run()).then(|| view! { <EmptySlots/> })}
            </div>
            {move || (detail.get() == Detail::Block).then(|| view! { <Blocks/> })}
        </div>
    }
}

/// The cards to mount: those near the screen, and wherever it is the one that is the canvas's tab stop.
fn visible_cards(board: Board) -> Memo<Vec<StepId>> {
    let window = Memo::new(move |_| {
        let seen = board.viewport.get().visible(board.size.get()).grown(AROUND);
        // In steps, so that a small pan changes nothing.
        let snap = |at: f64| (at / 200.0).floor() * 200.0;
        super::geometry::Rect::new(
            snap(seen.x),
            snap(seen.y),
            snap(seen.w) + 400.0,
            snap(seen.h) + 400.0,
        )
    });
    let detail = board.detail();
    Memo::new(move |_| {
        let selected = board.selected.get().or_else(|| {
            board
                .flow
                .with(|flow| flow.steps.first().map(|step| step.id.clone()))
        });
        if detail.get() == Detail::Block {
            return board.layout.with(|layout| {
                selected
                    .into_iter()
                    .filter(|id| layout.card(id).is_some())
                    .collect()
            });
        }
        let window = window.get();
        let chosen = board.chosen.get();
        board.layout.with(|layout| {
            layout
                .cards
                .iter()
                .filter(|card| card.rect.meets(window) || chosen.contains(&card.id))
                .map(|card| card.id.clone())
                .collect()
        })
    })
}

struct Pan {
    last: Point,
    pointer: i32,
    has_moved: bool,
}

fn client(event: &PointerEvent) -> Point {
    Point::new(f64::from(event.client_x()), f64::from(event.client_y()))
}

/// The empty canvas, the middle button and one finger pan.
fn start_pan(
    board: Board,
    event: &PointerEvent,
    pan: StoredValue<Option<Pan>>,
    is_panning: RwSignal<bool>,
) {
    use wasm_bindgen::JsCast;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let on_something = target.as_ref().and_then(|target| {
        target
            .closest(".card, button, select, .slot")
            .ok()
            .flatten()
    });
    let on_frame = on_something
        .as_ref()
        .is_some_and(|found| found.get_attribute("data-shape").as_deref() == Some("container"))
        && target.as_ref().is_some_and(|target| {
            target
                .closest(".card-head, .field-box, .lane-head button, .card-output")
                .is_ok_and(|found| found.is_none())
        });
    let is_free = on_something.is_none() || on_frame;
    if is_free && super::marquee::begin(board, event) {
        return;
    }
    if event.button() == 1 || (event.button() == 0 && is_free) {
        if event.button() == 1 {
            event.prevent_default();
        }
        pan.set_value(Some(Pan {
            last: client(event),
            pointer: event.pointer_id(),
            has_moved: false,
        }));
        is_panning.set(true);
        let canvas = event
            .current_target()
            .and_then(|canvas| canvas.dyn_into::<web_sys::Element>().ok());
        if let Some(canvas) = canvas
            && canvas.set_pointer_capture(event.pointer_id()).is_err()
        {
            leptos::logging::warn!("the pointer cannot be captured");
        }
        if is_free && on_something.is_none() {
            board.lit.set(None);
        }
    }
}

fn go_on_panning(board: Board, event: &PointerEvent, pan: StoredValue<Option<Pan>>) {
    let at = client(event);
    let moved = pan
        .try_update_value(|pan| {
            let pan = pan.as_mut()?;
            if pan.pointer != event.pointer_id() {
                return None;
            }
            let by = Point::new(at.x - pan.last.x, at.y - pan.last.y);
            if !pan.has_moved && at.distance(pan.last) < 3.0 {
                return None;
            }
            pan.has_moved = true;
            pan.last = at;
            Some(by)
        })
        .flatten();
    if let Some(by) = moved {
        board
            .viewport
            .update(|viewport| *viewport = viewport.panned(by.x, by.y));
    }
}

fn end_pan(
    board: Board,
    event: &PointerEvent,
    pan: StoredValue<Option<Pan>>,
    is_panning: RwSignal<bool>,
) {
    let ended = pan
        .try_update_value(|pan| pan.take_if(|pan| pan.pointer == event.pointer_id()))
        .flatten();
    if let Some(ended) = ended {
        is_panning.set(false);
        if !ended.has_moved && event.button() == 0 {
            board.pick_none();
            board.selected.set(None);
            board.entered.set(None);
        }
    }
}

fn wheel(board: Board, event: &WheelEvent) {
    if !event.ctrl_key() && !event.meta_key() && scrolls_inside(event) {
        return;
    }
    event.prevent_default();
    let (dx, dy) = (event.delta_x(), event.delta_y());
    if event.ctrl_key() || event.meta_key() {
        let origin = board.origin.get_value();
        let at = Point::new(
            f64::from(event.client_x()) - origin.x,
            f64::from(event.client_y()) - origin.y,
        );
        let factor = (-dy.clamp(-60.0, 60.0) / 240.0).exp();
        board
            .viewport
            .update(|viewport| *viewport = viewport.zoomed(viewport.zoom * factor, at));
    } else {
        let (dx, dy) = if event.shift_key() && dx == 0.0 {
            (dy, 0.0)
        } else {
            (dx, dy)
        };
        board
            .viewport
            .update(|viewport| *viewport = viewport.panned(-dx, -dy));
    }
}

/// A list or a long text under the pointer scrolls itself.
fn scrolls_inside(event: &WheelEvent) -> bool {
    use wasm_bindgen::JsCast;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target
        .and_then(|target| target.closest("[data-scrolls]").ok().flatten())
        .is_some_and(|element| element.scroll_height() > element.client_height() + 2)
}

/// Keeps the size and the place of the canvas, and shows everything when the first flow arrives.
fn watch_size(board: Board, element: NodeRef<html::Div>) {
    let measure = move || {
        let Some(element) = element.try_get_untracked().flatten() else {
            return;
        };
        let rect = element.get_bounding_client_rect();
        board.origin.set_value(Point::new(rect.left(), rect.top()));
        let size = Size {
            w: rect.width(),
            h: rect.height(),
        };
        if board.size.get_untracked() != size {
            board.size.set(size);
        }
    };
    Effect::new(move || {
        if element.get().is_some() {
            measure();
            super::resize::watch(element, measure);
        }
    });
    let is_shown = StoredValue::new(false);
    Effect::new(move || {
        let (size, bounds) = (board.size.get(), board.layout.with(|layout| layout.bounds));
        if size.w > 0.0 && bounds.w > 0.0 && !is_shown.get_value() {
            is_shown.set_value(true);
            board.viewport.set(first_view(bounds, size));
        }
    });
}

/// All of a small flow; of a large one its beginning, large enough to read.
fn first_view(bounds: super::geometry::Rect, size: Size) -> Viewport {
    const READABLE: f64 = 0.8;
    let all = Viewport::fitting(bounds, size);
    if all.zoom >= 0.66 {
        return all;
    }
    Viewport {
        x: 28.0 - bounds.x * READABLE,
        y: 36.0 - bounds.y * READABLE,
        zoom: READABLE,
    }
}
