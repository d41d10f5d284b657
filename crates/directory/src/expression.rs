//! The Okta expression language: a subset of the Spring Expression Language in two dialects. **Classic** serves profile
//! mappings, user names and group rules with functions (`String.toUpperCase(user.firstName)`); **Identity Engine** serves
//! policies with methods (`user.profile.firstName.toUpperCase()`).
//!
//! Reading and evaluating are total: length, nesting, work and the size of every value are bounded, whatever is given.
//! Nothing is asked for: people, groups and managers are taken from the context, the time is a parameter.

mod arguments;
mod array;
mod countries;
mod country;
mod evaluate;
mod functions;
mod groups;
mod lookup;
mod methods;
mod moment;
mod number;
mod operators;
mod parser;
mod pattern;
mod people;
mod problem;
mod syntax;
mod text;
mod time;
mod token;
mod value;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

pub use problem::Problem;

/// The most bytes that an expression may have.
pub const MAX_LENGTH: usize = 64 * 1024;
/// How deep brackets, signs and arguments may be nested.
pub const MAX_DEPTH: usize = 128;
/// The most bytes of one text that an expression makes.
pub const MAX_TEXT: usize = 1024 * 1024;
/// The most elements of one list.
pub const MAX_ITEMS: usize = 100_000;
/// How much one evaluation may do: a node counts one, a letter or element that is touched counts one.
pub const MAX_WORK: usize = 8_000_000;

/// Which of the two languages an expression is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// Functions: mappings, user names, group rules, claims.
    #[default]
    Classic,
    /// Methods: sign-in policies, certification, entitlements.
    Engine,
}

/// Where an expression stands at Okta.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A mapping of profiles, or a user name.
    Mapping,
    /// The condition of a group rule.
    GroupRule,
    /// A claim of a token.
    Claim,
}

impl Place {
    fn shown(self) -> &'static str {
        match self {
            Self::Mapping => "a mapping",
            Self::GroupRule => "a group rule",
            Self::Claim => "a claim",
        }
    }
}

/// What a null becomes where it is joined to a text with `+`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NullJoin {
    /// Nothing, with a note in [`Outcome::notes`].
    #[default]
    Empty,
    /// The text `null`, as the Spring language does.
    Literal,
}

/// What an expression is evaluated against.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The roots (`user`, `appuser`, `org` …) as one JSON object; see `docs/active-directory.md` for those that functions read.
    pub roots: &'a serde_json::Map<String, Json>,
    /// What `Time.now()` answers.
    pub now: DateTime<Utc>,
    /// What a null becomes where it is joined to a text.
    pub null_join: NullJoin,
}

/// The value of an expression.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// The value; a point in time is text in ISO 8601, a country its two-letter code.
    pub value: Json,
    /// What its author may not have meant, each once.
    pub notes: Vec<Problem>,
}

/// An expression that was read and can be evaluated any number of times.
#[derive(Debug, Clone)]
pub struct Expression {
    source: String,
    dialect: Dialect,
    root: syntax::Node,
}

impl Expression {
    /// Reads `source`. Fails at the first mistake: of spelling, a function that the dialect does not have, a wrong number
    /// of arguments, or more than the bounds of this module.
    pub fn read(source: &str, dialect: Dialect) -> Result<Self, Problem> {
        if source.len() > MAX_LENGTH {
            let message = format!(
                "An expression has at most {MAX_LENGTH} bytes, and this one has {}.",
                source.len()
            );
            return Err(Problem::at(0, message));
        }
        let tokens = token::cut(source)?;
        let root = parser::parse(tokens, source.chars().count(), dialect)?;
        Ok(Self {
            source: source.to_owned(),
            dialect,
            root,
        })
    }

    /// The text that it was read from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The dialect that it was read in.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The names of the roots that it reads, in order and each once: `user`, `appuser` …
    #[must_use]
    pub fn roots(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        syntax::walk(&self.root, &mut |node| {
            if let syntax::Kind::Name(name) = &node.kind
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        });
        names
    }

    /// What Okta does not take where the expression is meant to stand, though it can be evaluated here.
    #[must_use]
    pub fn misplaced(&self, place: Place) -> Vec<Problem> {
        let mut problems = Vec::new();
        syntax::walk(&self.root, &mut |node| {
            if let syntax::Kind::Call(function, _) = &node.kind
                && !function.is_taken(place)
            {
                let message = format!("{} cannot be used in {}.", function.shown(), place.shown());
                problems.push(Problem::at(node.at, message));
            }
        });
        problems
    }

    /// Evaluates it. Fails where a value does not fit its use or where it takes more than [`MAX_WORK`].
    pub fn evaluate(&self, scene: &Scene<'_>) -> Result<Outcome, Problem> {
        let mut machine = evaluate::Machine::new(scene);
        let value = machine.run(&self.root)?;
        let value = machine
            .json_of(&value)
            .map_err(|fault| fault.at(self.root.at))?;
        Ok(Outcome {
            value,
            notes: machine.notes,
        })
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source && self.dialect == other.dialect
    }
}

impl Eq for Expression {}

impl Serialize for Expression {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&self.source)
    }
}
