//! Selecting with a frame: Shift and a drag on the empty canvas.

use leptos::prelude::*;
use web_sys::PointerEvent;

use super::board::{Board, use_board};
use super::geometry::{Point, Rect};

/// Less than this many pixels is a click.
const SLOP: f64 = 4.0;

/// Begins a frame where Shift is held on the empty canvas. Tells whether it did.
pub fn begin(board: Board, event: &PointerEvent) -> bool {
    if board.is_run() || !event.shift_key() || event.button() != 0 {
        return false;
    }
    event.prevent_default();
    let at = board.world(client(event));
    board.marquee.set(Some(Rect::new(at.x, at.y, 0.0, 0.0)));
    true
}

fn client(event: &PointerEvent) -> Point {
    Point::new(f64::from(event.client_x()), f64::from(event.client_y()))
}

/// The frame, drawn in the canvas's own points.
#[component]
pub fn Marquee() -> impl IntoView {
    let board = use_board();
    let start = StoredValue::new(None::<Point>);
    Effect::new(move || {
        let moved = window_event_listener(leptos::ev::pointermove, move |event| {
            follow(board, start, &event);
        });
        let released = window_event_listener(leptos::ev::pointerup, move |_| end(board, start));
        let lost = window_event_listener(leptos::ev::pointercancel, move |_| {
            start.set_value(None);
            board.marquee.set(None);
        });
        on_cleanup(move || {
            moved.remove();
            released.remove();
            lost.remove();
        });
    });
    move || {
        board.marquee.get().map(|frame| {
            view! {
                <div
                    class="marquee"
                    aria-hidden="true"
                    style:translate=format!("{:.1}px {:.1}px", frame.x, frame.y)
                    style:width=format!("{:.1}px", frame.w)
                    style:height=format!("{:.1}px", frame.h)
                ></div>
            }
        })
    }
}

fn follow(board: Board, start: StoredValue<Option<Point>>, event: &PointerEvent) {
    let Some(frame) = board.marquee.get_untracked() else {
        return;
    };
    let from = start.get_value().unwrap_or(Point::new(frame.x, frame.y));
    start.set_value(Some(from));
    let to = board.world(client(event));
    board.marquee.set(Some(Rect::new(
        from.x.min(to.x),
        from.y.min(to.y),
        (from.x - to.x).abs(),
        (from.y - to.y).abs(),
    )));
}

fn end(board: Board, start: StoredValue<Option<Point>>) {
    start.set_value(None);
    let Some(frame) = board.marquee.get_untracked() else {
        return;
    };
    board.marquee.set(None);
    if frame.w.max(frame.h) * board.viewport.get_untracked().zoom >= SLOP {
        board.dragged.set_value(true);
        board.catch(frame);
    }
}
