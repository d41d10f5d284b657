//! XML cards: Build, Parse (XML 1.0, fifth edition). What Okta makes of attributes and of repeated elements is not
//! documented; here an attribute is a key that begins with `@`, text beside attributes or elements has the key `#text`,
//! and an element that occurs more than once is a list. So what Parse gives, Build writes again.

use crate::declare::Card;

mod build;
mod parse;

/// Elements may be nested this deep: each takes up to two levels of the value.
const MAX_DEPTH: usize = 45;
/// Begins the key of an attribute.
const ATTRIBUTE: char = '@';
/// The key of text beside attributes or elements.
const TEXT: &str = "#text";

pub(super) static CARDS: [Card; 2] = [build::CARD, parse::CARD];
