//! The clock of the reader, as the browser knows it.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use flow::literal::write_moment;
use flow::{Base, Type, Value, coerce};
use serde_json::Value as Json;

use crate::i18n::{Language, Speech};

/// Returns how many minutes the reader's clock is behind UTC at a moment on it.
pub(crate) fn offset_minutes(local: NaiveDateTime) -> i64 {
    let text = local.format("%Y-%m-%dT%H:%M:%S").to_string();
    let at = js_sys::Date::new(&wasm_bindgen::JsValue::from_str(&text));
    minutes_of(&at)
}

fn minutes_of(at: &js_sys::Date) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a day")]
    let minutes = at.get_timezone_offset() as i64;
    minutes
}

/// Returns a moment on the reader's clock.
pub(crate) fn to_local(moment: DateTime<Utc>) -> NaiveDateTime {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of some thousand years"
    )]
    let at = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(
        moment.timestamp_millis() as f64
    ));
    let behind = TimeDelta::minutes(minutes_of(&at));
    moment
        .naive_utc()
        .checked_sub_signed(behind)
        .unwrap_or_default()
}

/// Returns what a moment on the reader's clock is in UTC, as it is stored.
pub(crate) fn from_local(local: NaiveDateTime) -> String {
    let behind = TimeDelta::minutes(offset_minutes(local));
    let utc = local.checked_add_signed(behind).unwrap_or(local);
    flow::iso(utc.and_utc())
}

/// Returns a stored date as its field shows it; what is no date as it is.
pub(crate) fn shown_date(speech: Speech, stored: &Json) -> String {
    let text = stored.as_str().unwrap_or_default().to_owned();
    match coerce(&Value::from(text.clone()), None, &Type::one(Base::Date)) {
        Ok(Value::Date(date)) => {
            let separator = match speech.language() {
                Language::English => '-',
                Language::Japanese => '/',
            };
            write_moment(to_local(date), separator)
        }
        _ => text,
    }
}
