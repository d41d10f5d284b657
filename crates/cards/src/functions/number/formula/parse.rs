//! Reads and computes a formula in one pass, by recursive descent. From weakest to strongest: `+ -`, `* / %`, sign,
//! `^` (to the right), `!`. A `#` starts a comment.

use flow::{CardError, Number};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::arithmetic::{add, divide, multiply, remainder, rounded, subtract};

/// Brackets may be nested this deep.
const MAX_DEPTH: usize = 64;
const MAX_CHARS: usize = 10_000;

/// Returns the value of `formula`; it may be infinite or not a number.
pub(super) fn evaluate(formula: &str, random: u64) -> Result<f64, CardError> {
    let code = formula.split('#').next().unwrap_or_default();
    if code.chars().count() > MAX_CHARS {
        return Err(invalid("it is longer than 10,000 characters"));
    }
    let mut reader = Reader {
        rest: code,
        depth: 0,
        rng: StdRng::seed_from_u64(random),
    };
    let value = reader.sum()?;
    reader.skip();
    if reader.rest.is_empty() {
        Ok(value)
    } else {
        Err(invalid(&format!("\"{}\" was not expected", reader.rest)))
    }
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
    rng: StdRng,
}

impl Reader<'_> {
    fn sum(&mut self) -> Result<f64, CardError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(invalid("its brackets are nested too deep"));
        }
        let mut value = self.product()?;
        loop {
            if self.takes('+') {
                value = exactly(add, value, self.product()?, |a, b| a + b);
            } else if self.takes('-') {
                value = exactly(subtract, value, self.product()?, |a, b| a - b);
            } else {
                self.depth -= 1;
                return Ok(value);
            }
        }
    }

    fn product(&mut self) -> Result<f64, CardError> {
        let mut value = self.signed()?;
        loop {
            if self.takes('*') {
                value = exactly(multiply, value, self.signed()?, |a, b| a * b);
            } else if self.takes('/') {
                value = exactly(divide, value, self.signed()?, |a, b| a / b);
            } else if self.takes('%') {
                value = exactly(remainder, value, self.signed()?, |a, b| a % b);
            } else {
                return Ok(value);
            }
        }
    }

    fn signed(&mut self) -> Result<f64, CardError> {
        let mut negative = false;
        loop {
            if self.takes('-') {
                negative = !negative;
            } else if !self.takes('+') {
                break;
            }
        }
        let value = self.power()?;
        Ok(if negative { -value } else { value })
    }

    fn power(&mut self) -> Result<f64, CardError> {
        let mut value = self.atom()?;
        while self.takes('!') {
            value = factorial(value)?;
        }
        if self.takes('^') {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(invalid("it has too many powers in a row"));
            }
            let exponent = self.signed()?;
            self.depth -= 1;
            value = value.powf(exponent);
        }
        Ok(value)
    }

    fn atom(&mut self) -> Result<f64, CardError> {
        if self.takes('(') {
            let value = self.sum()?;
            return self.closes(value);
        }
        let name = self.word(char::is_alphabetic, |c| c.is_alphanumeric() || c == '_');
        if !name.is_empty() {
            return self.named(name);
        }
        self.literal()
    }

    fn literal(&mut self) -> Result<f64, CardError> {
        let digits = |c: char| c.is_ascii_digit() || c == '.';
        let mut text = self.word(digits, digits).to_owned();
        if text.is_empty() {
            return Err(match self.rest.chars().next() {
                Some(c) => invalid(&format!("\"{c}\" was not expected")),
                None => invalid("it ends too early"),
            });
        }
        if let Some(after) = self.rest.strip_prefix(['e', 'E']) {
            let unsigned = after.strip_prefix(['+', '-']).unwrap_or(after);
            let digits = unsigned.len()
                - unsigned
                    .trim_start_matches(|c: char| c.is_ascii_digit())
                    .len();
            if digits > 0 {
                let sign = after.len() - unsigned.len();
                text.push('e');
                text.push_str(after.get(..sign + digits).unwrap_or_default());
                self.rest = after.get(sign + digits..).unwrap_or_default();
            }
        }
        text.parse()
            .map_err(|_| invalid(&format!("{text} is not a number")))
    }

    fn named(&mut self, name: &str) -> Result<f64, CardError> {
        if !self.takes('(') {
            return match name {
                "pi" | "PI" => Ok(std::f64::consts::PI),
                "e" | "E" => Ok(std::f64::consts::E),
                _ => Err(invalid(&format!("{name} is not known"))),
            };
        }
        let mut values = Vec::new();
        if !self.takes(')') {
            loop {
                values.push(self.sum()?);
                if !self.takes(',') {
                    break;
                }
            }
            self.closes(0.0)?;
        }
        self.call(name, &values)
    }

    fn call(&mut self, name: &str, values: &[f64]) -> Result<f64, CardError> {
        Ok(match (name, values) {
            ("abs", [a]) => a.abs(),
            ("ceil", [a]) => a.ceil(),
            ("floor", [a]) => a.floor(),
            ("fix" | "trunc", [a]) => a.trunc(),
            ("sign", [a]) if *a == 0.0 => 0.0,
            ("sign", [a]) => a.signum(),
            ("round", [a]) => a.round(),
            ("round", [a, places]) => match Number::from_f64(*a) {
                #[expect(clippy::cast_possible_truncation, reason = "saturates, and is clamped")]
                Some(number) => rounded(number, places.trunc() as i64).as_f64(),
                None => *a,
            },
            ("sum", [first, others @ ..]) => total(*first, others),
            ("mean", [first, others @ ..]) => total(*first, others) / count(values),
            ("square", [a]) => a * a,
            ("cube", [a]) => a * a * a,
            ("hypot", [a, b]) => a.hypot(*b),
            ("gcd", [a, b]) => divisor(*a, *b)?,
            ("lcm", [a, b]) => match divisor(*a, *b)? {
                0.0 => 0.0,
                common => (a / common * b).abs(),
            },
            ("asin", [a]) => a.asin(),
            ("acos", [a]) => a.acos(),
            ("atan", [a]) => a.atan(),
            ("atan2", [a, b]) => a.atan2(*b),
            ("min", [first, others @ ..]) => others.iter().copied().fold(*first, f64::min),
            ("max", [first, others @ ..]) => others.iter().copied().fold(*first, f64::max),
            ("sqrt", [a]) => a.sqrt(),
            ("cbrt", [a]) => a.cbrt(),
            ("pow", [a, b]) => a.powf(*b),
            ("mod", [a, b]) => a.rem_euclid(*b),
            ("exp", [a]) => a.exp(),
            ("log", [a]) => a.ln(),
            ("log", [a, base]) => a.ln() / base.ln(),
            ("log10", [a]) => a.log10(),
            ("log2", [a]) => a.log2(),
            ("sin", [a]) => a.sin(),
            ("cos", [a]) => a.cos(),
            ("tan", [a]) => a.tan(),
            ("random", []) => self.rng.random::<f64>(),
            ("random", [most]) => self.rng.random::<f64>() * most,
            _ => {
                return Err(invalid(&format!(
                    "there is no function {name} with {} values",
                    values.len()
                )));
            }
        })
    }

    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn takes(&mut self, sign: char) -> bool {
        self.skip();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn closes(&mut self, value: f64) -> Result<f64, CardError> {
        if self.takes(')') {
            Ok(value)
        } else {
            Err(invalid("a closing bracket is missing"))
        }
    }
}

