//! What an action leaves to the org while a flow is designed: which inputs are chosen from lists, and which fields follow
//! from profile schemas. All of it follows from where the inputs go and where the outputs come from.

use flow::{Lookup, Schema};

use super::{Action, Put, To, leak};
use crate::declare::{Attributes, Field};
use crate::web::Method;

/// Applications that are identity sources have calls of their own.
const SOURCES: &str = "/api/v1/identity-sources/";

impl Action {
    /// Returns the inputs as fields of the card.
    pub(super) fn input_fields(&self) -> impl Iterator<Item = Field> {
        let is_field = |put: &&Put| !put.field.key.is_empty();
        self.inputs.iter().filter(is_field).map(|put| Field {
            lookup: self.list_of(put),
            entered: self.entered(put),
            ..put.field
        })
    }

    fn list_of(&self, put: &Put) -> Option<Lookup> {
        let To::Path(name) = put.to else {
            return put.field.lookup;
        };
        match name {
            "appId" if put.field.option && self.path.starts_with(SOURCES) => {
                Some(Lookup::IdentitySources)
            }
            "groupId" => Some(Lookup::Groups),
            "groupRuleId" => Some(Lookup::GroupRules),
            "relationship" if put.field.key == "associatedName" => Some(Lookup::AssociatedNames),
            "relationship" => Some(Lookup::PrimaryNames),
            _ => put.field.lookup,
        }
    }

    /// An option that another input can give as well may be left to it.
    fn entered(&self, put: &Put) -> Option<(&'static str, (&'static str, &'static str))> {
        let To::Path(name) = put.to else { return None };
        let other = self.inputs.iter().find(|other| {
            !other.field.option && matches!(other.to, To::Path(known) if known == name)
        })?;
        let value = match (name, put.field.key) {
            _ if !put.field.option => return None,
            ("appId", _) => "-- Enter Application ID --",
            (_, "associatedName") => "-- Enter Associated Name --",
            ("relationship", _) => "-- Enter Primary Name --",
            _ => return None,
        };
        Some((value, (other.field.group, other.field.key)))
    }

    /// Returns the inputs that follow from schemas.
    pub(super) fn schema_inputs(&self) -> &'static [Attributes] {
        let mut found: Vec<Attributes> = Vec::new();
        for put in self.inputs {
            let (prefix, is_new) = match put.to {
                To::Profile => ("", self.makes()),
                To::OwnTerm if put.field.key == SEARCH => ("profile.", false),
                _ => continue,
            };
            let group = put.field.group;
            if !found.iter().any(|known| known.group == group) {
                found.push(Attributes {
                    group,
                    schema: self.schema(),
                    prefix,
                    is_new,
                });
            }
        }
        leak(found)
    }

    /// Returns the outputs that follow from schemas.
    pub(super) fn schema_outputs(&self) -> &'static [Attributes] {
        let of_list = self
            .list
            .filter(|list| list.has_first && list.profile.is_some());
        let groups = self
            .profile
            .into_iter()
            .chain(of_list.map(|list| list.group));
        leak(groups.map(|group| Attributes {
            group,
            schema: self.schema(),
            prefix: "",
            is_new: false,
        }))
    }

    /// Tells whether the call makes something new rather than changing what its path names.
    fn makes(&self) -> bool {
        self.method == Method::Post && !self.path.ends_with('}')
    }

    fn schema(&self) -> Schema {
        if self.path.starts_with("/api/v1/users") {
            Schema::User
        } else if self.path.starts_with("/api/v1/groups") {
            Schema::Group
        } else {
            Schema::AppUser
        }
    }
}

/// The key of a condition in the language of `search`, which knows all attributes; `filter` knows a few.
const SEARCH: &str = "Custom Search Criteria";
