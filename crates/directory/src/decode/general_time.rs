//! Generalized Time (X.680, as `whenChanged` holds it): `20261121233306.0Z`.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone as _, Utc};

/// Reads a Generalized Time: `YYYYMMDDHH[MM[SS]]`, a fraction, then `Z` or an offset. `None` when it is anything else.
#[must_use]
pub fn read(text: &str) -> Option<DateTime<Utc>> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length)?;
    if !matches!(length, 10 | 12 | 14) {
        return None;
    }
    let part = |from: usize, to: usize| {
        digits
            .get(from..to)
            .map_or(Some(0), |part| part.parse::<u32>().ok())
    };
    let year = i32::try_from(part(0, 4)?).ok()?;
    let (fraction, zone) = fraction(rest)?;
    let date = NaiveDate::from_ymd_opt(year, part(4, 6)?, part(6, 8)?)?;
    // A fraction belongs to the smallest unit that is written.
    let unit: u64 = match length {
        10 => 3_600,
        12 => 60,
        _ => 1,
    };
    let local = date.and_hms_opt(part(8, 10)?, part(10, 12)?, part(12, 14)?)?;
    let nanos = i64::try_from(fraction.checked_mul(unit)?).ok()?;
    let local = local.checked_add_signed(chrono::TimeDelta::nanoseconds(nanos))?;
    let at = offset(zone)?.from_local_datetime(&local).single()?;
    Some(at.with_timezone(&Utc))
}

/// Writes a time for a search filter, to the second.
#[must_use]
pub fn write(at: DateTime<Utc>) -> String {
    at.format("%Y%m%d%H%M%S.0Z").to_string()
}

/// Billionths, and what follows them.
fn fraction(text: &str) -> Option<(u64, &str)> {
    let Some(rest) = text.strip_prefix(['.', ',']) else {
        return Some((0, text));
    };
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, zone) = rest.split_at_checked(length)?;
    let digits = digits
        .get(..length.min(9))
        .filter(|digits| !digits.is_empty())?;
    Some((format!("{digits:0<9}").parse().ok()?, zone))
}

fn offset(zone: &str) -> Option<FixedOffset> {
    if zone == "Z" {
        return FixedOffset::east_opt(0);
    }
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits
        .get(2..4)
        .map_or(Some(0), |minutes| minutes.parse().ok())?;
    FixedOffset::east_opt(sign * (hours * 3_600 + minutes * 60)).filter(|_| minutes < 60)
}
