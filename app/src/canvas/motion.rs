//! Moving the canvas: zoom, fit, flying to a card. Wherever somebody is taken, the way there is seen, unless the system
//! asks for less motion.

use flow::{LaneId, StepId};
use leptos::prelude::*;

use super::board::{Board, focus_card};
use super::geometry::{Point, Rect};
use super::viewport::Viewport;

/// How long a flight takes, in milliseconds.
const FLIGHT: f64 = 240.0;

/// Frames after which a card that is not drawn no longer gets the focus: a flight and what it draws on a slow machine.
const FRAMES_OF_FOCUS: u32 = 60;

impl Board {
    /// Shows everything.
    pub fn fit(self) {
        let bounds = self.layout.with_untracked(|layout| layout.bounds);
        self.fly(Viewport::fitting(bounds, self.size.get_untracked()));
    }

    /// Shows the selected card as large as is good to read; everything where none is selected.
    pub fn fit_selection(self) {
        let selected = self.selected.get_untracked();
        let rect = selected.and_then(|id| {
            self.layout
                .with_untracked(|layout| layout.card(&id).map(|card| card.rect))
        });
        match rect {
            Some(rect) => self.fly(Viewport::around(rect, self.size.get_untracked())),
            None => self.fit(),
        }
    }

    /// Changes the zoom by a factor around the middle.
    pub fn zoom_by(self, factor: f64) {
        let zoom = self.viewport.get_untracked().zoom * factor;
        self.zoom_to(zoom);
    }

    /// Sets the zoom around the selected card where it is in sight, else around the middle.
    pub fn zoom_to(self, zoom: f64) {
        let size = self.size.get_untracked();
        let viewport = self.viewport.get_untracked();
        let seen = viewport.visible(size);
        let selected = self.selected.get_untracked().and_then(|id| {
            self.layout
                .with_untracked(|layout| layout.card(&id).map(|card| card.rect))
        });
        let middle = selected
            .map(|rect| Point::new(rect.x, rect.y))
            .filter(|corner| seen.holds(*corner))
            .map_or(Point::new(size.w / 2.0, size.h / 2.0), |corner| {
                viewport.to_screen(corner)
            });
        self.viewport.set(viewport.zoomed(zoom, middle));
    }

    /// Moves the canvas so that a card is in sight; opens what hides it.
    pub fn reveal(self, id: &StepId) {
        self.uncover(id);
        let rect = self
            .layout
            .with_untracked(|layout| layout.card(id).map(|card| card.rect));
        if let Some(rect) = rect {
            let head = Rect::new(rect.x, rect.y, rect.w.min(300.0), rect.h.min(420.0));
            let size = self.size.get_untracked();
            let before = self.viewport.get_untracked();
            let after = before.revealing(head, size);
            if after != before {
                self.fly(after);
            }
        }
    }

    /// Selects a card, brings it into sight and gives it the focus.
    pub fn go_to(self, id: &StepId) {
        self.pick_none();
        self.selected.set(Some(id.clone()));
        self.entered.set(None);
        self.reveal(id);
        focus_when_drawn(id.clone(), FRAMES_OF_FOCUS);
    }

    /// Shows a lane as a view of its own, or with nothing the whole flow.
    pub fn open_view(self, lane: Option<(StepId, LaneId)>) {
        if self.root.with_untracked(|root| *root == lane) {
            return;
        }
        self.root.set(lane);
        let bounds = self.layout.with_untracked(|layout| layout.bounds);
        let viewport = Viewport::first(bounds, self.size.get_untracked());
        self.viewport.set(viewport);
    }

    /// Opens the lanes around a card, or shows its lane as a view of its own where it is hidden deeper.
    fn uncover(self, id: &StepId) {
        let is_drawn = || {
            self.layout
                .with_untracked(|layout| layout.card(id).is_some())
        };
        if is_drawn() {
            return;
        }
        let index = self.known.index.get_untracked();
        let around = self.flow.with_untracked(|flow| index.around(flow, id));
        let is_folded = self
            .unfolded
            .with_untracked(|unfolded| around.iter().any(|lane| unfolded.lanes.contains(lane)));
        if is_folded {
            self.unfolded.update(|unfolded| {
                for lane in &around {
                    unfolded.lanes.remove(lane);
                }
            });
        }
        if !is_drawn() && self.root.with_untracked(Option::is_some) {
            self.open_view(None);
        }
        if !is_drawn() {
            self.open_view(around.last().cloned());
        }
    }

    /// Goes to another part of the canvas within a moment; at once where less motion is asked for.
    pub fn fly(self, to: Viewport) {
        let flight = self.flight.try_update_value(|flight| {
            *flight += 1;
            *flight
        });
        let Some(flight) = flight else { return };
        let from = self.viewport.get_untracked();
        let size = self.size.get_untracked();
        if wants_less_motion() || size.w == 0.0 {
            self.flying.set_value(false);
            self.viewport.set(to);
            return;
        }
        // What is far away is left with a jump, so that no flight draws everything on its way.
        let from = from.near(to, size);
        let Some(clock) = window().performance() else {
            self.viewport.set(to);
            return;
        };
        let began = clock.now();
        self.flying.set_value(true);
        self.step_of(flight, (from, to), move || (clock.now() - began) / FLIGHT);
    }

    fn step_of(self, flight: u32, way: (Viewport, Viewport), passed: impl Fn() -> f64 + 'static) {
        request_animation_frame(move || {
            if self.flight.try_get_value() != Some(flight) {
                return;
            }
            let part = passed();
            if part >= 1.0 {
                self.flying.set_value(false);
                self.viewport.set(way.1);
                return;
            }
            self.viewport.set(way.0.towards(way.1, part));
            self.step_of(flight, way, passed);
        });
    }

    /// Ends a flight where it is: somebody took the canvas in hand.
    pub fn land(self) {
        self.flight.update_value(|flight| *flight += 1);
        self.flying.set_value(false);
    }

    /// Tells whether the canvas is on its way somewhere by itself.
    pub fn is_flying(self) -> bool {
        self.flying.get_value()
    }

    /// Lets cards slide to their places for a moment: one was dropped, or is put back.
    pub fn settle(self) {
        self.settling.set(true);
        set_timeout(
            move || {
                self.settling.try_set(false);
            },
            std::time::Duration::from_millis(200),
        );
    }

    /// Notes that a gesture moves the canvas: cards that come into sight are drawn whole when it is over.
    pub fn moves(self) {
        const STILL: std::time::Duration = std::time::Duration::from_millis(140);
        if !self.moving.get_untracked() {
            self.moving.set(true);
        }
        let timer = set_timeout_with_handle(
            move || {
                self.moving.try_set(false);
            },
            STILL,
        )
        .ok();
        let before = self
            .rest
            .try_update_value(|rest| std::mem::replace(rest, timer));
        if let Some(before) = before.flatten() {
            before.clear();
        }
    }
}

/// Tells whether the system asks for less motion.
pub fn wants_less_motion() -> bool {
    window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

/// Gives a card the focus as soon as it is drawn: what is far away is drawn when the flight to it ends.
fn focus_when_drawn(id: StepId, frames: u32) {
    request_animation_frame(move || {
        let is_drawn = (document().query_selector(&format!("[data-step='{id}']")))
            .is_ok_and(|found| found.is_some());
        if is_drawn {
            focus_card(&id);
        } else if frames > 0 {
            focus_when_drawn(id, frames - 1);
        }
    });
}
