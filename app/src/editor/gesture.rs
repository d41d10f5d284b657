//! Dragging by pointer: cards from the palette and on the canvas, values from outputs. A move writes one signal per
//! frame; the layout is touched only when another slot opens.

use std::sync::Arc;

use flow::{CardKey, OutputRef, StepId, type_of};
use leptos::prelude::*;
use web_sys::PointerEvent;

use super::Editor;
use super::state::{Air, Over};
use crate::canvas::geometry::{Point, Rect};
use crate::canvas::hit::{add_field_at, input_at, slot_at};
use crate::canvas::mapping::targets;
use crate::canvas::reading::place_of;
use crate::card::type_name;
use crate::i18n::texts::EditorText;

/// A press may become a drag after this many pixels.
const SLOP: f64 = 4.0;
/// A finger that lifts a value may move this far meanwhile.
const FINGER_SLOP: f64 = 10.0;
/// A finger stays this long on a value that it lifts.
const LONG_PRESS: std::time::Duration = std::time::Duration::from_millis(350);
/// This near to an edge of the canvas it scrolls.
const EDGE: f64 = 48.0;

/// What was pressed and may be dragged.
#[derive(Clone, Debug, PartialEq)]
pub enum Grip {
    /// A card of the palette.
    New(CardKey),
    /// A card on the canvas.
    Card(StepId),
    /// A value.
    Value(OutputRef),
}

/// A press that may become a drag.
#[derive(Clone, Debug)]
pub struct Press {
    start: Point,
    grip: Grip,
    pointer: i32,
    /// A finger lifts a value after a while, not by moving.
    is_finger: bool,
}

impl Editor {
    /// Notes that something was pressed that can be dragged.
    pub fn press(self, event: &PointerEvent, grip: Grip) {
        let is_free = self.air.with_untracked(Option::is_none);
        if event.button() != 0 || !is_free || self.board.hand.get_untracked() {
            return;
        }
        self.measure_canvas();
        let is_finger = event.pointer_type() == "touch";
        self.press.set_value(Some(Press {
            start: client(event),
            grip,
            pointer: event.pointer_id(),
            is_finger,
        }));
        if is_finger {
            self.pointer.set(client(event));
            self.lift_soon(event.pointer_id());
        }
    }

    /// A finger that stays on a card or a value lifts it; before, it moves the canvas.
    fn lift_soon(self, pointer: i32) {
        set_timeout(
            move || {
                let press = self.press.try_get_value().flatten();
                let Some(press) = press.filter(|press| press.pointer == pointer) else {
                    return;
                };
                if self.air.with_untracked(Option::is_none) {
                    self.lift(&press.grip, false);
                    // Where it is not allowed nothing happens.
                    window().navigator().vibrate_with_duration(10);
                }
            },
            LONG_PRESS,
        );
    }

    fn measure_canvas(self) {
        let found = document().query_selector(".canvas").ok().flatten();
        if let Some(canvas) = found {
            let rect = canvas.get_bounding_client_rect();
            self.board
                .origin
                .set_value(Point::new(rect.left(), rect.top()));
        }
    }

    /// Takes a value in hand: it follows the pointer until it is dropped or put back.
    pub fn take(self, source: &OutputRef) {
        self.measure_canvas();
        self.lift(&Grip::Value(source.clone()), true);
        let count = self.air.with_untracked(|air| match air {
            Some(Air::Value { targets, .. }) => {
                targets.values().filter(|answer| answer.takes()).count()
            }
            _ => 0,
        });
        let value = self.board.names_now(|names| names.source(source));
        let ty = self.board.flow.with_untracked(|flow| type_of(flow, source));
        let ty = ty.map(|ty| untrack(|| type_name(self.speech, &ty)).to_lowercase());
        self.say(&EditorText::Holding {
            value,
            ty: ty.unwrap_or_default(),
            n: count,
        });
    }

    fn lift(self, grip: &Grip, is_held: bool) {
        self.values.set(None);
        self.board.dragged.set_value(true);
        if let Grip::Card(id) = grip {
            self.stack.set(self.stack_of(id));
        }
        let air = match grip {
            Grip::New(key) => Air::New(key.clone()),
            Grip::Card(id) => Air::Card(id.clone()),
            Grip::Value(source) => Air::Value {
                targets: Arc::new(self.board.flow.with_untracked(|flow| targets(flow, source))),
                source: source.clone(),
                is_held,
            },
        };
        self.base.set_value(self.board.layout.get_untracked());
        self.air.set(Some(air));
    }

