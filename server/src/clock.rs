//! The wall clock, in one place.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use flow::RunId;

/// Returns the time now.
pub(crate) fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Returns the time now in milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    now().timestamp_millis()
}

/// Returns a new id: a ULID, which sorts by time.
pub(crate) fn new_id() -> String {
    ulid::Ulid::new().to_string()
}

/// Returns a new id for a row of a table: sorts after every id of this process before, so that rows stay in the order in
/// which they were made.
pub(crate) fn row_id() -> String {
    static LAST: Mutex<ulid::Generator> = Mutex::new(ulid::Generator::new());
    let next = LAST
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .generate();
    next.unwrap_or_else(|_| ulid::Ulid::new()).to_string()
}

/// Returns the smallest id that a run of this time can have. Ids sort by time.
pub(crate) fn first_run_at(ms: i64) -> RunId {
    let ms = u64::try_from(ms).unwrap_or(0).min((1 << 48) - 1);
    RunId::new(ulid::Ulid::from_parts(ms, 0).to_string())
}
