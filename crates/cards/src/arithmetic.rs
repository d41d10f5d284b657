//! Arithmetic as people expect it: whole numbers stay whole while they fit, and decimals show no binary noise
//! (0.1 + 0.2 is 0.3).

use flow::{CardError, Number};

pub(crate) fn add(a: Number, b: Number) -> Result<Number, CardError> {
    both(a, b, i64::checked_add, |a, b| a + b)
}

pub(crate) fn subtract(a: Number, b: Number) -> Result<Number, CardError> {
    both(a, b, i64::checked_sub, |a, b| a - b)
}

pub(crate) fn multiply(a: Number, b: Number) -> Result<Number, CardError> {
    both(a, b, i64::checked_mul, |a, b| a * b)
}

pub(crate) fn divide(a: Number, b: Number) -> Result<Number, CardError> {
    if b.as_f64() == 0.0 {
        return Err(CardError::new(
            "division_by_zero",
            "A number cannot be divided by 0. Check the divisor with Continue If or If/Else first.",
        ));
    }
    decimal(a.as_f64() / b.as_f64())
}

/// Returns the remainder with the sign of `a`, as JavaScript does.
pub(crate) fn remainder(a: Number, b: Number) -> Result<Number, CardError> {
    if b.as_f64() == 0.0 {
        return Err(CardError::new(
            "division_by_zero",
            "There is no remainder of a division by 0. Check the divisor first.",
        ));
    }
    if let (Some(a), Some(b)) = (a.as_i64(), b.as_i64()) {
        return Ok(Number::from(a.checked_rem(b).unwrap_or(0)));
    }
    let (a, b) = (a.as_f64(), b.as_f64());
    let quotient = clean(a / b).trunc();
    decimal(a - quotient * b)
}

/// Returns the finite number without binary noise.
pub(crate) fn decimal(number: f64) -> Result<Number, CardError> {
    Number::from_f64(clean(number)).ok_or_else(|| {
        CardError::new(
            "not_a_number",
            "The result is too large or is not a number. Check the inputs.",
        )
    })
}

/// Rounds to 15 significant digits: all that a double holds for certain.
pub(crate) fn clean(number: f64) -> f64 {
    if !number.is_finite() {
        return number;
    }
    format!("{number:.14e}").parse().unwrap_or(number)
}

fn both(
    a: Number,
    b: Number,
    whole: fn(i64, i64) -> Option<i64>,
    broken: fn(f64, f64) -> f64,
) -> Result<Number, CardError> {
    if let (Some(a), Some(b)) = (a.as_i64(), b.as_i64())
        && let Some(result) = whole(a, b)
    {
        return Ok(Number::from(result));
    }
    decimal(broken(a.as_f64(), b.as_f64()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_show_no_noise() {
        let n = |text| Number::parse(text).unwrap();
        assert_eq!(add(n("0.1"), n("0.2")).unwrap().to_string(), "0.3");
        assert_eq!(multiply(n("1.1"), n("1.1")).unwrap().to_string(), "1.21");
        assert_eq!(subtract(n("0.3"), n("0.1")).unwrap().to_string(), "0.2");
        assert_eq!(
            add(n("9007199254740993"), n("1")).unwrap().to_string(),
            "9007199254740994"
        );
        assert_eq!(remainder(n("5.5"), n("1.1")).unwrap().to_string(), "0");
        assert_eq!(divide(n("1"), n("0")).unwrap_err().code, "division_by_zero");
    }
}
