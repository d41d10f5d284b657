//! What is wrong with an expression, and where.

use std::fmt;

use serde::Serialize;

/// Why an expression cannot be read, or why it has no value for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The character where it was noticed, counted from 1.
    pub position: usize,
    /// What is wrong, in one line.
    pub message: String,
}

impl Problem {
    /// A problem at this character, counted from 0.
    pub(super) fn at(place: usize, message: impl Into<String>) -> Self {
        Self {
            position: place.saturating_add(1),
            message: in_one_line(&message.into()),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "At character {}: {}", self.position, self.message)
    }
}

impl std::error::Error for Problem {}

/// Why a function has no result; the place is added by whoever called it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault(pub(super) String);

impl Fault {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    pub(super) fn at(self, place: usize) -> Problem {
        Problem::at(place, self.0)
    }
}

/// Shows at most 40 characters of a value in an error.
pub(super) fn quoted(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("{short:?}")
}

fn in_one_line(message: &str) -> String {
    message
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}
