//! Date & Time › Now

use chrono::{Datelike, Timelike};
use chrono_tz::Tz;
use flow::{Args, CardError, FieldKey, Outputs, Value};

use super::codes::write;
use crate::declare::{Card, Category, Seed, date, example, number, seeded, text, words};

pub(super) static CARD: Card = seeded(
    "date:now",
    Category::DateTime,
    words("Now", "現在"),
    words(
        "Gives the current date and time in several forms, all in UTC. The month is its number as text. Okta does not say how time is written; here it is HH:mm:ss.",
        "現在の日時を、さまざまな形式（すべてUTC）で返します。月は数字のテキストです。時刻の書き方はOktaのドキュメントに記載がないため、HH:mm:ssとしています。",
    ),
    eval,
)
.icon("clock")
.outputs(&[
    date("date"),
    text("iso").more(),
    text("full").more(),
    text("time").more(),
    number("day").more(),
    text("month").more(),
    number("year").more(),
    number("hour").more(),
    number("minute").more(),
    number("second").more(),
    number("millisecond").more(),
])
.examples(&[example(
    "{}",
    r#"{"date": "2026-01-02T03:04:05.678Z", "iso": "2026-01-02T03:04:05+00:00", "full": "January 2, 2026 03:04:05.678", "time": "03:04:05", "day": 2, "month": "1", "year": 2026, "hour": 3, "minute": 4, "second": 5, "millisecond": 678}"#,
)]);

fn eval(_: &Args, seed: &Seed) -> Result<Outputs, CardError> {
    let now = seed.now;
    let form = |format| Value::from(write(now, format, Tz::UTC));
    let whole = |number: u32| Value::from(i64::from(number));
    Ok([
        ("date", Value::Date(now)),
        ("iso", form("YYYY-MM-DD[T]HH:mm:ssZ")),
        ("full", form("MMMM D, YYYY HH:mm:ss.SSS")),
        ("time", form("HH:mm:ss")),
        ("day", whole(now.day())),
        ("month", form("M")),
        ("year", Value::from(i64::from(now.year()))),
        ("hour", whole(now.hour())),
        ("minute", whole(now.minute())),
        ("second", whole(now.second())),
        ("millisecond", whole(now.timestamp_subsec_millis())),
    ]
    .into_iter()
    .map(|(key, value)| (FieldKey::plain(key), value))
    .collect())
}
