//! Moving the canvas by pointer and wheel: the empty canvas, the middle button, the space bar held, one finger, two
//! fingers, the wheel.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent, WheelEvent};

use super::board::Board;
use super::geometry::Point;
use super::hands::{Hands, Moved};
use crate::editor::Editor;

/// Who moves the canvas.
#[derive(Clone, Copy)]
pub(super) struct Panning {
    pub(super) board: Board,
    /// Absent on the canvas of a run.
    pub(super) editor: Option<Editor>,
    pub(super) hands: StoredValue<Hands>,
    /// The canvas follows a pointer.
    pub(super) is_on: RwSignal<bool>,
}

impl Panning {
    pub(super) fn new(board: Board, editor: Option<Editor>) -> Self {
        Self {
            board,
            editor,
            hands: StoredValue::new(Hands::default()),
            is_on: RwSignal::new(false),
        }
    }

    pub(super) fn pressed(self, event: &PointerEvent) {
        let is_touch = event.pointer_type() == "touch";
        let is_free = is_free(event);
        let by_button =
            event.button() == 1 || (event.button() == 0 && self.board.hand.get_untracked());
        let takes = by_button || (event.button() == 0 && (is_free || is_touch));
        if !takes || self.holds_something() {
            return;
        }
        if by_button {
            event.prevent_default();
        }
        if is_free && !is_touch && super::marquee::begin(self.board, event) {
            return;
        }
        self.board.land();
        self.hands
            .update_value(|hands| hands.press(event.pointer_id(), client(event)));
        if self.hands.with_value(Hands::pinches) {
            self.let_card_go();
        }
        if is_touch && !is_free {
            return;
        }
        self.is_on.set(true);
        self.capture(event);
        if is_free {
            self.board.lit.set(None);
        }
    }

    /// A finger that stays where it is is not the canvas's, so what it touches keeps the click.
    fn capture(self, event: &PointerEvent) {
        let canvas = event
            .current_target()
            .and_then(|canvas| canvas.dyn_into::<Element>().ok());
        if let Some(canvas) = canvas
            && canvas.set_pointer_capture(event.pointer_id()).is_err()
        {
            leptos::logging::warn!("the pointer cannot be captured");
        }
    }

    fn holds_something(self) -> bool {
        self.editor
            .is_some_and(|editor| editor.air.with_untracked(Option::is_some))
    }

    fn let_card_go(self) {
        if let Some(editor) = self.editor {
            editor.put_back();
        }
    }

    pub(super) fn moved(self, event: &PointerEvent) {
        if self.hands.with_value(Hands::is_free) {
            return;
        }
        if self.holds_something() {
            self.hands.update_value(Hands::let_go);
            self.is_on.set(false);
            return;
        }
        let at = client(event);
        let moved = self
            .hands
            .try_update_value(|hands| hands.moved(event.pointer_id(), at));
        let origin = self.board.origin.get_value();
        match moved {
            Some(Moved::Pan(by)) => self.change(|viewport| viewport.panned(by.x, by.y)),
            Some(Moved::Pinch { by, factor, at }) => {
                let at = Point::new(at.x - origin.x, at.y - origin.y);
                self.change(|viewport| {
                    let panned = viewport.panned(by.x, by.y);
                    panned.zoomed(panned.zoom * factor, at)
                });
            }
            Some(Moved::Stays) | None => {}
        }
    }

    fn change(self, to: impl Fn(super::viewport::Viewport) -> super::viewport::Viewport) {
        self.board.moves();
        self.board
            .viewport
            .update(|viewport| *viewport = to(*viewport));
    }

    pub(super) fn released(self, event: &PointerEvent) {
        let was_held = self
            .hands
            .with_value(|hands| hands.holds(event.pointer_id()));
        if !was_held {
            return;
        }
        let is_click = self
            .hands
            .try_update_value(|hands| hands.release(event.pointer_id()));
        if self.hands.with_value(Hands::is_free) {
            self.is_on.set(false);
        }
        let by_button = event.button() == 0 && !self.board.hand.get_untracked();
        if is_click == Some(true) && by_button && is_free(event) {
            self.board.pick_none();
            self.board.selected.set(None);
            self.board.entered.set(None);
        }
    }

    pub(super) fn wheel(self, event: &WheelEvent) {
        let zooms = event.ctrl_key() || event.meta_key();
        if !zooms && scrolls_inside(event) {
            return;
        }
        event.prevent_default();
        self.board.land();
        // Lines and pages of old mice, in pixels.
        let unit = match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => 24.0,
            WheelEvent::DOM_DELTA_PAGE => 400.0,
            _ => 1.0,
        };
        let (dx, dy) = (event.delta_x() * unit, event.delta_y() * unit);
        if zooms {
            let origin = self.board.origin.get_value();
            let at = Point::new(
                f64::from(event.client_x()) - origin.x,
                f64::from(event.client_y()) - origin.y,
            );
            let factor = (-dy.clamp(-60.0, 60.0) / 240.0).exp();
            self.change(|viewport| viewport.zoomed(viewport.zoom * factor, at));
            return;
        }
        let (dx, dy) = if event.shift_key() && dx == 0.0 {
            (dy, 0.0)
        } else {
            (dx, dy)
        };
        self.change(|viewport| viewport.panned(-dx, -dy));
    }
}

fn client(event: &PointerEvent) -> Point {
    Point::new(f64::from(event.client_x()), f64::from(event.client_y()))
}

/// Tells whether the pointer is on the empty canvas, or on a container's frame between its lanes.
fn is_free(event: &PointerEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target else {
        return false;
    };
    let closest = |selector: &str| target.closest(selector).ok().flatten();
    match closest(".card, button, select, .slot, .view-path") {
        None => true,
        Some(found) => {
            found.get_attribute("data-shape").as_deref() == Some("container")
                && closest(".card-head, .field-box, .lane-head button, .card-output").is_none()
        }
    }
}

/// A list or a long text under the pointer scrolls itself.
fn scrolls_inside(event: &WheelEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target
        .and_then(|target| target.closest("[data-scrolls]").ok().flatten())
        .is_some_and(|element| element.scroll_height() > element.client_height() + 2)
}
