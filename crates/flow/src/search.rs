//! Finding: cards of the catalogue by what somebody types, and places in flows by their text.
//!
//! Letters are compared folded: upper and lower case, full and half width, katakana and hiragana, with and without long
//! vowel marks are the same. Japanese words can also be typed by their reading.

mod fold;
mod readings;

mod cards;
mod mark;
mod pattern;

mod excerpt;
mod phrase;
mod replace;
mod spots;

pub use cards::{CardIndex, FoundCard};
pub use excerpt::excerpt;
pub use fold::{Folded, fold};
pub use mark::Mark;
pub use pattern::{Pattern, Target};
pub use phrase::Phrase;
pub use readings::reading;
pub use replace::{is_replaceable, replace};
pub use spots::{Known, Spot, SpotAt, SpotKind, spots};
