//! Numbers: whole ones keep all 64 bits, decimals are IEEE doubles shown in their shortest form.

use std::cmp::Ordering;
use std::fmt;

/// A finite number.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// A whole number.
    Whole(i64),
    /// A decimal number; never NaN or infinite, and never a whole number that fits [`Number::Whole`].
    Decimal(f64),
}

/// Whole doubles up to here are exact (2^53).
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The first whole double that has no [`Number::Whole`] (2^63).
const BEYOND: f64 = 9_223_372_036_854_775_808.0;

impl Number {
    /// Returns the number, or nothing where `number` is not finite.
    pub fn from_f64(number: f64) -> Option<Self> {
        if !number.is_finite() {
            return None;
        }
        if number.fract() == 0.0 && number.abs() <= EXACT {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
            return Some(Self::Whole(number as i64));
        }
        // Beyond 2^53 a whole double stands for the number that its shortest text says.
        if number.fract() == 0.0
            && number.abs() < BEYOND
            && let Ok(whole) = number.to_string().parse()
        {
            return Some(Self::Whole(whole));
        }
        Some(Self::Decimal(number))
    }

    /// Reads a decimal text such as `-12.5e3`; spaces around it are ignored.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(whole) = text.parse::<i64>() {
            return Some(Self::Whole(whole));
        }
        let plain = text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
        if plain {
            text.parse::<f64>().ok().and_then(Self::from_f64)
        } else {
            None
        }
    }

    /// Returns the nearest double.
    #[expect(clippy::cast_precision_loss, reason = "a double is what is asked for")]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Decimal(decimal) => decimal,
        }
    }

    /// Returns the whole number, if it is one.
    pub fn as_i64(self) -> Option<i64> {
        match self {
            Self::Whole(whole) => Some(whole),
            Self::Decimal(_) => None,
        }
    }
}

impl From<i64> for Number {
    fn from(whole: i64) -> Self {
        Self::Whole(whole)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Whole(a), Self::Whole(b)) => a.cmp(b),
            (Self::Decimal(a), Self::Decimal(b)) => a.total_cmp(b),
            (Self::Whole(a), Self::Decimal(b)) => beside(*a, *b),
            (Self::Decimal(a), Self::Whole(b)) => beside(*b, *a).reverse(),
        }
    }
}

/// Compares exactly: as doubles, two whole numbers could both equal a third one.
fn beside(whole: i64, decimal: f64) -> Ordering {
    if decimal >= BEYOND {
        return Ordering::Less;
    }
    if decimal < -BEYOND {
        return Ordering::Greater;
    }
    let floor = decimal.floor();
    #[expect(clippy::cast_possible_truncation, reason = "whole and within 64 bits")]
    match whole.cmp(&(floor as i64)) {
        Ordering::Equal if decimal > floor => Ordering::Less,
        order => order,
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(whole) => write!(f, "{whole}"),
            Self::Decimal(decimal) => write!(f, "{decimal}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_numbers_only_when_they_are_plain() {
        assert_eq!(Number::parse(" 42 "), Some(Number::Whole(42)));
        assert_eq!(Number::parse("4.50").unwrap().to_string(), "4.5");
        assert_eq!(
            Number::parse("9007199254740993").unwrap().to_string(),
            "9007199254740993"
        );
        for wrong in ["", "12px", "NaN", "inf", "1e999", "0x10"] {
            assert_eq!(Number::parse(wrong), None, "{wrong}");
        }
    }
}
