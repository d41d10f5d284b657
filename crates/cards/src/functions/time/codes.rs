//! Date codes as Okta documents them (the notation of moment.js): reading a format into parts, writing a date by it,
//! and names of time zones.

use chrono::{DateTime, Datelike, Offset, Timelike, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

/// The codes, longer ones before their beginnings.
const CODES: [&str; 44] = [
    "SSSSSSSSS",
    "SSSSSSSS",
    "SSSSSSS",
    "SSSSSS",
    "SSSSS",
    "SSSS",
    "YYYY",
    "yyyy",
    "YY",
    "yy",
    "Y",
    "y",
    "MMMM",
    "MMM",
    "MM",
    "Mo",
    "M",
    "DDDD",
    "DDD",
    "DD",
    "Do",
    "D",
    "dddd",
    "ddd",
    "dd",
    "d",
    "HH",
    "H",
    "hh",
    "h",
    "mm",
    "m",
    "ss",
    "s",
    "SSS",
    "SS",
    "S",
    "A",
    "a",
    "ZZ",
    "Z",
    "z",
    "X",
    "x",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A part of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// A code.
    Code(&'static str),
    /// Characters that stand for themselves.
    Literal(&'a str),
}

/// Splits a format into codes and the rest; text in square brackets stands for itself.
pub(super) fn parts(format: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        if let Some((literal, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
            parts.push(Part::Literal(literal));
            rest = after;
        } else if let Some(code) = CODES.into_iter().find(|code| rest.starts_with(code)) {
            parts.push(Part::Code(code));
            rest = rest.get(code.len()..).unwrap_or_default();
        } else {
            let (literal, after) = rest.split_at(first.len_utf8());
            parts.push(Part::Literal(literal));
            rest = after;
        }
    }
    parts
}

/// Returns the time zone of this name; UTC where the name is not in the tz database, as exported flows need it.
pub(super) fn zone(name: &str) -> Tz {
    let name = name.trim();
    name.parse().unwrap_or_else(|_| {
        TZ_VARIANTS
            .into_iter()
            .find(|zone| zone.name().eq_ignore_ascii_case(name))
            .unwrap_or(Tz::UTC)
    })
}

/// Writes a date by a format.
pub(super) fn write(date: DateTime<Utc>, format: &str, zone: Tz) -> String {
    let local = date.with_timezone(&zone);
    parts(format)
        .into_iter()
        .map(|part| match part {
            Part::Literal(literal) => literal.to_owned(),
            Part::Code(code) => write_code(&local, code),
        })
        .collect()
}

fn write_code(date: &DateTime<Tz>, code: &str) -> String {
    let hour12 = date.hour12().1;
    match code {
        "YYYY" | "yyyy" | "Y" | "y" => format!("{:04}", date.year()),
        "YY" | "yy" => format!("{:02}", date.year().rem_euclid(100)),
        "MMMM" => month_name(date).to_owned(),
        "MMM" => month_name(date).chars().take(3).collect(),
        "MM" => format!("{:02}", date.month()),
        "Mo" => ordinal(date.month()),
        "M" => date.month().to_string(),
        "DDDD" => format!("{:03}", date.ordinal()),
        "DDD" => date.ordinal().to_string(),
        "DD" => format!("{:02}", date.day()),
        "Do" => ordinal(date.day()),
        "D" => date.day().to_string(),
        "dddd" => day_name(date).to_owned(),
        "ddd" => day_name(date).chars().take(3).collect(),
        "dd" => day_name(date).chars().take(2).collect(),
        "d" => date.weekday().number_from_monday().to_string(),
        "HH" => format!("{:02}", date.hour()),
        "H" => date.hour().to_string(),
        "hh" => format!("{hour12:02}"),
        "h" => hour12.to_string(),
        "mm" => format!("{:02}", date.minute()),
        "m" => date.minute().to_string(),
        "ss" => format!("{:02}", date.second()),
        "s" => date.second().to_string(),
        code if code.starts_with("SSS") => {
            let millis = date.timestamp_subsec_millis();
            format!("{millis:03}{}", "0".repeat(code.len() - 3))
        }
        "SS" => format!("{:02}", date.timestamp_subsec_millis() / 10),
        "S" => (date.timestamp_subsec_millis() / 100).to_string(),
        "A" => if date.hour() < 12 { "AM" } else { "PM" }.to_owned(),
        "a" => if date.hour() < 12 { "am" } else { "pm" }.to_owned(),
        "ZZ" => offset(date, ""),
        "Z" => offset(date, ":"),
        "z" => date.format("%Z").to_string(),
        "X" => date.timestamp().to_string(),
        "x" => date.timestamp_millis().to_string(),
        other => other.to_owned(),
    }
}

fn month_name(date: &DateTime<Tz>) -> &'static str {
    let index = usize::try_from(date.month0()).unwrap_or(0);
    MONTHS.get(index).copied().unwrap_or_default()
}

fn day_name(date: &DateTime<Tz>) -> &'static str {
    let index = usize::try_from(date.weekday().num_days_from_monday()).unwrap_or(0);
    DAYS.get(index).copied().unwrap_or_default()
}

/// Returns the month, from 1, whose name or three-letter name `text` starts with, and what follows.
pub(super) fn strip_month(text: &str) -> Option<(u32, &str)> {
    (1..).zip(MONTHS).find_map(|(number, name)| {
        strip_ignoring_case(text, name)
            .or_else(|| strip_ignoring_case(text, name.get(..3)?))
            .map(|rest| (number, rest))
    })
}

/// Returns what follows the name of a day of the week, whole or cut to three or two letters.
pub(super) fn strip_day(text: &str) -> Option<&str> {
    let begins = |letters: usize| {
        DAYS.iter()
            .find_map(|name| strip_ignoring_case(text, name.get(..letters).unwrap_or(name)))
    };
    begins(usize::MAX)
        .or_else(|| begins(3))
        .or_else(|| begins(2))
}

fn strip_ignoring_case<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (begin, rest) = text.split_at_checked(start.len())?;
    begin.eq_ignore_ascii_case(start).then_some(rest)
}

fn ordinal(number: u32) -> String {
    let end = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

fn offset(date: &DateTime<Tz>, colon: &str) -> String {
    let seconds = date.offset().fix().local_minus_utc();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{:02}{colon}{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(format: &str, zone_name: &str, expected: &str) {
        let date = DateTime::from_timestamp_millis(1_473_206_485_670).unwrap();
        assert_eq!(write(date, format, zone(zone_name)), expected, "{format}");
    }

    #[test]
    fn codes_write_as_okta_documents_them() {
        check(
            "ddd, MMMM Do [at] h:mm A",
            "UTC",
            "Wed, September 7th at 12:01 AM",
        );
        check(
            "YYYY-MM-DD HH:mm:ss.SSS Z",
            "UTC",
            "2016-09-07 00:01:25.670 +00:00",
        );
        check("M/D/YY h a z", "US/Pacific", "9/6/16 5 pm PDT");
        check("Y.M.D ZZ", "Asia/Tokyo", "2016.9.7 +0900");
        check("H:m:s.S SS", "asia/tokyo", "9:1:25.6 67");
        check("DDD DDDD dd SSSSSS", "UTC", "251 251 We 670000");
        check("[D]D[]D[", "UTC", "D77[");
        check("d dddd X x", "UTC", "3 Wednesday 1473206485 1473206485670");
        check("yyyy-MM-DD", "America/Pacific", "2016-09-07");
    }
}
