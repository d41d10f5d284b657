//! The Okta user name of a user (AD-R6).

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::settings::UsernameFormat;
use crate::decode::name::Name;
use crate::entry::Entry;
use crate::expression::{Dialect, Expression, NullJoin, Problem, Scene};

/// The fewest characters of a user name.
pub const LEAST: usize = 5;
/// The most characters of a user name.
pub const MOST: usize = 100;

/// Why there is no user name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NoUsername {
    /// What it would be made of is not there.
    Missing {
        /// The attribute.
        attribute: &'static str,
    },
    /// It has too few or too many characters.
    Length {
        /// What it would be.
        username: String,
    },
    /// The expression has no text as its value.
    Expression {
        /// Why, and where.
        problem: Problem,
    },
}

/// How user names are made: a format whose expression was read.
#[derive(Debug, Clone)]
pub struct Username {
    source: Source,
    /// The DNS name of the domain, where it is set.
    domain: Option<String>,
}

#[derive(Debug, Clone)]
enum Source {
    Upn,
    Email,
    SamAccountName,
    Custom(Expression),
}

impl Username {
    /// Reads the expression of a custom format. `naming_context` is a distinguished name or a DNS name.
    pub fn new(format: &UsernameFormat, naming_context: Option<&str>) -> Result<Self, Problem> {
        let source = match format {
            UsernameFormat::Upn => Source::Upn,
            UsernameFormat::Email => Source::Email,
            UsernameFormat::SamAccountName => Source::SamAccountName,
            UsernameFormat::Custom(text) => {
                Source::Custom(Expression::read(text, Dialect::Classic)?)
            }
        };
        Ok(Self {
            source,
            domain: naming_context.and_then(domain),
        })
    }

    /// The user name of an entry, whose app user is `app_user`.
    pub fn of(
        &self,
        entry: &Entry,
        app_user: &Map<String, Json>,
        now: DateTime<Utc>,
    ) -> Result<String, NoUsername> {
        let principal = || {
            let attribute = "userPrincipalName";
            entry
                .first(attribute)
                .map(str::to_owned)
                .ok_or(NoUsername::Missing { attribute })
        };
        let username = match &self.source {
            Source::Upn => principal()?,
            Source::Email => match entry.first("mail") {
                Some(mail) => mail.to_owned(),
                None => principal()?,
            },
            Source::SamAccountName => self.account(entry)?,
            Source::Custom(expression) => custom(expression, app_user, now)?,
        };
        if (LEAST..=MOST).contains(&username.chars().count()) {
            return Ok(username);
        }
        Err(NoUsername::Length { username })
    }

    fn account(&self, entry: &Entry) -> Result<String, NoUsername> {
        let missing = |attribute| NoUsername::Missing { attribute };
        let account = entry
            .first("sAMAccountName")
            .ok_or(missing("sAMAccountName"))?;
        let own = || entry.name().and_then(|name| name.domain());
        let domain = self.domain.clone().or_else(own);
        let domain = domain.ok_or(missing("distinguishedName"))?;
        Ok(format!("{account}@{domain}"))
    }
}

/// The DNS name of a naming context that is written as either kind of name.
fn domain(context: &str) -> Option<String> {
    if context.contains('=') {
        return context.parse::<Name>().ok()?.domain();
    }
    let context = context.trim().trim_matches('.');
    (!context.is_empty()).then(|| context.to_lowercase())
}

fn custom(
    expression: &Expression,
    app_user: &Map<String, Json>,
    now: DateTime<Utc>,
) -> Result<String, NoUsername> {
    let mut roots = Map::new();
    for root in ["appuser", "source", "active_directory"] {
        roots.insert(root.to_owned(), Json::Object(app_user.clone()));
    }
    let scene = Scene {
        roots: &roots,
        now,
        null_join: NullJoin::Empty,
    };
    let outcome = expression.evaluate(&scene);
    match outcome
        .map_err(|problem| NoUsername::Expression { problem })?
        .value
    {
        Json::String(text) => Ok(text),
        other => Ok(if other.is_null() {
            String::new()
        } else {
            other.to_string()
        }),
    }
}
