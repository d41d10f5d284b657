//! Date & Time › Date to Text

use flow::{Args, CardError, Outputs};

use super::codes::{write, zone};
use crate::declare::{Card, Category, date, example, function, text, words};
use crate::read::{self, output};

pub(super) static CARD: Card = function(
    "date:format",
    Category::DateTime,
    words("Date to Text", "日時をテキストに変換"),
    words(
        "Writes a date by a format such as YYYY-MM-DD HH:mm in a time zone such as Asia/Tokyo.",
        "日時を、YYYY-MM-DD HH:mmのような書式と、Asia/Tokyoのようなタイムゾーンでテキストにします。",
    ),
    eval,
)
.icon("calendar")
.inputs(&[
    date("start").label("date").required(),
    text("format").label("format").required(),
    text("zone").label("time zone").required().starts_as("\"UTC\""),
])
.outputs(&[text("output")])
.examples(&[
    example(
        r#"{"start": "2026-01-02T15:04:05Z", "format": "MM/DD/YYYY h:mm A", "zone": "Asia/Tokyo"}"#,
        r#"{"output": "01/03/2026 12:04 AM"}"#,
    ),
    example(
        r#"{"start": "2026-07-01T12:00:00Z", "format": "dddd [in] MMM", "zone": "No/Such"}"#,
        r#"{"output": "Wednesday in Jul"}"#,
    ),
]);

fn eval(args: &Args) -> Result<Outputs, CardError> {
    let date = read::date(args, "start")?;
    let zone = zone(&read::text(args, "zone"));
    Ok(output(
        "output",
        write(date, &read::text(args, "format"), zone),
    ))
}
