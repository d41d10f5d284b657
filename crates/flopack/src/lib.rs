//! Import and export of Okta Workflows packs (`.flopack`, `.folder`, `.flow`), versions 1.2.0 to 1.5.0.
//!
//! A pack is folded into flow documents: hidden cards (object expanders, branch heads, joins, wormholes, the starts and
//! returns of inline bodies, the loop around an event) become part of the bindings and lanes of the document. Beside each
//! flow stands a *skeleton*: what the designer needs and no reader of the flow sees. The document carries everything a
//! user can see or change, so an export after an edit writes the edit, and an export without a skeleton writes a whole
//! pack. Knows no clock, no randomness, no I/O and no card by meaning, only how Okta stores them.

mod pack;

mod check;
mod facts;

mod remap;

mod export;
mod import;

mod bones;
mod field;
mod method;
mod order;
mod ours;
mod raw;
mod rows;
mod types;

pub use check::{Report, Unsupported, check};
pub use export::export;
pub use facts::same;
pub use import::{MAX_BYTES, MAX_CARDS, MAX_FIELDS, import};
pub use pack::{
    Column, FlowView, Imported, NewIds, PackConnection, PackError, PackFlow, PackFolder,
    PackProblem, PackTable, PackView,
};
pub use remap::{forget_own_titles, remap};
