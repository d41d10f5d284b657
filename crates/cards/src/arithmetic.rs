//! Arithmetic as people expect it: whole numbers stay whole while they fit, and decimals show no binary noise
//! (0.1 + 0.2 is 0.3), because sums, products and remainders are worked out in decimal.

use flow::{CardError, Number};

/// A decimal number: `digits` divided by ten to the power of `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Exact {
    digits: i128,
    scale: u32,
}

/// Beyond so many decimal places doubles are used.
const MOST_PLACES: u32 = 36;
/// Whole doubles up to here are exact (2^53).
const EXACT: i128 = 1 << 53;

impl Exact {
    /// Returns the number that the shortest text of a double says; nothing where it is too large or too small.
    fn of(number: Number) -> Option<Self> {
        let decimal = match number {
            Number::Whole(whole) => {
                return Some(Self {
                    digits: whole.into(),
                    scale: 0,
                });
            }
            Number::Decimal(decimal) => decimal,
        };
        let text = format!("{decimal:e}");
        let (mantissa, exponent) = text.split_once('e')?;
        let exponent: i32 = exponent.parse().ok()?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let places = i32::try_from(fraction.len()).ok()? - exponent;
        match u32::try_from(places) {
            Ok(scale) if scale <= MOST_PLACES => Some(Self { digits, scale }),
            Ok(_) => None,
            Err(_) => Some(Self {
                digits: digits.checked_mul(10_i128.checked_pow(places.unsigned_abs())?)?,
                scale: 0,
            }),
        }
    }

    fn scaled(self, scale: u32) -> Option<i128> {
        let more = scale.checked_sub(self.scale)?;
        self.digits.checked_mul(10_i128.checked_pow(more)?)
    }

    fn number(self) -> Option<Number> {
        let Self {
            mut digits,
            mut scale,
        } = self;
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        if scale == 0
            && let Ok(whole) = i64::try_from(digits)
        {
            return Some(Number::from(whole));
        }
        format!("{digits}e-{scale}")
            .parse()
            .ok()
            .and_then(Number::from_f64)
    }
}

/// Returns both numbers as whole ones, with the number of decimal places that they share.
fn aligned(a: Number, b: Number) -> Option<(i128, i128, u32)> {
    let (a, b) = (Exact::of(a)?, Exact::of(b)?);
    let scale = a.scale.max(b.scale);
    Some((a.scaled(scale)?, b.scaled(scale)?, scale))
}

pub(crate) fn add(a: Number, b: Number) -> Result<Number, CardError> {
    let exact = || {
        let (a, b, scale) = aligned(a, b)?;
        let digits = a.checked_add(b)?;
        Exact { digits, scale }.number()
    };
    exact().map_or_else(|| decimal(a.as_f64() + b.as_f64()), Ok)
}

pub(crate) fn subtract(a: Number, b: Number) -> Result<Number, CardError> {
    let exact = || {
        let (a, b, scale) = aligned(a, b)?;
        let digits = a.checked_sub(b)?;
        Exact { digits, scale }.number()
    };
    exact().map_or_else(|| decimal(a.as_f64() - b.as_f64()), Ok)
}

pub(crate) fn multiply(a: Number, b: Number) -> Result<Number, CardError> {
    let exact = || {
        let (a, b) = (Exact::of(a)?, Exact::of(b)?);
        let digits = a.digits.checked_mul(b.digits)?;
        let scale = a.scale + b.scale;
        Exact { digits, scale }.number()
    };
    exact().map_or_else(|| decimal(a.as_f64() * b.as_f64()), Ok)
}

