//! An entry of the directory: a user with its attributes as text. Names of attributes are compared without regard to capitals,
//! and an empty value counts as none, because LDAP returns no empty values.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::decode::account_control::AccountControl;
use crate::decode::guid::Guid;
use crate::decode::name::Name;

/// A user of the directory, as far as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// By the name in small letters: the name as it was read, and the values.
    attributes: BTreeMap<String, (String, Vec<String>)>,
}

impl Entry {
    /// An entry of these attributes. `dn` is another name of `distinguishedName`; identifiers are text (see
    /// [`crate::decode`]).
    pub fn new(attributes: impl IntoIterator<Item = (String, Vec<String>)>) -> Self {
        let mut entry = Self::default();
        for (name, values) in attributes {
            let name = if name.eq_ignore_ascii_case("dn") {
                "distinguishedName".to_owned()
            } else {
                name
            };
            let values: Vec<String> = values
                .into_iter()
                .filter(|value| !value.is_empty())
                .collect();
            if !values.is_empty() {
                entry
                    .attributes
                    .insert(name.to_ascii_lowercase(), (name, values));
            }
        }
        entry
    }

    /// Reads an entry that is written as a JSON object: texts, numbers and truth values, or lists of them.
    #[must_use]
    pub fn from_json(object: &Map<String, Json>) -> Self {
        let values = |json: &Json| match json {
            Json::Array(items) => items.iter().filter_map(scalar).collect(),
            one => scalar(one).into_iter().collect(),
        };
        Self::new(
            object
                .iter()
                .map(|(name, json)| (name.clone(), values(json))),
        )
    }

    /// All values of an attribute.
    #[must_use]
    pub fn all(&self, attribute: &str) -> &[String] {
        let found = self.attributes.get(&attribute.to_ascii_lowercase());
        found.map_or(&[], |(_, values)| values.as_slice())
    }

    /// The first value of an attribute.
    #[must_use]
    pub fn first(&self, attribute: &str) -> Option<&str> {
        self.all(attribute).first().map(String::as_str)
    }

    /// The attributes with their values, by name.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &[String])> {
        let attributes = self.attributes.values();
        attributes.map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    /// The key of the entry, where it has one that can be read.
    #[must_use]
    pub fn guid(&self) -> Option<Guid> {
        self.first("objectGUID")?.parse().ok()
    }

    /// The name of the entry, where it has one that can be read.
    #[must_use]
    pub fn name(&self) -> Option<Name> {
        self.first("distinguishedName")?.parse().ok()
    }

    /// Whether `userAccountControl` says that the account is disabled.
    #[must_use]
    pub fn is_disabled(&self) -> bool {
        let flags = self
            .first("userAccountControl")
            .and_then(|text| text.parse().ok());
        flags.is_some_and(AccountControl::is_disabled)
    }

    /// Whether the directory marks it as one of its own (`isCriticalSystemObject`).
    #[must_use]
    pub fn is_critical(&self) -> bool {
        let flag = self.first("isCriticalSystemObject");
        flag.is_some_and(|flag| flag.trim().eq_ignore_ascii_case("true"))
    }
}

fn scalar(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Bool(truth) => Some(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        Json::Number(number) => Some(number.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}
