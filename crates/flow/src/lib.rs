//! The flow language: what a flow is, how it may be changed, and what is wrong with it.
//!
//! Knows no clock, no randomness, no I/O, no async and no concrete card. Compiles for the server and for the browser,
//! so both decide alike what a drop may do and whether a flow may be turned on.

mod alone;
mod id;
mod types;
mod value;

mod call;
mod card;
mod document;
pub mod literal;
mod schedule;

mod arrange;
mod check;
mod connector;
mod diff;
mod edit;
mod index;
mod repair;
mod scopes;
pub mod search;
mod walk;

pub use alone::{Given, alone, json_at};
pub use arrange::{
    Blank, CannotArrange, Clip, Dependant, Extraction, Known, MAX_CLIP, MAX_CLIP_CARDS, NotAClip,
    Pasted, Span, Substitute, Unwrapped, depending, ends_row, extract, outermost, paste, place_of,
    remove, rewrite, row_of, sees, shift, together, type_of, unwrap, wrap,
};
pub use call::{Arg, Args, CardError, Outputs, RetryHint};
pub use card::{
    CardKey, CardKind, CardSpec, Catalogue, Choice, Entered, Example, Extensible, Family,
    FieldSpec, Guide, LaneSpec, Lookup, Schema, SchemaFields,
};
pub use check::{
    Around, KnownConnection, KnownFlow, KnownTable, Problem, ProblemCode, Severity, Signature,
    check, check_in, is_secret_name, leaves_container_only, looks_secret, may_turn_on,
};
pub use connector::connector_name;
pub use diff::{
    CardPart, Change, Clash, Diff, FieldChange, FlowPart, Merge, Side, bring_back, diff,
    drawn_together, merge, script,
};
pub use document::{
    Access, Binding, FieldKey, Flow, FlowKind, Input, InputRef, Lane, LaneId, Note, OnError,
    Output, OutputRef, Part, Pin, Retry, Step, Then,
};
pub use edit::{FlowEdit, MAX_NESTING, Place, Refused, apply};
pub use id::{ConnectionId, FlowId, FolderId, PersonId, RowId, RunId, StepId, TableId, VersionId};
pub use index::StepIndex;
pub use repair::{Repair, RepairKind, repair_all, repairs, suggestions, ways_into};
pub use schedule::{
    Every, Overlap, Schedule, Timetable, Unit, Window, time_of_day, write_time_of_day,
};
pub use scopes::{Granted, PathScopes, covers, missing_scopes, needed_scopes, scope_by_path};
pub use types::{Base, Convert, Fit, KeyType, Type, Way, coerce, conversion, fit, ways};
pub use value::{Fields, FileRef, MAX_BYTES, MAX_DEPTH, Number, Oversized, TooDeep, Value, iso};
pub use walk::{Visible, numbers, visible_at_end, visible_outputs};
