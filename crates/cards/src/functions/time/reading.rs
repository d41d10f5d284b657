//! Date & Time › Text to Date

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use flow::{Args, Base, CardError, Outputs, Type, Value, coerce};

use super::codes::{Part, parts, strip_day, strip_month};
use crate::declare::{Card, Category, date, example, function, text, words};
use crate::read::{self, output};

pub(super) static CARD: Card = function(
    "date:parse",
    Category::DateTime,
    words("Text to Date", "テキストを日時に変換"),
    words(
        "Reads a date from a text by a format such as MM/DD/YYYY. Without a format it reads the usual forms. A text without a time zone is taken as UTC, a two-digit year up to 68 is 20xx, and a format needs a year; Okta does not say.",
        "MM/DD/YYYYのような書式に従って、テキストから日時を読み取ります。書式がなければ一般的な形式を読み取ります。タイムゾーンのないテキストはUTCとみなし、68までの2桁の年は20xx年とします。書式には年が必要です（Oktaのドキュメントに記載がないため、独自に定めたものです）。",
    ),
    eval,
)
.icon("text-search")
.inputs(&[
    text("start").label("text").required(),
    text("format").label("format"),
])
.outputs(&[date("output")])
.examples(&[
    example(
        r#"{"start": "09/07/2016", "format": "MM/DD/Y"}"#,
        r#"{"output": "2016-09-07T00:00:00.000Z"}"#,
    ),
    example(
        r#"{"start": "1473206485670", "format": "x"}"#,
        r#"{"output": "2016-09-07T00:01:25.670Z"}"#,
    ),
    example(
        r#"{"start": "7 Sep 2016, 1:05 pm +09:00", "format": "D MMM YYYY, h:mm a Z"}"#,
        r#"{"output": "2016-09-07T04:05:00.000Z"}"#,
    ),
    example(
        r#"{"start": "2016-09-07T00:01:25Z", "format": ""}"#,
        r#"{"output": "2016-09-07T00:01:25.000Z"}"#,
    ),
    example(
        r#"{"start": "Tue Mar 3 26 08.30.15.5 EST", "format": "ddd MMM D YY HH:mm:ss.S z"}"#,
        r#"{"output": "2026-03-03T13:30:15.500Z"}"#,
    ),
    example(
        r#"{"start": "2024/366", "format": "YYYY-DDD"}"#,
        r#"{"output": "2024-12-31T00:00:00.000Z"}"#,
    ),
    example(
        r#"{"start": "1473206485", "format": ""}"#,
        r#""not_a_date""#,
    ),
    example(r#"{"start": "soon", "format": "YYYY-MM-DD"}"#, r#""not_a_date""#),
    example(r#"{"start": "31/02/2026", "format": "DD/MM/YYYY"}"#, r#""not_a_date""#),
]);

fn eval(args: &Args) -> Result<Outputs, CardError> {
    let text = read::text(args, "start");
    let format = read::text(args, "format");
    let date = if format.trim().is_empty() {
        any_form(args.get("", "start"))
    } else {
        by_format(text.trim(), &format)
    };
    date.map(|date| output("output", Value::Date(date)))
        .ok_or_else(|| not_a_date(&text))
}

/// Reads a date in the usual forms.
pub(super) fn any_form(value: &Value) -> Option<DateTime<Utc>> {
    match coerce(value, None, &Type::one(Base::Date)) {
        Ok(Value::Date(date)) => Some(date),
        _ => None,
    }
}

/// Says that `text` is not a date.
pub(super) fn not_a_date(text: &str) -> CardError {
    let shown: String = text.chars().take(60).collect();
    CardError::new(
        "not_a_date",
        format!("\"{shown}\" is not a date in this format. Check the text and the format."),
    )
}

#[derive(Default)]
struct Found {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    day_of_year: Option<u32>,
    hour: u32,
    minute: u32,
    second: u32,
    millis: u32,
    afternoon: Option<bool>,
    offset_minutes: i64,
    instant: Option<DateTime<Utc>>,
}

fn by_format(text: &str, format: &str) -> Option<DateTime<Utc>> {
    let mut found = Found::default();
    let mut rest = text;
    for part in parts(format) {
        rest = match part {
            Part::Literal(literal) => past(rest, literal)?,
            Part::Code(code) => found.take(code, rest)?,
        };
    }
    if rest.trim().is_empty() {
        found.date()
    } else {
        None
    }
}

/// Returns what follows a sign of the format. Signs between numbers may be others, as in moment.js; letters may not.
fn past<'t>(text: &'t str, literal: &str) -> Option<&'t str> {
    if let Some(rest) = text.strip_prefix(literal) {
        return Some(rest);
    }
    if literal.chars().any(char::is_alphanumeric) {
        return None;
    }
    match text.chars().next() {
        Some(sign) if !sign.is_alphanumeric() => text.get(sign.len_utf8()..),
        _ if literal.trim().is_empty() => Some(text),
        _ => None,
    }
}

