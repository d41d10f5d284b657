//! The wall clock, in one place.

use chrono::{DateTime, Utc};

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
