//! Date & Time › Add, Subtract. Months and years move by the calendar and stop at the last day of a month.

use chrono::{DateTime, Months, TimeDelta, Utc};
use flow::{Args, CardError, Outputs, Value};

use crate::declare::{Card, Category, Field, date, example, function, number, pick, text, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 2] = [ADD, SUBTRACT];

const UNIT: Field = text("unit")
    .label("units")
    .required()
    .choices(&[
        pick("milliseconds"),
        pick("seconds"),
        pick("minutes"),
        pick("hours"),
        pick("days"),
        pick("weeks"),
        pick("months"),
        pick("years"),
    ])
    .starts_as("\"days\"");

const ADD: Card = function(
    "date:add",
    Category::DateTime,
    words("Add", "加算"),
    words(
        "Adds a span of time to a date. Months and years go by the calendar and stop at the last day of a month: a month after January 31 is February 28 or 29. Fractions of a month are rounded. An empty amount is 0.",
        "日時に期間を足します。月と年は暦に従い、月の最終日を超えません。1月31日の1か月後は2月28日または29日です。1か月未満の端数は四捨五入します。数が空のときは0とみなします。",
    ),
    add,
)
.icon("calendar-clock")
.inputs(&[
    date("start").label("start date").required(),
    number("scale").label("add").required(),
    UNIT,
])
.outputs(&[date("output")])
.examples(&[
    example(
        r#"{"start": "2026-01-31T08:00:00Z", "scale": 1, "unit": "months"}"#,
        r#"{"output": "2026-02-28T08:00:00.000Z"}"#,
    ),
    example(
        r#"{"start": "2026-01-02", "scale": 1.5, "unit": "days"}"#,
        r#"{"output": "2026-01-03T12:00:00.000Z"}"#,
    ),
    example(
        r#"{"start": "2026-01-02", "scale": null, "unit": "weeks"}"#,
        r#"{"output": "2026-01-02T00:00:00.000Z"}"#,
    ),
    example(
        r#"{"start": "2026-01-02", "scale": 1, "unit": "moons"}"#,
        r#""unknown_unit""#,
    ),
    example(
        r#"{"start": null, "scale": 1, "unit": "days"}"#,
        r#""missing_date""#,
    ),
]);

fn add(args: &Args) -> Result<Outputs, CardError> {
    shifted(args, 1.0)
}

const SUBTRACT: Card = function(
    "date:subtract",
    Category::DateTime,
    words("Subtract", "減算"),
    words(
        "Takes a span of time away from a date. Months and years go by the calendar and stop at the last day of a month. Fractions of a month are rounded. An empty amount is 0.",
        "日時から期間を引きます。月と年は暦に従い、月の最終日を超えません。1か月未満の端数は四捨五入します。数が空のときは0とみなします。",
    ),
    subtract,
)
.icon("calendar-clock")
.inputs(&[
    date("start").label("start date").required(),
    number("scale").label("subtract").required(),
    UNIT,
])
.outputs(&[date("output")])
.examples(&[
    example(
        r#"{"start": "2024-02-29", "scale": 1, "unit": "years"}"#,
        r#"{"output": "2023-02-28T00:00:00.000Z"}"#,
    ),
    example(
        r#"{"start": "2026-01-02T00:00:00Z", "scale": 90, "unit": "days"}"#,
        r#"{"output": "2025-10-04T00:00:00.000Z"}"#,
    ),
]);

fn subtract(args: &Args) -> Result<Outputs, CardError> {
    shifted(args, -1.0)
}

fn shifted(args: &Args, direction: f64) -> Result<Outputs, CardError> {
    let start = read::date(args, "start")?;
    let amount = read::number(args, "scale")?.as_f64() * direction;
    let unit = read::text(args, "unit");
    let moved = match unit.trim().to_lowercase().trim_end_matches('s') {
        "millisecond" => by(start, amount, 1.0),
        "second" => by(start, amount, 1_000.0),
        "minute" => by(start, amount, 60_000.0),
        "hour" => by(start, amount, 3_600_000.0),
        "day" => by(start, amount, 86_400_000.0),
        "week" => by(start, amount, 7.0 * 86_400_000.0),
        "month" => by_months(start, amount),
        "year" => by_months(start, amount * 12.0),
        _ => {
            return Err(CardError::new(
                "unknown_unit",
                format!("{unit} is not a unit of time. Choose one on the card."),
            ));
        }
    };
    let moved = moved.ok_or_else(|| {
        CardError::new(
            "out_of_range",
            "The date would be too far away. Use a smaller amount.",
        )
    })?;
    Ok(output("output", Value::Date(moved)))
}

fn by(start: DateTime<Utc>, amount: f64, unit_ms: f64) -> Option<DateTime<Utc>> {
    let span = (amount * unit_ms).round();
    if span.abs() > 8.64e15 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
    start.checked_add_signed(TimeDelta::milliseconds(span as i64))
}

fn by_months(start: DateTime<Utc>, months: f64) -> Option<DateTime<Utc>> {
    let months = months.round();
    if months.abs() > 120_000.0 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bounded above"
    )]
    let count = Months::new(months.abs() as u32);
    if months < 0.0 {
        start.checked_sub_months(count)
    } else {
        start.checked_add_months(count)
    }
}