    /// The pointer moved anywhere in the window.
    pub fn pointer_moved(self, event: &PointerEvent) {
        let at = client(event);
        let in_air = self.air.with_untracked(Option::is_some);
        if !in_air {
            let Some(press) = self.press.get_value() else {
                return;
            };
            if press.pointer != event.pointer_id() || press.start.distance(at) < SLOP {
                return;
            }
            if press.is_finger {
                // It moved before the value was lifted: it wants something else.
                if press.start.distance(at) > FINGER_SLOP {
                    self.press.set_value(None);
                }
                return;
            }
            self.lift(&press.grip, false);
        }
        event.prevent_default();
        self.hold_alt(event.alt_key());
        self.pointer.set(at);
        self.look_next_frame();
    }

    pub(super) fn look_next_frame(self) {
        if self.frame.get_value() {
            return;
        }
        self.frame.set_value(true);
        request_animation_frame(move || {
            if self.frame.try_set_value(false).is_none() {
                self.look_below();
            }
        });
    }

    /// Finds what is below the thing in the air, and scrolls at the edges.
    fn look_below(self) {
        let Some(Some(air)) = self.air.try_get_untracked() else {
            return;
        };
        let at = self.pointer.get_untracked();
        let world = self.board.world(at);
        let is_outside = !self.canvas_rect().holds(at);
        if let Air::Value { .. } = air {
            let over = self.board.layout.with_untracked(|layout| {
                input_at(layout, world)
                    .map(Over::Input)
                    .or_else(|| add_field_at(layout, world).map(Over::AddField))
            });
            let over = over.filter(|_| !is_outside);
            self.look_into_text(at, over.as_ref());
            if self.over.with_untracked(|known| *known != over) {
                self.over.set(over);
            }
        } else {
            let opened = self.board.opened.get_untracked();
            let slot = self
                .base
                .with_value(|layout| slot_at(layout, world).map(|slot| slot.place.clone()));
            let slot = slot.filter(|_| !is_outside);
            let slot = slot.filter(|place| self.may_go(&air, place));
            if slot != opened {
                self.board.opened.set(slot);
            }
        }
        self.watch_folded(world);
        self.scroll_at_edge(at);
    }

    /// The cards that go into the air with one: all selected ones where it is among them.
    fn stack_of(self, id: &StepId) -> Vec<StepId> {
        let chosen = self.board.chosen_now();
        if chosen.contains(id) {
            self.chosen_without_start()
        } else {
            vec![id.clone()]
        }
    }

    /// A container does not go into itself; a copy of it does.
    fn may_go(self, air: &Air, place: &flow::Place) -> bool {
        if !matches!(air, Air::Card(_)) || self.copies.get_untracked() {
            return true;
        }
        let stack = self.stack.get_untracked();
        let Some((container, _)) = &place.lane else {
            return true;
        };
        self.board.flow.with_untracked(|flow| {
            let mut at = Some(container.clone());
            while let Some(here) = at {
                if stack.contains(&here) {
                    return false;
                }
                at = place_of(flow, &here).and_then(|place| place.lane.map(|lane| lane.0));
            }
            true
        })
    }

    pub(super) fn canvas_rect(self) -> Rect {
        let (origin, size) = (
            self.board.origin.get_value(),
            self.board.size.get_untracked(),
        );
        Rect::new(origin.x, origin.y, size.w, size.h)
    }

    fn scroll_at_edge(self, at: Point) {
        const SPEED: f64 = 12.0;
        let canvas = self.canvas_rect();
        if !canvas.holds(at) {
            return;
        }
        let push = |near: f64, far: f64| {
            if near < EDGE {
                SPEED * (1.0 - near / EDGE)
            } else if far < EDGE {
                -SPEED * (1.0 - far / EDGE)
            } else {
                0.0
            }
        };
        let dx = push(at.x - canvas.x, canvas.right() - at.x);
        let dy = push(at.y - canvas.y, canvas.bottom() - at.y);
        if dx != 0.0 || dy != 0.0 {
            self.board.moves();
            self.board
                .viewport
                .update(|viewport| *viewport = viewport.panned(dx, dy));
            self.look_next_frame();
        }
    }

