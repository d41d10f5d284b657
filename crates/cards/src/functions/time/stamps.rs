//! Date & Time › EPOCH, UNIX, ISO

use flow::{Args, CardError, Outputs, Value, iso};

use crate::declare::{Card, Category, date, example, function, number, text, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 3] = [EPOCH, UNIX, ISO];

const EPOCH: Card = function(
    "date:epoch",
    Category::DateTime,
    words("EPOCH", "EPOCH"),
    words(
        "Gives the whole seconds from 1970-01-01 UTC to a date.",
        "1970年1月1日（UTC）からの秒数を整数で返します。",
    ),
    epoch,
)
.icon("timer")
.inputs(&[date("start").label("date").required()])
.outputs(&[number("output")])
.examples(&[example(
    r#"{"start": "2016-09-07T00:01:25.670Z"}"#,
    r#"{"output": 1473206485}"#,
)]);

fn epoch(args: &Args) -> Result<Outputs, CardError> {
    Ok(output("output", read::date(args, "start")?.timestamp()))
}

const UNIX: Card = function(
    "date:unix",
    Category::DateTime,
    words("UNIX", "UNIX"),
    words(
        "Gives the milliseconds from 1970-01-01 UTC to a date.",
        "1970年1月1日（UTC）からのミリ秒数を返します。",
    ),
    unix,
)
.icon("timer")
.inputs(&[date("start").label("date").required()])
.outputs(&[number("output")])
.examples(&[example(
    r#"{"start": "2016-09-07T00:01:25.670Z"}"#,
    r#"{"output": 1473206485670}"#,
)]);

fn unix(args: &Args) -> Result<Outputs, CardError> {
    let millis = read::date(args, "start")?.timestamp_millis();
    Ok(output("output", Value::from(millis)))
}

const ISO: Card = function(
    "date:iso",
    Category::DateTime,
    words("ISO", "ISO"),
    words(
        "Writes a date as ISO 8601 text in UTC, with milliseconds.",
        "日時を、ミリ秒を含むISO 8601形式（UTC）のテキストにします。",
    ),
    iso_text,
)
.unconfirmed()
.icon("timer")
.inputs(&[date("start").label("date").required()])
.outputs(&[text("output")])
.examples(&[example(
    r#"{"start": "2026-01-02T09:00:00+09:00"}"#,
    r#"{"output": "2026-01-02T00:00:00.000Z"}"#,
)]);

fn iso_text(args: &Args) -> Result<Outputs, CardError> {
    Ok(output("output", iso(read::date(args, "start")?)))
}
