//! Date & Time › Difference. The input with the key `start` is called end date and the other way round: so it is in
//! Okta's flows.

use chrono::{DateTime, Datelike, Months, Utc};
use flow::{Args, CardError, FieldKey, Outputs, Value};

use crate::arithmetic::decimal;
use crate::declare::{Card, Category, date, example, function, number, words};
use crate::read;

pub(super) static CARD: Card = function(
    "date:diff",
    Category::DateTime,
    words("Difference", "差"),
    words(
        "Gives the time from one date to another, as a whole in each unit: a day is 1 in days and 24 in hours. It is negative when the start date is later. Months are whole by the calendar, with the rest as a part of the month that it falls into, and a year is twelve months; Okta does not say.",
        "2つの日時の差を、それぞれの単位で返します。1日は、日数では1、時間では24です。開始日のほうが後であれば負の数になります。月は暦に従った整数の月数に、残りをその月の長さに対する割合として加えたもので、年はその12分の1です（Oktaのドキュメントに記載がないため、独自に定めたものです）。",
    ),
    eval,
)
.icon("arrow-left-right")
.inputs(&[
    date("start").label("end date").required(),
    date("end").label("start date").required(),
])
.outputs(&[
    number("days"),
    number("months").more(),
    number("years").more(),
    number("hours").more(),
    number("minutes").more(),
    number("seconds").more(),
    number("milliseconds").more(),
])
.examples(&[
    example(
        r#"{"start": "2026-01-02T00:00:00Z", "end": "2026-01-01T00:00:00Z"}"#,
        r#"{"days": 1, "hours": 24, "minutes": 1440, "seconds": 86400, "milliseconds": 86400000}"#,
    ),
    example(
        r#"{"start": "2026-03-15", "end": "2025-03-15"}"#,
        r#"{"months": 12, "years": 1}"#,
    ),
    example(
        r#"{"start": "2026-01-01T00:00:00Z", "end": "2026-01-01T12:00:00Z"}"#,
        r#"{"days": -0.5, "hours": -12}"#,
    ),
]);

fn eval(args: &Args) -> Result<Outputs, CardError> {
    let (end, start) = (read::date(args, "start")?, read::date(args, "end")?);
    #[expect(clippy::cast_precision_loss, reason = "exact up to 285,000 years")]
    let span = (end - start).num_milliseconds() as f64;
    let months = months_between(start, end);
    [
        ("days", span / 86_400_000.0),
        ("months", months),
        ("years", months / 12.0),
        ("hours", span / 3_600_000.0),
        ("minutes", span / 60_000.0),
        ("seconds", span / 1_000.0),
        ("milliseconds", span),
    ]
    .into_iter()
    .map(|(key, number)| Ok((FieldKey::plain(key), Value::Number(decimal(number)?))))
    .collect()
}

/// Whole months by the calendar, and the part of the month in between by its own length, as moment.js does.
fn months_between(start: DateTime<Utc>, end: DateTime<Utc>) -> f64 {
    if end < start {
        return -months_between(end, start);
    }
    let guess = (end.year() - start.year()) * 12 + end.month0().cast_signed()
        - start.month0().cast_signed();
    let mut whole = u32::try_from(guess).unwrap_or(0);
    let at = |months: u32| start.checked_add_months(Months::new(months)).unwrap_or(end);
    if at(whole) > end {
        whole = whole.saturating_sub(1);
    }
    let (from, to) = (at(whole), at(whole + 1));
    #[expect(clippy::cast_precision_loss, reason = "less than two months")]
    let part = |span: chrono::TimeDelta| span.num_milliseconds() as f64;
    let length = part(to - from);
    if length > 0.0 {
        f64::from(whole) + part(end - from) / length
    } else {
        f64::from(whole)
    }
}
