//! Conversions to numbers. A whole number is rounded as Java does (half goes up) and kept to 32 bits, which wrap.

use super::arguments::Arguments;
use super::evaluate::Machine;
use super::functions::Answer;
use super::problem::{Fault, quoted};
use super::value::Value;

pub(super) fn to_int<'a>(_: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    integer(&given.value(0))
}

pub(super) fn to_num<'a>(_: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    double(&given.value(0))
}

/// The nearest whole number of a number or of the text of one.
pub(super) fn integer<'a>(value: &Value<'_>) -> Answer<'a> {
    let number = match value {
        Value::Null => return Ok(Value::Null),
        Value::Int(number) => *number,
        Value::Double(number) => rounded(*number),
        Value::Text(text) => match text.trim().parse::<i64>() {
            Ok(number) => number,
            Err(_) => rounded(parsed(text)?),
        },
        other => return Err(not_a_number(other)),
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "wraps at 32 bits, as documented"
    )]
    let wrapped = number as i32;
    Ok(Value::Int(i64::from(wrapped)))
}

/// A number with a fraction.
pub(super) fn double<'a>(value: &Value<'_>) -> Answer<'a> {
    match value {
        Value::Null => Ok(Value::Null),
        #[expect(clippy::cast_precision_loss, reason = "as Java widens a whole number")]
        Value::Int(number) => Ok(Value::Double(*number as f64)),
        Value::Double(number) => Ok(Value::Double(*number)),
        Value::Text(text) => parsed(text).map(Value::Double),
        other => Err(not_a_number(other)),
    }
}

fn not_a_number(value: &Value<'_>) -> Fault {
    Fault::new(format!("A number cannot be made of {}.", value.kind()))
}

fn parsed(text: &str) -> Result<f64, Fault> {
    let trimmed = text.trim();
    let is_plain = trimmed
        .chars()
        .all(|letter| letter.is_ascii_digit() || "+-.eE".contains(letter));
    let number = trimmed.parse::<f64>().ok();
    number
        .filter(|number| is_plain && number.is_finite())
        .ok_or_else(|| Fault::new(format!("{} is not a number.", quoted(text))))
}

/// As `Math.round`: a half goes up, what is too large stays at the limit.
fn rounded(number: f64) -> i64 {
    let floor = number.floor();
    let up = if number - floor >= 0.5 { 1.0 } else { 0.0 };
    #[expect(clippy::cast_possible_truncation, reason = "`as` stays at the limits")]
    let whole = (floor + up) as i64;
    whole
}