impl<'a> Reader<'a> {
    fn word(&mut self, first: fn(char) -> bool, next: fn(char) -> bool) -> &'a str {
        self.skip();
        if !self.rest.starts_with(first) {
            return "";
        }
        let end = self.rest.find(|c| !next(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }
}

/// Adds, subtracts and so on in decimal; in doubles where a number is none, or the result.
fn exactly(
    decimal: fn(Number, Number) -> Result<Number, CardError>,
    a: f64,
    b: f64,
    binary: fn(f64, f64) -> f64,
) -> f64 {
    match (Number::from_f64(a), Number::from_f64(b)) {
        (Some(left), Some(right)) => {
            decimal(left, right).map_or_else(|_| binary(a, b), Number::as_f64)
        }
        _ => binary(a, b),
    }
}

fn total(first: f64, others: &[f64]) -> f64 {
    others
        .iter()
        .fold(first, |sum, next| exactly(add, sum, *next, |a, b| a + b))
}

#[expect(clippy::cast_precision_loss, reason = "a formula has few values")]
fn count(values: &[f64]) -> f64 {
    values.len() as f64
}

/// The greatest common divisor of whole numbers (Euclid), which takes few steps however large they are.
fn divisor(a: f64, b: f64) -> Result<f64, CardError> {
    if a.fract() != 0.0 || b.fract() != 0.0 || !a.is_finite() || !b.is_finite() {
        return Err(invalid("gcd and lcm need whole numbers"));
    }
    let (mut a, mut b) = (a.abs(), b.abs());
    while b > 0.0 {
        (a, b) = (b, a % b);
    }
    Ok(a)
}

fn factorial(number: f64) -> Result<f64, CardError> {
    if number < 0.0 || number.fract() != 0.0 || number > 170.0 {
        return Err(invalid("! needs a whole number from 0 to 170"));
    }
    let mut result = 1.0;
    let mut factor = 2.0;
    while factor <= number {
        result *= factor;
        factor += 1.0;
    }
    Ok(result)
}

fn invalid(why: &str) -> CardError {
    CardError::new(
        "invalid_formula",
        format!("The formula cannot be computed: {why}."),
    )
}
