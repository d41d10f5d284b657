//! Date & Time › Convert

use chrono_tz::Tz;
use flow::{Args, CardError, FieldKey, Outputs, Value};

use super::codes::{write, zone};
use super::reading::{any_form, not_a_date};
use crate::declare::{Card, Category, date, example, function, text, words};
use crate::read;

pub(super) static CARD: Card = function(
    "date:fromISO",
    Category::DateTime,
    words("Convert", "変換"),
    words(
        "Turns a date text into a date and several texts: ISO, seconds (epoch) and milliseconds (unix) since 1970, a sentence, and your own format in a time zone.",
        "日時のテキストを、日時と各種のテキストに変換します。ISO形式、1970年からの秒（epoch）とミリ秒（unix）、読みやすい形式、タイムゾーンを指定した任意の書式です。",
    ),
    eval,
)
.icon("refresh-cw")
.inputs(&[
    text("start").label("text").required(),
    text("format").label("format"),
    text("zone").label("time zone"),
])
.outputs(&[
    date("date"),
    text("iso"),
    text("epoch"),
    text("unix"),
    text("human"),
    text("custom"),
])
.examples(&[
    example(
        r#"{"start": "2016-09-07T00:01:25.670Z", "format": "h A z", "zone": "Europe/Paris"}"#,
        r#"{"date": "2016-09-07T00:01:25.670Z", "iso": "2016-09-07T00:01:25Z", "epoch": "1473206485", "unix": "1473206485670", "human": "Wed, September 7th at 12:01 AM", "custom": "2 AM CEST"}"#,
    ),
    example(r#"{"start": "tomorrow"}"#, r#""not_a_date""#),
]);

fn eval(args: &Args) -> Result<Outputs, CardError> {
    let start = args.get("", "start");
    let date = any_form(start).ok_or_else(|| not_a_date(&start.to_text()))?;
    let custom = write(
        date,
        &read::text(args, "format"),
        zone(&read::text(args, "zone")),
    );
    let human = write(date, "ddd, MMMM Do [at] h:mm A", Tz::UTC);
    Ok([
        ("date", Value::Date(date)),
        (
            "iso",
            Value::from(write(date, "YYYY-MM-DD[T]HH:mm:ss[Z]", Tz::UTC)),
        ),
        ("epoch", Value::from(date.timestamp().to_string())),
        ("unix", Value::from(date.timestamp_millis().to_string())),
        ("human", Value::from(human)),
        ("custom", Value::from(custom)),
    ]
    .into_iter()
    .map(|(key, value)| (FieldKey::plain(key), value))
    .collect())
}
