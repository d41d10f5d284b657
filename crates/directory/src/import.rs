//! What an import does with users of the directory: the published rules as functions of what is given, the plan that follows
//! from them, and the safeguard that is looked at before anything is written.

pub mod batches;
pub mod decide;
pub mod increments;
pub mod matching;
pub mod plan;
pub mod safeguard;
pub mod settings;
pub mod username;

#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

/// A published rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule(u8);

/// Users without a required attribute are ignored.
pub const REQUIRED: Rule = Rule(1);
/// A missing mail never ignores; the email is the user principal name.
pub const MAIL_MAY_MISS: Rule = Rule(2);
/// First and last name are needed of every user of a directory.
pub const NAMES_NEEDED: Rule = Rule(3);
/// Objects of the directory's own are skipped.
pub const CRITICAL: Rule = Rule(4);
/// A user without a required custom attribute is deprovisioned.
pub const REQUIRED_CUSTOM: Rule = Rule(5);
/// What the Okta user name is made of.
pub const USERNAME: Rule = Rule(6);
/// A manager by user principal name is in the user's own domain.
pub const MANAGER_PRINCIPAL: Rule = Rule(7);
/// A manager by distinguished name may be in another domain.
pub const MANAGER_NAME: Rule = Rule(8);
/// A wrong manager is not written, everything else is.
pub const MANAGER_WRONG: Rule = Rule(9);
/// A disabled account counts as deleted.
pub const DISABLED: Rule = Rule(10);
/// A user that is gone counts as deleted, in a full import only.
pub const GONE: Rule = Rule(11);
/// A user outside the selected units is deactivated, in a full import only.
pub const OUT_OF_SCOPE: Rule = Rule(12);
/// Without an Okta user only the import record goes.
pub const NO_OKTA_USER: Rule = Rule(13);
/// A disabled account that was never imported is not imported.
pub const NEW_DISABLED: Rule = Rule(14);
/// An expired account is not disabled.
pub const EXPIRED: Rule = Rule(15);
/// A known user who loses a required attribute: ignored, in a full import deactivated.
pub const LOST_REQUIRED: Rule = Rule(16);
/// Rows are copied in their directions only.
pub const DIRECTIONS: Rule = Rule(17);

/// `AD-R10`.
impl fmt::Display for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "AD-R{}", self.0)
    }
}

impl Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let number = text
            .strip_prefix("AD-R")
            .and_then(|number| number.parse().ok());
        let rule = number.filter(|number| (1..=17).contains(number)).map(Self);
        rule.ok_or_else(|| serde::de::Error::custom(format!("{text} is no rule")))
    }
}
