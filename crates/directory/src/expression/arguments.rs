//! What functions and methods are given: how many values, and each read as what is needed.

use std::borrow::Cow;

use super::problem::{Fault, quoted};
use super::value::Value;

/// How many arguments are taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Takes {
    least: usize,
    most: usize,
}

impl Takes {
    pub(super) const fn just(count: usize) -> Self {
        Self::between(count, count)
    }

    pub(super) const fn between(least: usize, most: usize) -> Self {
        Self { least, most }
    }

    pub(super) const fn at_least(least: usize) -> Self {
        Self::between(least, usize::MAX)
    }

    pub(super) fn check(self, name: &str, given: usize) -> Result<(), Fault> {
        if (self.least..=self.most).contains(&given) {
            return Ok(());
        }
        let wanted = match (self.least, self.most) {
            (0, 0) => "no arguments".to_owned(),
            (1, 1) => "one argument".to_owned(),
            (least, most) if least == most => format!("{least} arguments"),
            (least, usize::MAX) => format!("at least {least} arguments"),
            (least, most) => format!("{least} to {most} arguments"),
        };
        Err(Fault::new(format!(
            "{name} takes {wanted}, and {given} are given."
        )))
    }
}

/// The arguments of a call, whose number was checked when the expression was read.
pub(super) struct Arguments<'v, 'a>(pub(super) &'v [Value<'a>]);

impl<'a> Arguments<'_, 'a> {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn value(&self, index: usize) -> Value<'a> {
        self.0.get(index).cloned().unwrap_or(Value::Null)
    }

    /// One argument as text; `None` for null and for one that is not given.
    pub(super) fn text(&self, index: usize) -> Result<Option<Cow<'a, str>>, Fault> {
        match self.0.get(index) {
            None => Ok(None),
            Some(value) => value.as_text(),
        }
    }

    /// All arguments as texts; `None` when one of them is null.
    pub(super) fn texts(&self) -> Result<Option<Vec<Cow<'a, str>>>, Fault> {
        self.0.iter().map(Value::as_text).collect()
    }

    /// A whole number; `None` for null.
    pub(super) fn whole(&self, index: usize) -> Result<Option<i64>, Fault> {
        match self.0.get(index) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => whole(value).map(Some),
        }
    }

    /// The element of a list, by a position that must be one.
    pub(super) fn all(&self) -> &[Value<'a>] {
        self.0
    }
}

/// A whole number, also written as text.
pub(super) fn whole(value: &Value<'_>) -> Result<i64, Fault> {
    match value {
        Value::Int(number) => Ok(*number),
        Value::Double(number) if number.fract() == 0.0 && number.abs() < 9.0e15 =>
        {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "whole and small, as was just checked"
            )]
            Ok(*number as i64)
        }
        Value::Text(text) => text
            .trim()
            .parse()
            .map_err(|_| Fault::new(format!("{} is not a whole number.", quoted(text)))),
        other => Err(Fault::new(format!(
            "A whole number is needed here, not {}.",
            other.kind()
        ))),
    }
}
