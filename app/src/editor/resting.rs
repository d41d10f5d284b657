//! A value in the air over a text: where it would go.

use flow::InputRef;
use leptos::prelude::*;

use super::Editor;
use super::state::Over;
use crate::canvas::geometry::{Point, Rect};
use crate::card::under_point;

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextPlace {
    /// The position, a value counted as one character.
    pub at: usize,
    /// The caret there, in the window.
    pub caret: Rect,
}

impl Editor {
    /// Shows where a value in the air would go into the text below it.
    pub(super) fn look_into_text(self, pointer: Point, over: Option<&Over>) {
        let place = match over {
            Some(Over::Input(at)) => place_in(at, pointer),
            _ => None,
        };
        if self.place.with_untracked(|known| *known != place) {
            self.place.set(place);
        }
    }
}

fn place_in(at: &InputRef, pointer: Point) -> Option<TextPlace> {
    let (root, place, rect) = under_point(pointer.x, pointer.y)?;
    let field = root.closest(".field-box").ok()??;
    if field.get_attribute("data-at")? != super::address(at) {
        return None;
    }
    Some(TextPlace {
        at: place,
        caret: Rect::new(rect.left(), rect.top(), 2.0, rect.height()),
    })
}
