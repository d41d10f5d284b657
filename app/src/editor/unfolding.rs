//! While something is dragged: what is folded opens when the pointer rests on it, and folds again afterwards; the page
//! does not scroll under the finger.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::Editor;
use super::state::Air;
use crate::canvas::geometry::Point;
use crate::canvas::hit::{Folded, folded_at};

/// The pointer rests this long on what is folded until it opens.
const REST: Duration = Duration::from_millis(500);

/// What the pointer rests on, and the clock for it.
#[derive(Clone, Debug)]
pub struct Rested {
    on: Folded,
    clock: Option<TimeoutHandle>,
}

impl Editor {
    /// Notes what folded thing is below the thing in the air.
    pub(super) fn watch_folded(self, world: Point) {
        let below = self
            .board
            .layout
            .with_untracked(|layout| folded_at(layout, world));
        let before = self
            .rested
            .with_value(|rested| rested.as_ref().map(|rested| rested.on.clone()));
        if below == before {
            return;
        }
        self.stop_resting();
        let Some(on) = below else { return };
        let opened = on.clone();
        let clock = set_timeout_with_handle(move || self.unfold(opened.clone()), REST).ok();
        self.rested.set_value(Some(Rested { on, clock }));
    }

    fn stop_resting(self) {
        let rested = self.rested.try_update_value(Option::take).flatten();
        if let Some(clock) = rested.and_then(|rested| rested.clock) {
            clock.clear();
        }
    }

    fn unfold(self, folded: Folded) {
        let Some(Some(air)) = self.air.try_get_untracked() else {
            return;
        };
        self.board.opened.set(None);
        match folded {
            Folded::Card(id) if matches!(&air, Air::Card(held) if *held == id) => return,
            Folded::Card(id) => self.board.unfolded.update(|unfolded| {
                unfolded.cards.insert(id);
            }),
            Folded::Lane(step, lane) => self.board.unfolded.update(|unfolded| {
                unfolded.lanes.remove(&(step, lane));
            }),
            Folded::View(step, lane) => self.board.open_view(Some((step, lane))),
            Folded::Object(source) => self.board.toggle_object(&source),
        }
        self.base.set_value(self.board.layout.get_untracked());
        self.look_next_frame();
    }

    /// Nothing is in the air any more: cards that were opened for it fold again.
    pub(super) fn fold_again(self) {
        self.stop_resting();
        let has_open = self
            .board
            .unfolded
            .with_untracked(|unfolded| !unfolded.cards.is_empty());
        if has_open {
            self.board
                .unfolded
                .update(|unfolded| unfolded.cards.clear());
        }
    }

    /// Keeps the browser from scrolling while a finger holds something. Listens until the answer is dropped.
    pub(super) fn keep_page_still(self) -> StillPage {
        let listener = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            let holds = self.air.try_with_untracked(Option::is_some);
            if holds == Some(true) && event.cancelable() {
                event.prevent_default();
            }
        });
        let options = web_sys::AddEventListenerOptions::new();
        options.set_passive(false);
        let added = window().add_event_listener_with_callback_and_add_event_listener_options(
            "touchmove",
            listener.as_ref().unchecked_ref(),
            &options,
        );
        if added.is_err() {
            leptos::logging::warn!("the page may scroll under a finger");
        }
        StillPage {
            listener: StoredValue::new_local(listener),
        }
    }
}

/// The page does not scroll while this is kept.
pub(super) struct StillPage {
    listener: StoredValue<Closure<dyn FnMut(web_sys::Event)>, LocalStorage>,
}

impl Drop for StillPage {
    fn drop(&mut self) {
        let removed = self.listener.try_with_value(|listener| {
            window()
                .remove_event_listener_with_callback("touchmove", listener.as_ref().unchecked_ref())
        });
        if removed.is_some_and(|removed| removed.is_err()) {
            leptos::logging::warn!("a listener stays");
        }
    }
}