impl Found {
    fn take<'a>(&mut self, code: &str, text: &'a str) -> Option<&'a str> {
        match code {
            "MMMM" | "MMM" => {
                let (month, rest) = strip_month(text)?;
                self.month = Some(month);
                return Some(rest);
            }
            "dddd" | "ddd" | "dd" => return strip_day(text),
            "d" => return text.strip_prefix(|c: char| ('0'..='7').contains(&c)),
            "z" => return self.take_zone(text),
            "A" | "a" => {
                let (half, rest) = text.split_at_checked(2)?;
                self.afternoon = Some(half.eq_ignore_ascii_case("pm"));
                return (half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm"))
                    .then_some(rest);
            }
            "Z" | "ZZ" => return self.take_offset(text),
            _ => {}
        }
        let (digits, rest) = digits(text, most_digits(code));
        let number: i64 = digits.parse().ok()?;
        let small = u32::try_from(number).ok();
        match code {
            "YYYY" | "yyyy" | "Y" | "y" => self.year = Some(i32::try_from(number).ok()?),
            "YY" | "yy" => self.year = Some(i32::try_from(number).ok()? + century(number)),
            "MM" | "M" | "Mo" => self.month = small,
            "DD" | "D" | "Do" => self.day = small,
            "DDDD" | "DDD" => self.day_of_year = small,
            "HH" | "H" | "hh" | "h" => self.hour = small?,
            "mm" | "m" => self.minute = small?,
            "ss" | "s" => self.second = small?,
            code if code.starts_with('S') => {
                let padded: String = digits.chars().chain("00".chars()).take(3).collect();
                self.millis = padded.parse().ok()?;
            }
            "X" => self.instant = DateTime::from_timestamp(number, 0),
            "x" => self.instant = DateTime::from_timestamp_millis(number),
            _ => return None,
        }
        match code {
            "Mo" | "Do" => Some(rest.trim_start_matches(|c: char| c.is_ascii_alphabetic())),
            _ => Some(rest),
        }
    }

    fn take_offset<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        if let Some(rest) = text.strip_prefix('Z') {
            return Some(rest);
        }
        let sign = match text.chars().next()? {
            '+' => 1,
            '-' => -1,
            _ => return None,
        };
        let (hours, rest) = digits(text.get(1..)?, 2);
        let (minutes, rest) = digits(rest.strip_prefix(':').unwrap_or(rest), 2);
        let minutes: i64 = if minutes.is_empty() {
            0
        } else {
            minutes.parse().ok()?
        };
        self.offset_minutes = sign * (hours.parse::<i64>().ok()? * 60 + minutes);
        Some(rest)
    }

    /// The short names of zones that RFC 2822 knows, and a few more.
    fn take_zone<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let hours = [
            ("UTC", 0),
            ("GMT", 0),
            ("EST", -5),
            ("EDT", -4),
            ("CST", -6),
            ("CDT", -5),
            ("MST", -7),
            ("MDT", -6),
            ("PST", -8),
            ("PDT", -7),
            ("JST", 9),
            ("CET", 1),
            ("CEST", 2),
        ];
        let end = text
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let (_, hours) = hours
            .into_iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        self.offset_minutes = hours * 60;
        Some(rest)
    }

    fn date(self) -> Option<DateTime<Utc>> {
        if let Some(instant) = self.instant {
            return Some(instant);
        }
        let hour = match self.afternoon {
            Some(true) if self.hour < 12 => self.hour + 12,
            Some(false) if self.hour == 12 => 0,
            _ => self.hour,
        };
        let day = match self.day_of_year {
            Some(day) => NaiveDate::from_yo_opt(self.year?, day)?,
            None => {
                NaiveDate::from_ymd_opt(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1))?
            }
        };
        day.and_hms_milli_opt(hour, self.minute, self.second, self.millis)?
            .and_utc()
            .checked_sub_signed(TimeDelta::minutes(self.offset_minutes))
    }
}

/// Two-digit years up to 68 belong to this century, as in moment.js.
fn century(year: i64) -> i32 {
    if year > 68 { 1900 } else { 2000 }
}

fn most_digits(code: &str) -> usize {
    match code {
        "X" | "x" => 17,
        "YYYY" | "yyyy" | "Y" | "y" => 4,
        "DDDD" | "DDD" => 3,
        code if code.starts_with('S') => code.len(),
        _ => 2,
    }
}

fn digits(text: &str, most: usize) -> (&str, &str) {
    let end = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    text.split_at(end)
}
