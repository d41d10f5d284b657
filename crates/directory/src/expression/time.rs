//! Functions and methods of time. Unix times are milliseconds; Windows times are steps of 100 nanoseconds since 1601. Classic
//! functions work with texts; an empty text gives an empty text.

use chrono::TimeDelta;

use super::arguments::Arguments;
use super::evaluate::Machine;
use super::functions::Answer;
use super::moment::{Moment, Zone};
use super::pattern;
use super::problem::{Fault, quoted};
use super::value::Value;
use crate::decode::file_time;

/// `Time.now(zone, pattern)` as text, with thousandths.
pub(super) fn now<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let zone = match given.text(0)? {
        Some(name) if !name.is_empty() => Zone::named(&name)?,
        _ => Zone::Utc,
    };
    let moment = Moment {
        zone,
        ..clock(machine)
    };
    Ok(Value::text(match given.text(1)? {
        Some(format) => pattern::write(moment, &format)?,
        None => moment.iso(),
    }))
}

/// `DateTime.now()`.
pub(super) fn current<'a>(machine: &mut Machine<'a>, _: &Arguments<'_, 'a>) -> Answer<'a> {
    Ok(Value::Time(clock(machine)))
}

fn clock(machine: &Machine<'_>) -> Moment {
    Moment {
        shows_millis: true,
        ..Moment::utc(machine.now)
    }
}

/// Reads the first argument unless it is null or empty.
fn converted<'a>(
    given: &Arguments<'_, 'a>,
    convert: impl Fn(&str) -> Result<String, Fault>,
) -> Answer<'a> {
    match given.text(0)? {
        None => Ok(Value::Null),
        Some(text) if text.trim().is_empty() => Ok(Value::text("")),
        Some(text) => convert(&text).map(Value::text),
    }
}

pub(super) fn from_windows<'a>(_: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    converted(given, |text| Ok(windows(text)?.iso()))
}

pub(super) fn to_windows<'a>(_: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    converted(given, |text| as_windows(Moment::from_iso(text)?))
}

pub(super) fn from_unix<'a>(_: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    converted(given, |text| Ok(Moment::from_millis(count(text)?)?.iso()))
}

pub(super) fn to_unix<'a>(_: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    converted(given, |text| {
        Ok(Moment::from_iso(text)?.at.timestamp_millis().to_string())
    })
}

pub(super) fn from_string<'a>(_: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let Some(format) = given.text(1)? else {
        return Ok(Value::Null);
    };
    converted(given, |text| {
        let moment = pattern::read(text, &format)?;
        Ok(Moment::utc(moment.at).iso())
    })
}

pub(super) fn to_string<'a>(_: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let Some(format) = given.text(1)? else {
        return Ok(Value::Null);
    };
    converted(given, |text| {
        let moment = Moment::from_iso(text)?;
        pattern::write(Moment::utc(moment.at), &format)
    })
}

fn count(text: &str) -> Result<i64, Fault> {
    let number = text.trim().parse();
    number.map_err(|_| Fault::new(format!("{} is not a whole number.", quoted(text))))
}

fn windows(text: &str) -> Result<Moment, Fault> {
    let at = file_time::instant(count(text)?);
    at.map(Moment::utc)
        .ok_or_else(|| Fault::new("This point in time is out of range."))
}

fn as_windows(moment: Moment) -> Result<String, Fault> {
    let ticks = file_time::ticks(moment.at);
    let ticks = ticks.ok_or_else(|| Fault::new("This point in time is out of range."))?;
    Ok(ticks.to_string())
}

/// A point in time, or the text of one in ISO 8601; `None` for null.
fn moment(value: &Value<'_>) -> Result<Option<Moment>, Fault> {
    match value {
        Value::Null => Ok(None),
        Value::Time(moment) => Ok(Some(*moment)),
        Value::Text(text) => Moment::from_iso(text).map(Some),
        other => Err(Fault::new(format!(
            "A point in time is needed here, not {}.",
            other.kind()
        ))),
    }
}

