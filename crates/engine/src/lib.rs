//! The interpreter: runs a flow through a [`Host`], without any I/O of its own.
//!
//! It knows no clock, no network, no database and no runtime. A flow document becomes a [`Plan`] once; [`run`] walks
//! the plan and writes a journal of [`Entry`]s. The journal is the history: what [`view`] shows is what a later
//! [`run`] of the same id replays, so a card that finished never runs twice.

mod journal;
mod plan;

mod again;
mod child_id;
mod host;
mod passes;
mod run;
mod view;

pub use again::{Again, Change, Stand, first_change};
pub use child_id::child_run_id;
pub use host::{Answer, Call, CallTrace, ChildCall, EngineError, Host, HttpAnswer, Page, Start};
pub use journal::{Entry, Event, Outcome, Path, SeedUsed, without_data};
pub use passes::{Passes, calling_step, helper_run, passes};
pub use plan::Plan;
pub use run::run;
pub use view::{ChildView, StepState, StepView, view};
