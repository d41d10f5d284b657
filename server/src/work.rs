//! Everything that runs without being asked: runs, intake of events, schedules, revocations.

pub(crate) mod active;
pub(crate) mod broken;
pub(crate) mod calls;
pub(crate) mod clockwork;
mod errands;
pub(crate) mod files;
pub(crate) mod helpers;
pub(crate) mod hooks;
pub(crate) mod host;
pub(crate) mod intake;
mod parts;
pub(crate) mod pausing;
pub(crate) mod plans;
pub(crate) mod replies;
pub(crate) mod revocation;
pub(crate) mod runner;
pub(crate) mod schedule;
mod standing;
pub(crate) mod start;
pub(crate) mod tail;
pub(crate) mod tried;
pub(crate) mod under_way;
