//! Whether a user of the directory is somebody in the org already: exactly, partly, or not at all.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::settings::{Confirmation, ExactMatch, Matching};
use crate::mapping::Mapped;

/// How a user of the directory compares to those of the org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "match", rename_all = "snake_case")]
pub enum Match {
    /// Nobody is like this.
    New,
    /// The same person.
    Exact {
        /// The id of the Okta user.
        okta_user: String,
    },
    /// The same name, and nothing else in common.
    Partial {
        /// The id of the Okta user.
        okta_user: String,
    },
    /// Several Okta users fit, so that a person must choose.
    Several {
        /// Their ids, at most ten.
        okta_users: Vec<String>,
    },
}

/// Where an import record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for a person.
    #[default]
    Unconfirmed,
    /// A person put it aside.
    Ignored,
    /// Confirmed; the Okta user is not active yet.
    Staged,
    /// Confirmed, and the Okta user is active.
    Active,
    /// Confirmed as nobody of the org, whoever is like this there.
    Separate,
}

impl Match {
    /// Whether it needs no person, by what an administrator chose.
    #[must_use]
    pub fn is_confirmed(&self, confirmation: Confirmation) -> bool {
        match self {
            Self::New => confirmation.new,
            Self::Exact { .. } => confirmation.exact,
            Self::Partial { .. } => confirmation.partial,
            Self::Several { .. } => false,
        }
    }
}

/// The users of the org, to be looked up by what they match on. It holds ids and keys, not profiles.
#[derive(Debug, Clone)]
pub struct OrgUsers {
    matching: Matching,
    exact: HashMap<String, Vec<u32>>,
    names: HashMap<String, Vec<u32>>,
    ids: Vec<String>,
}

impl OrgUsers {
    /// No users yet.
    #[must_use]
    pub fn new(matching: Matching) -> Self {
        Self {
            matching,
            exact: HashMap::new(),
            names: HashMap::new(),
            ids: Vec::new(),
        }
    }

    /// Adds a user with its profile.
    pub fn add(&mut self, id: &str, profile: &Map<String, Json>) {
        let Ok(place) = u32::try_from(self.ids.len()) else {
            return;
        };
        self.ids.push(id.to_owned());
        let text = |name: &str| text(profile.get(name));
        if let Some(key) = key(&self.matching.exact, &text) {
            self.exact.entry(key).or_default().push(place);
        }
        if let Some(key) = name_key(&text) {
            self.names.entry(key).or_default().push(place);
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whom a user of the directory matches.
    #[must_use]
    pub fn find(&self, login: &str, mapped: &Mapped) -> Match {
        let text = |name: &str| match name {
            "login" => text(Some(&Json::from(login))),
            name => text(mapped.values.get(name)),
        };
        let exact = key(&self.matching.exact, &text).and_then(|key| self.exact.get(&key));
        if let Some(found) = exact {
            return self.one(found, |okta_user| Match::Exact { okta_user });
        }
        let key = name_key(&text).filter(|_| self.matching.is_partial_allowed);
        match key.and_then(|key| self.names.get(&key)) {
            Some(found) => self.one(found, |okta_user| Match::Partial { okta_user }),
            None => Match::New,
        }
    }

    fn one(&self, places: &[u32], found: impl Fn(String) -> Match) -> Match {
        let ids = places
            .iter()
            .filter_map(|place| self.ids.get(usize::try_from(*place).ok()?));
        let mut ids: Vec<String> = ids.take(10).cloned().collect();
        if ids.len() > 1 {
            return Match::Several { okta_users: ids };
        }
        ids.pop().map_or(Match::New, found)
    }
}

/// A value without capitals; `None` where there is nothing to compare.
fn text(value: Option<&Json>) -> Option<String> {
    let text = match value? {
        Json::String(text) => text.trim().to_lowercase(),
        Json::Null => return None,
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}

/// All chosen properties must be there, or nothing matches.
fn key(exact: &ExactMatch, text: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    match exact {
        ExactMatch::Username => text("login"),
        ExactMatch::Email => text("email"),
        ExactMatch::Properties(names) if names.is_empty() => None,
        ExactMatch::Properties(names) => {
            let parts: Option<Vec<String>> = names.iter().map(|name| text(name)).collect();
            Some(parts?.join("\u{1f}"))
        }
    }
}

fn name_key(text: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    Some(format!("{}\u{1f}{}", text("firstName")?, text("lastName")?))
}
