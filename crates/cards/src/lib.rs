//! The catalogue: every event, action, function and control card, in English and Japanese, with what each one does.
//!
//! Pure: no clock, no randomness, no I/O. What leaves the building is only described here, as an HTTP request and as
//! the reading of its answer; the meaning of control cards lives in the engine. A card that is not implemented is
//! absent, so that a flow which uses it is reported instead of run wrongly.

mod declare;
mod words;

mod catalogue;
mod guide;

pub mod active_directory;
mod control;
mod events;
mod files;
mod functions;
pub mod http;
pub mod okta;
mod starts;
mod tables;

mod arithmetic;
mod bounds;
mod compare;
mod read;
mod web;

pub use catalogue::{Language, catalogue, is_confirmed, repeat_of, run_of};
pub use compare::compare;
pub use declare::{Repeat, Run, Seed};
pub use events::{EventDelivery, event_matches, event_outputs, event_types};
pub use web::{HttpReply, HttpRequest, Method};
