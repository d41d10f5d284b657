//! Numbers as they are typed. A number that a flow would keep as another one is refused, never rounded silently.

use serde_json::{Number as JsonNumber, Value as Json};

use super::{Unreadable, narrow};

/// Reads a number; nothing where nothing was typed.
pub fn read_number(text: &str) -> Result<Option<Json>, Unreadable> {
    let text = narrow(text);
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let plain = text.strip_prefix('+').unwrap_or(text);
    if let Ok(whole) = plain.parse::<i64>() {
        return Ok(Some(Json::from(whole)));
    }
    let is_decimal = plain
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E'))
        && plain.bytes().any(|b| b.is_ascii_digit());
    let number = plain.parse::<f64>().ok().filter(|_| is_decimal);
    let Some(number) = number else {
        return Err(Unreadable::NotANumber);
    };
    let exact = JsonNumber::from_f64(number).filter(|_| {
        digits(plain).is_some_and(|typed| Some(typed) == digits(&format!("{number:e}")))
    });
    exact
        .map(|number| Some(Json::Number(number)))
        .ok_or(Unreadable::TooExact)
}

/// The significant digits of a decimal text, its sign and the power of ten of the last one.
fn digits(text: &str) -> Option<(bool, String, i64)> {
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, power) = match text.split_once(['e', 'E']) {
        Some((mantissa, power)) => (mantissa, power.trim_start_matches('+').parse().ok()?),
        None => (text, 0_i64),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut all: String = whole.chars().chain(fraction.chars()).collect();
    let mut power = power - i64::try_from(fraction.len()).ok()?;
    while all.len() > 1 && all.ends_with('0') {
        all.pop();
        power += 1;
    }
    let all = all.trim_start_matches('0').to_owned();
    if all.is_empty() {
        return Some((false, "0".to_owned(), 0));
    }
    Some((is_negative, all, power))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "cases are short to write")]
    fn check(text: &str, expected: Result<Option<Json>, Unreadable>) {
        assert_eq!(read_number(text), expected, "{text}");
    }

    #[test]
    fn numbers_stay_what_was_typed_or_are_refused() {
        check("", Ok(None));
        check(" 12 ", Ok(Some(json!(12))));
        check(
            "9223372036854775807",
            Ok(Some(json!(9_223_372_036_854_775_807_i64))),
        );
        check("-0.5", Ok(Some(json!(-0.5))));
        check("1.50", Ok(Some(json!(1.5))));
        check(".5", Ok(Some(json!(0.5))));
        check("1e3", Ok(Some(json!(1000.0))));
        check("0.0", Ok(Some(json!(0.0))));
        check("１２．５", Ok(Some(json!(12.5))));
        check("100000000000000000000", Ok(Some(json!(1e20))));
        check("12345678901234567890123", Err(Unreadable::TooExact));
        check("0.1234567890123456789", Err(Unreadable::TooExact));
        check("1e999", Err(Unreadable::TooExact));
        for text in ["twelve", "1,000", "0x10", "NaN", "inf", "-", "e", "1-2"] {
            check(text, Err(Unreadable::NotANumber));
        }
    }
}