pub(crate) fn divide(a: Number, b: Number) -> Result<Number, CardError> {
    if b.as_f64() == 0.0 {
        return Err(CardError::new(
            "division_by_zero",
            "A number cannot be divided by 0. Check the divisor with Continue If or If/Else first.",
        ));
    }
    if let Some((a, b, _)) = aligned(a, b) {
        if a % b == 0
            && let Ok(whole) = i64::try_from(a / b)
        {
            return Ok(Number::from(whole));
        }
        if a.abs() <= EXACT && b.abs() <= EXACT {
            #[expect(clippy::cast_precision_loss, reason = "both are exact")]
            return decimal(a as f64 / b as f64);
        }
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
    let exact = || {
        let (a, b, scale) = aligned(a, b)?;
        let digits = a.checked_rem(b)?;
        Exact { digits, scale }.number()
    };
    exact().map_or_else(|| decimal(a.as_f64() % b.as_f64()), Ok)
}

/// Returns a number to the power of another; whole powers of whole numbers are exact while they fit.
pub(crate) fn power(a: Number, b: Number) -> Result<Number, CardError> {
    let exact = || {
        let (base, exponent) = (a.as_i64()?, u32::try_from(b.as_i64()?).ok()?);
        base.checked_pow(exponent).map(Number::from)
    };
    exact().map_or_else(|| decimal(a.as_f64().powf(b.as_f64())), Ok)
}

/// Rounds to so many decimal places, halves away from 0.
pub(crate) fn rounded(number: Number, places: i64) -> Number {
    let places = u32::try_from(places.clamp(0, 15)).unwrap_or(0);
    let Some(exact) = Exact::of(number).filter(|exact| exact.scale > places) else {
        return number;
    };
    let Some(unit) = 10_i128.checked_pow(exact.scale - places) else {
        return number;
    };
    let (kept, rest) = (exact.digits / unit, exact.digits % unit);
    let digits = if rest.abs() * 2 >= unit {
        kept + exact.digits.signum()
    } else {
        kept
    };
    let rounded = Exact {
        digits,
        scale: places,
    };
    rounded.number().unwrap_or(number)
}

/// Returns the finite number without binary noise.
pub(crate) fn decimal(number: f64) -> Result<Number, CardError> {
    Number::from_f64(clean(number)).ok_or_else(not_a_number)
}

/// Says that there is no such number.
fn not_a_number() -> CardError {
    CardError::new(
        "not_a_number",
        "The result is too large or is not a number. Check the inputs.",
    )
}

/// Takes binary noise away: where 15 digits say in short what 17 say at length, the short form was meant.
pub(crate) fn clean(number: f64) -> f64 {
    if !number.is_finite() || number.fract() == 0.0 {
        return number;
    }
    let short = format!("{number:.14e}");
    let (mantissa, _) = short.split_once('e').unwrap_or((&short, ""));
    if mantissa.trim_end_matches('0').len() <= 14 {
        short.parse().unwrap_or(number)
    } else {
        number
    }
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
        assert_eq!(divide(n("0.3"), n("0.1")).unwrap().to_string(), "3");
        assert_eq!(
            divide(n("1"), n("3")).unwrap().to_string(),
            "0.3333333333333333"
        );
        assert_eq!(
            add(n("1234567890123.4567"), n("0.0001"))
                .unwrap()
                .to_string(),
            "1234567890123.4568"
        );
        assert_eq!(multiply(n("4.35"), n("100")).unwrap().to_string(), "435");
        assert_eq!(
            power(n("2"), n("62")).unwrap().to_string(),
            "4611686018427387904"
        );
        assert_eq!(remainder(n("-7"), n("3")).unwrap().to_string(), "-1");
        assert_eq!(remainder(n("1e300"), n("7")).unwrap().as_f64(), 1e300 % 7.0);
    }

    #[test]
    fn large_and_small_numbers_stay_what_they_are() {
        let n = |text| Number::parse(text).unwrap();
        assert_eq!(add(n("1e300"), n("1")).unwrap(), n("1e300"));
        assert_eq!(
            add(n("9223372036854775807"), n("1")).unwrap(),
            n("9223372036854775808")
        );
        assert_eq!(
            multiply(n("1e200"), n("1e200")).unwrap_err().code,
            "not_a_number"
        );
        assert_eq!(subtract(n("1e-300"), n("1e-300")).unwrap(), n("0"));
        assert_eq!(decimal(2.0_f64.sqrt() * 2.0_f64.sqrt()).unwrap(), n("2"));
    }

    #[test]
    fn rounding_is_by_the_decimal_digits() {
        let n = |text| Number::parse(text).unwrap();
        for (number, places, expected) in [
            ("1.005", 2, "1.01"),
            ("-1.005", 2, "-1.01"),
            ("2.5", 0, "3"),
            ("-2.5", 0, "-3"),
            ("0.125", 2, "0.13"),
            ("1e300", 2, "1e300"),
            ("0.33333333333333331", 15, "0.333333333333333"),
            ("12", 5, "12"),
        ] {
            assert_eq!(rounded(n(number), places), n(expected), "{number}");
        }
    }

    proptest::proptest! {
        #[test]
        fn sums_can_be_taken_back(a in -1_000_000_i64..1_000_000, b in -1_000_000_i64..1_000_000, places in 0_i64..6) {
            let scale = 10_f64.powi(i32::try_from(places).unwrap());
            #[expect(clippy::cast_precision_loss, reason = "small")]
            let number = |n: i64| Number::from_f64(n as f64 / scale).unwrap();
            let (a, b) = (number(a), number(b));
            let sum = add(a, b).unwrap();
            proptest::prop_assert_eq!(subtract(sum, b).unwrap(), a);
            proptest::prop_assert_eq!(add(b, a).unwrap(), sum);
            proptest::prop_assert!(sum.to_string().len() <= 16, "{}", sum);
        }

        #[test]
        fn no_pair_of_numbers_is_too_much(a in proptest::num::f64::ANY, b in proptest::num::f64::ANY) {
            if let (Some(a), Some(b)) = (Number::from_f64(a), Number::from_f64(b)) {
                for operation in [add, subtract, multiply, divide, remainder, power] {
                    drop(operation(a, b));
                }
                let _: Number = rounded(a, 3);
            }
        }
    }
}
