//! Conversions between the codes of countries. The code that is given may be of any of the three kinds; an unknown one gives null.

use super::arguments::Arguments;
use super::countries::{COUNTRIES, Country};
use super::evaluate::Machine;
use super::functions::Answer;
use super::problem::Fault;
use super::value::Value;

pub(super) fn alpha2<'a>(_: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    converted(&given.value(0), |country| country.alpha2)
}

pub(super) fn alpha3<'a>(_: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    converted(&given.value(0), |country| country.alpha3)
}

pub(super) fn numeric<'a>(_: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    converted(&given.value(0), |country| country.numeric)
}

pub(super) fn name<'a>(_: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    converted(&given.value(0), |country| country.name)
}

/// Reads a code and writes it in another way.
pub(super) fn converted<'a>(value: &Value<'_>, part: fn(&Country) -> &'static str) -> Answer<'a> {
    let country = match value {
        Value::Country(country) => Some(*country),
        other => other.as_text()?.and_then(|code| by_code(&code)),
    };
    Ok(country.map_or(Value::Null, |country| Value::text(part(country))))
}

/// Reads a code or a name.
pub(super) fn parsed<'a>(value: &Value<'_>) -> Result<Value<'a>, Fault> {
    let Some(text) = value.as_text()? else {
        return Ok(Value::Null);
    };
    let country = by_code(&text).or_else(|| by_name(&text));
    Ok(country.map_or(Value::Null, Value::Country))
}

/// The country of a code: `JP`, `JPN`, `392`; zeros before a number may be left out.
pub(super) fn by_code(code: &str) -> Option<&'static Country> {
    let code = code.trim();
    if code.is_empty() || code.len() > 3 {
        return None;
    }
    let padded = format!("{code:0>3}");
    let is_number = code.bytes().all(|digit| digit.is_ascii_digit());
    COUNTRIES.iter().find(|country| {
        if is_number {
            return country.numeric == padded;
        }
        country.alpha2.eq_ignore_ascii_case(code) || country.alpha3.eq_ignore_ascii_case(code)
    })
}

fn by_name(name: &str) -> Option<&'static Country> {
    let name = name.trim().to_lowercase();
    let is_it = |known: &str| known.to_lowercase() == name;
    COUNTRIES.iter().find(|country| {
        is_it(country.name) || (!country.common.is_empty() && is_it(country.common))
    })
}
