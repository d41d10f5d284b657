//! What hostile input meets first, as functions that take bytes: the reader of packs, the reader of documents, template
//! texts, formulas, every card that computes, and what directories and their mappings hold.
//!
//! A target finds a fault by panicking. Time and memory are bounded by who calls it: the tests with a clock, `cargo
//! xtask fuzz` with libFuzzer's limits.

mod card;
mod directory;
mod document;
mod pack;

mod seeds;

pub use card::{card, compose, formula};
pub use directory::{attribute, expression, search};
pub use document::document;
pub use pack::pack;
pub use seeds::seeds;

/// A target: takes any bytes, and panics where the product would break.
pub type Target = fn(&[u8]);

/// Every target with its name.
pub const TARGETS: [(&str, Target); 8] = [
    ("pack", pack),
    ("document", document),
    ("card", card),
    ("compose", compose),
    ("formula", formula),
    ("expression", expression),
    ("attribute", attribute),
    ("search", search),
];

/// Returns the target of this name.
pub fn target(name: &str) -> Option<Target> {
    let found = TARGETS.iter().find(|(known, _)| *known == name);
    found.map(|(_, target)| *target)
}
