//! The canvas on the screen: its background, and the layers of cards, slots and wires. Only what is near the screen is
//! mounted.

use flow::{FlowId, StepId};
use leptos::html;
use leptos::prelude::*;

use super::blocks::Blocks;
use super::board::{Board, use_board};
use super::geometry::{Point, Size};
use super::keys::watch_space;
use super::marks::MoveArrows;
use super::nesting::ViewPath;
use super::panning::Panning;
use super::slots::{EmptySlots, Slots};
use super::tabbing;
use super::viewport::{Detail, Viewport};
use super::wires_layer::{Spine, WiresLayer};
use crate::card::CardView;
use crate::editor::{FindMarks, use_editor};
use crate::i18n::t;
use crate::i18n::texts::{CanvasText, OutlineText};

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
    watch_space(board);
    let editor = use_editor();
    let panning = Panning::new(board, editor);
    // Who may only look finds no place to put anything.
    let takes_cards = !board.is_run() && editor.is_some();
    let transform = move || {
        let Viewport { x, y, zoom } = board.viewport.get();
        format!("translate({x:.2}px,{y:.2}px) scale({zoom:.5})")
    };
    let detail = board.known.detail;
    let visible = visible_cards(board);
    view! {
        <div
            class="canvas"
            tabindex="-1"
            role="region"
            data-region="3"
            aria-label=t(OutlineText::Canvas)
            class:canvas-run=board.is_run()
            class:panning=move || panning.is_on.get()
            class:hand=move || board.hand.get()
            class:moving=move || board.moving.get()
            class:making-room=move || board.opened.read().is_some() || board.settling.get()
            data-detail=move || detail.get().name()
            node_ref=element
            on:wheel=move |event| panning.wheel(&event)
            on:pointerdown=move |event| panning.pressed(&event)
            on:pointermove=move |event| panning.moved(&event)
            on:pointerup=move |event| panning.released(&event)
            on:pointercancel=move |event| panning.released(&event)
            on:keydown=move |event| {
                if !tabbing::on_key(board, &event) {
                    on_key.run(event);
                }
            }
            on:focusin=move |event| tabbing::reveal_focused(board, &event)
        >
            <Dots/>
            <div class="world" style:transform=transform>
                <div class="cards" role="tree" aria-multiselectable=(!board.is_run()).then_some("true") aria-label=t(CanvasText::Canvas)>
                    <For each=move || visible.get() key=StepId::clone let(id)>
                        <CardView id/>
                    </For>
                </div>
                <Spine/>
                {takes_cards.then(|| view! { <Slots/> })}
                {takes_cards.then(|| view! { <super::marquee::Marquee/> })}
                <WiresLayer/>
                <FindMarks/>
                <MoveArrows/>
                {takes_cards.then(|| view! { <EmptySlots/> })}
            </div>
            {move || (detail.get() == Detail::Block).then(|| view! { <Blocks/> })}
            <ViewPath/>
        </div>
    }
}

/// The dots behind the cards: a layer of its own that only shifts within one step while the canvas moves.
#[component]
fn Dots() -> impl IntoView {
    let board = use_board();
    let step = Memo::new(move |_| {
        let zoom = board.viewport.with(|viewport| viewport.zoom);
        24.0 * if zoom < 0.5 { zoom * 2.0 } else { zoom }
    });
    let shift = move || {
        let (Viewport { x, y, .. }, step) = (board.viewport.get(), step.get());
        let (x, y) = (x.rem_euclid(step), y.rem_euclid(step));
        format!("translate({x:.2}px,{y:.2}px)")
    };
    view! {
        <div
            class="dots"
            aria-hidden="true"
            style:transform=shift
            style:background-size=move || format!("{0:.3}px {0:.3}px", step.get())
        ></div>
    }
}

/// The cards to mount: those near the screen, and wherever it is the one that is the canvas's tab stop.
fn visible_cards(board: Board) -> Memo<Vec<StepId>> {
    Memo::new(move |_| {
        let is_far = board.known.detail.get() == Detail::Block;
        let window = board.known.window.get();
        let stop = board.tab_stop();
        let chosen = board.chosen.get();
        let is_mounted = |card: &super::layout::CardBox| {
            stop.as_ref() == Some(&card.id)
                || (!is_far && (card.rect.meets(window) || chosen.contains(&card.id)))
        };
        board.layout.with(|layout| {
            let near = layout.cards.iter().filter(|card| is_mounted(card));
            near.map(|card| card.id.clone()).collect()
        })
    })
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
    let shown = StoredValue::new(None::<FlowId>);
    let flow = Memo::new(move |_| board.flow.with(|flow| flow.id.clone()));
    let is_empty = Memo::new(move |_| board.flow.with(|flow| flow.steps.is_empty()));
    Effect::new(move || {
        let (size, bounds) = (board.size.get(), board.layout.with(|layout| layout.bounds));
        let (flow, is_empty) = (flow.get(), is_empty.get());
        let is_new = shown.with_value(|shown| shown.as_ref() != Some(&flow));
        if size.w <= 0.0 || !is_new {
            return;
        }
        // A flow without cards is not fitted to the window; it begins where all begin.
        if is_empty && !flow.as_str().is_empty() {
            board.viewport.set(Viewport::default());
        } else if bounds.w > 0.0 {
            shown.set_value(Some(flow));
            board.viewport.set(Viewport::first(bounds, size));
        }
    });
}