fn parsed<'a>(value: &Value<'a>, parse: impl Fn(&str) -> Result<Moment, Fault>) -> Answer<'a> {
    match value.as_text()? {
        Some(text) => parse(&text).map(Value::Time),
        None => Ok(Value::Null),
    }
}

pub(super) fn parse_windows<'a>(
    _: &mut Machine<'a>,
    value: &Value<'a>,
    _: &Arguments<'_, 'a>,
) -> Answer<'a> {
    parsed(value, windows)
}

pub(super) fn parse_unix<'a>(
    _: &mut Machine<'a>,
    value: &Value<'a>,
    _: &Arguments<'_, 'a>,
) -> Answer<'a> {
    parsed(value, |text| Moment::from_millis(count(text)?))
}

pub(super) fn parse_string<'a>(
    _: &mut Machine<'a>,
    value: &Value<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    match given.text(0)? {
        Some(format) => parsed(value, |text| pattern::read(text, &format)),
        None => parsed(value, Moment::from_iso),
    }
}

pub(super) fn windows_of<'a>(
    _: &mut Machine<'a>,
    value: &Value<'a>,
    _: &Arguments<'_, 'a>,
) -> Answer<'a> {
    match moment(value)? {
        Some(moment) => as_windows(moment).map(Value::text),
        None => Ok(Value::Null),
    }
}

pub(super) fn unix_of<'a>(
    _: &mut Machine<'a>,
    value: &Value<'a>,
    _: &Arguments<'_, 'a>,
) -> Answer<'a> {
    let millis = moment(value)?.map(|moment| moment.at.timestamp_millis());
    Ok(millis.map_or(Value::Null, |millis| Value::text(millis.to_string())))
}

/// The text of any value; of a point in time by a pattern, or in ISO 8601.
pub(super) fn string_of<'a>(
    _: &mut Machine<'a>,
    value: &Value<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    if let Some(format) = given.text(0)? {
        return match moment(value)? {
            Some(moment) => pattern::write(moment, &format).map(Value::text),
            None => Ok(Value::Null),
        };
    }
    let moment = match value {
        Value::Time(moment) => Some(*moment),
        Value::Text(text) => Moment::from_iso(text).ok(),
        _ => None,
    };
    match moment {
        Some(moment) => Ok(Value::text(
            Moment {
                shows_millis: false,
                ..moment
            }
            .shown(),
        )),
        None => Ok(value.as_text()?.map_or(Value::Null, Value::Text)),
    }
}

pub(super) fn in_zone<'a>(
    _: &mut Machine<'a>,
    value: &Value<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    let (Some(moment), Some(zone)) = (moment(value)?, given.text(0)?) else {
        return Ok(Value::Null);
    };
    let zone = Zone::named(&zone)?;
    Ok(Value::Time(Moment { zone, ..moment }))
}

pub(super) fn shifted<'a>(
    value: &Value<'a>,
    given: &Arguments<'_, 'a>,
    seconds: i64,
) -> Answer<'a> {
    let (Some(moment), Some(count)) = (moment(value)?, given.whole(0)?) else {
        return Ok(Value::Null);
    };
    moment.shifted(count, seconds).map(Value::Time)
}

/// Whether no more than so much time lies between then and now, in either direction.
pub(super) fn within<'a>(
    machine: &mut Machine<'a>,
    value: &Value<'a>,
    given: &Arguments<'_, 'a>,
    seconds: i64,
) -> Answer<'a> {
    let (Some(moment), Some(count)) = (moment(value)?, given.whole(0)?) else {
        return Ok(Value::Bool(false));
    };
    let allowed = count
        .checked_abs()
        .and_then(|count| count.checked_mul(seconds));
    let allowed = allowed
        .and_then(TimeDelta::try_seconds)
        .unwrap_or(TimeDelta::MAX);
    let distance = (machine.now - moment.at).abs();
    Ok(Value::Bool(distance <= allowed))
}
