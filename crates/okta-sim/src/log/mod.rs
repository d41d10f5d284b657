//! The System Log: what happened, who did it, to whom, from where.
//!
//! Events are kept compact and turned into Okta's LogEvent JSON when somebody reads them, so that
//! a year of them costs little.

mod event;
mod given;
mod keyword;
pub(crate) mod kinds;
mod note;

pub(crate) use event::{LogEvent, Origin, PLACES, Party};
pub(crate) use given::Given;
pub(crate) use keyword::Keywords;
pub(crate) use note::{By, Note};

/// Most events kept; the oldest go first.
pub(crate) const MAX_EVENTS: usize = 100_000;