    /// The button was released anywhere in the window.
    pub fn pointer_released(self, event: &PointerEvent) {
        let press = self.press.try_update_value(Option::take).flatten();
        let Some(air) = self.air.get_untracked() else {
            return;
        };
        let is_held = matches!(air, Air::Value { is_held: true, .. });
        if press.is_none() && is_held {
            return;
        }
        self.pointer.set(client(event));
        self.hold_alt(event.alt_key());
        self.look_below();
        self.drop_here(&air);
    }

    /// Alt decides whether a drop moves or copies.
    fn hold_alt(self, is_held: bool) {
        if self.copies.get_untracked() != is_held {
            self.copies.set(is_held);
        }
    }

    /// Drops what is in the air on what is below it.
    pub fn drop_here(self, air: &Air) {
        let (slot, over) = (self.board.opened.get_untracked(), self.over.get_untracked());
        let (stack, copies) = (self.stack.get_untracked(), self.copies.get_untracked());
        let place = self.place.get_untracked().map(|place| place.at);
        self.put_back();
        match (air, slot, over) {
            (Air::New(key), Some(place), _) => self.add_card(key, Some(place)),
            (Air::Card(_), Some(place), _) if copies => self.copy_to(&stack, &place),
            (Air::Card(_), Some(place), _) => self.move_stack(&stack, place),
            (Air::Value { source, .. }, _, Some(Over::Input(at))) => {
                self.drop_into(source, &at, place);
            }
            (Air::Value { source, .. }, _, Some(Over::AddField(step))) => {
                self.map_new(source, &step);
            }
            _ => {}
        }
    }

    /// Puts what is in the air back where it came from.
    pub fn put_back(self) {
        self.press.set_value(None);
        if self
            .air
            .with_untracked(|air| matches!(air, Some(Air::Card(_) | Air::New(_))))
        {
            self.board.settle();
        }
        self.air.set(None);
        self.over.set(None);
        if self.stack.with_untracked(|stack| !stack.is_empty()) {
            self.stack.set(Vec::new());
        }
        self.hold_alt(false);
        if self.place.with_untracked(Option::is_some) {
            self.place.set(None);
        }
        self.fold_again();
        if self.board.opened.with_untracked(Option::is_some) {
            self.board.opened.set(None);
        }
    }

    /// A field was clicked while a value is in hand. Tells whether it was.
    pub fn drop_on(self, at: &flow::InputRef) -> bool {
        match self.air.get_untracked() {
            Some(Air::Value { source, .. }) => {
                self.put_back();
                self.drop_into(&source, at, None);
                true
            }
            _ => false,
        }
    }

    /// Listens to the pointer for as long as the page is open.
    pub fn listen(self) {
        let moved = window_event_listener(leptos::ev::pointermove, move |event| {
            self.pointer_moved(&event);
        });
        let released = window_event_listener(leptos::ev::pointerup, move |event| {
            self.pointer_released(&event);
        });
        let lost = window_event_listener(leptos::ev::pointercancel, move |_| self.put_back());
        let alt = move |event: &web_sys::KeyboardEvent, is_held: bool| {
            if event.key() == "Alt" && self.stack.with_untracked(|stack| !stack.is_empty()) {
                event.prevent_default();
                self.hold_alt(is_held);
            }
        };
        let alt_down = window_event_listener(leptos::ev::keydown, move |event| alt(&event, true));
        let alt_up = window_event_listener(leptos::ev::keyup, move |event| alt(&event, false));
        let pressed = window_event_listener(leptos::ev::mousedown, move |_| {
            self.board.dragged.set_value(false);
            self.prefix.set_value(false);
        });
        // A finger that stays on a value lifts it and asks for no menu.
        let menu = window_event_listener(leptos::ev::contextmenu, move |event| {
            if self.air.with_untracked(Option::is_some) {
                event.prevent_default();
            }
        });
        let scrolls = self.keep_page_still();
        on_cleanup(move || {
            menu.remove();
            moved.remove();
            released.remove();
            lost.remove();
            alt_down.remove();
            alt_up.remove();
            pressed.remove();
            drop(scrolls);
        });
    }
}

fn client(event: &PointerEvent) -> Point {
    Point::new(f64::from(event.client_x()), f64::from(event.client_y()))
}
