//! Values of one user through the mapping: toward Okta from an entry, toward the directory from an Okta profile. A row whose
//! value is null sends nothing, an empty text clears.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::limits::{self, Misfit};
use super::{Compiled, Mapping, Row};
use crate::entry::Entry;
use crate::expression::{Expression, NullJoin, Problem, Scene};

/// The values of a user, and what is wrong with them.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Mapped {
    /// By the name of the property or attribute.
    pub values: BTreeMap<String, Json>,
    /// Values that were left out or will not be taken.
    pub troubles: Vec<Trouble>,
}

/// What is wrong with one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// The property or attribute.
    pub name: String,
    /// What is wrong.
    pub kind: TroubleKind,
}

/// Why a value is left out or will not be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TroubleKind {
    /// The expression has no value for this user; the property is left as it is.
    Expression {
        /// Why, and where.
        problem: Problem,
    },
    /// The value is an object or a list of several, and one value is needed; the first is taken of a list.
    NotOneValue,
    /// The value is too long or too short; it is kept, and the other side will refuse it.
    Length {
        /// The length and its limits.
        misfit: Misfit,
    },
}

impl fmt::Display for TroubleKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expression { problem } => write!(out, "The expression has no value: {problem}"),
            Self::NotOneValue => out.write_str("One value is needed, and there are several."),
            Self::Length { misfit } => write!(
                out,
                "The value has a length of {}, and {} to {} is taken.",
                misfit.is, misfit.least, misfit.most
            ),
        }
    }
}

/// The app user of an entry: each attribute under the variable of its row, and under its own name where it has no row.
/// `manager` tells the user principal name of a distinguished name.
#[must_use]
pub fn app_user(
    rows: &[Row],
    entry: &Entry,
    manager: &dyn Fn(&str) -> Option<String>,
) -> Map<String, Json> {
    let mut user = Map::new();
    for row in rows {
        let value = match row.ad.to_ascii_lowercase().as_str() {
            "managerdn" => entry.first("manager").map(Json::from),
            "managerupn" => entry.first("manager").and_then(manager).map(Json::from),
            "objectguid" => match entry.guid() {
                Some(guid) => Some(Json::from(guid.to_string())),
                None => joined(entry.all(&row.ad)),
            },
            _ => joined(entry.all(&row.ad)),
        };
        if let Some(value) = value {
            user.insert(row.app.clone(), value);
        }
    }
    for (name, values) in entry.attributes() {
        let has_row = rows.iter().any(|row| row.ad.eq_ignore_ascii_case(name));
        if !has_row && !user.contains_key(name) {
            user.extend(joined(values).map(|value| (name.to_owned(), value)));
        }
    }
    user
}

/// One value as text, several as a list.
fn joined(values: &[String]) -> Option<Json> {
    match values {
        [] => None,
        [one] => Some(Json::from(one.as_str())),
        many => Some(Json::from(many)),
    }
}

impl Compiled {
    /// The Okta profile of an app user (see [`app_user`]), without the login, which follows from settings.
    #[must_use]
    pub fn to_okta(&self, app_user: &Map<String, Json>, now: DateTime<Utc>) -> Mapped {
        let mut roots = Map::new();
        for root in &self.roots {
            roots.insert((*root).to_owned(), Json::Object(app_user.clone()));
        }
        let mut mapped = Mapped::default();
        for (row, expression) in &self.to_okta {
            let Some(row) = self.rows.get(*row) else {
                continue;
            };
            let Some(value) = value_of(expression, &roots, now, &row.ad, &mut mapped) else {
                continue;
            };
            for property in &row.okta {
                // Of two rows for one property the earlier wins.
                if mapped.values.contains_key(property) {
                    continue;
                }
                if let Err(misfit) = limits::for_okta(property, &shown(&value)) {
                    mapped.trouble(property, TroubleKind::Length { misfit });
                }
                mapped.values.insert(property.clone(), value.clone());
            }
        }
        mapped
    }

    /// The attributes that an Okta profile gives the directory.
    #[must_use]
    pub fn to_ad(&self, profile: &Map<String, Json>, now: DateTime<Utc>) -> Mapped {
        let mut roots = Map::new();
        for root in ["user", "source"] {
            roots.insert(root.to_owned(), Json::Object(profile.clone()));
        }
        let mut mapped = Mapped::default();
        for (row, expression) in &self.to_ad {
            let Some(row) = self.rows.get(*row) else {
                continue;
            };
            let Some(value) = value_of(expression, &roots, now, &row.ad, &mut mapped) else {
                continue;
            };
            let text = shown(&value);
            if let Err(misfit) = limits::for_ad(&row.ad, &text)
                && !text.is_empty()
            {
                mapped.trouble(&row.ad, TroubleKind::Length { misfit });
            }
            mapped.values.insert(row.ad.clone(), Json::from(text));
        }
        mapped
    }
}

impl Mapping {
    /// Compiles the mapping and leaves out what is wrong with it.
    #[must_use]
    pub fn compiled(&self) -> Compiled {
        self.compile().0
    }
}

impl Mapped {
    pub(super) fn trouble(&mut self, name: &str, kind: TroubleKind) {
        self.troubles.push(Trouble {
            name: name.to_owned(),
            kind,
        });
    }
}

/// One value; `None` where nothing is to be sent.
pub(super) fn value_of(
    expression: &Expression,
    roots: &Map<String, Json>,
    now: DateTime<Utc>,
    name: &str,
    mapped: &mut Mapped,
) -> Option<Json> {
    let scene = Scene {
        roots,
        now,
        null_join: NullJoin::Empty,
    };
    match expression.evaluate(&scene).map(|outcome| outcome.value) {
        Ok(Json::Null) => None,
        Ok(Json::Array(items)) => {
            if items.len() > 1 {
                mapped.trouble(name, TroubleKind::NotOneValue);
            }
            items
                .into_iter()
                .find(|item| !item.is_null() && !item.is_array() && !item.is_object())
        }
        Ok(Json::Object(_)) => {
            mapped.trouble(name, TroubleKind::NotOneValue);
            None
        }
        Ok(value) => Some(value),
        Err(problem) => {
            mapped.trouble(name, TroubleKind::Expression { problem });
            None
        }
    }
}

/// A value as text, as the directory and identity sources take it.
#[must_use]
pub(crate) fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
