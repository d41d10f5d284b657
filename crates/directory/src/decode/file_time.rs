//! Windows times: steps of 100 nanoseconds since 1 January 1601 (MS-DTYP, FILETIME), as `accountExpires`, `lastLogon` and
//! `pwdLastSet` hold them.

use chrono::{DateTime, Utc};

/// Steps in a second.
const STEPS: i64 = 10_000_000;
/// Seconds from 1601 to 1970.
const SECONDS_TO_1970: i64 = 11_644_473_600;
/// Besides 0, this in `accountExpires` means never.
pub const NEVER: i64 = i64::MAX;

/// The point in time of so many steps; `None` when no calendar reaches it.
#[must_use]
pub fn instant(steps: i64) -> Option<DateTime<Utc>> {
    let seconds = steps.div_euclid(STEPS).checked_sub(SECONDS_TO_1970)?;
    let nanos = u32::try_from(steps.rem_euclid(STEPS) * 100).ok()?;
    DateTime::from_timestamp(seconds, nanos)
}

/// The steps of a point in time; what is shorter than a step is cut off. `None` beyond 64 bits.
#[must_use]
pub fn ticks(at: DateTime<Utc>) -> Option<i64> {
    let seconds = at.timestamp().checked_add(SECONDS_TO_1970)?;
    let steps = i64::from(at.timestamp_subsec_nanos() / 100);
    seconds.checked_mul(STEPS)?.checked_add(steps)
}

/// Whether `accountExpires` names a time that has passed. Text that is no number names none.
#[must_use]
pub fn has_passed(account_expires: &str, now: DateTime<Utc>) -> bool {
    match account_expires.trim().parse::<i64>() {
        Err(_) | Ok(0 | NEVER) => false,
        Ok(steps) => instant(steps).is_some_and(|at| at <= now),
    }
}
