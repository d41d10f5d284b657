//! Single people of a directory: found, signed in, written back.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// A text that is not shown where values are written for programmers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hidden(pub String);

impl fmt::Debug for Hidden {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Hidden(…)")
    }
}

/// Which users of a directory are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DirectoryUserQuery {
    /// An attribute that has exactly `value`.
    pub attribute: Option<String>,
    /// The value; whatever it holds, it stands for itself.
    pub value: Option<String>,
    /// A filter of RFC 4515.
    pub filter: Option<String>,
    /// Where to search: a distinguished name; in the selected units where absent.
    pub base: Option<String>,
    /// At most this many, 1 to 200.
    pub limit: Option<usize>,
}

/// Tries the password of a person and imports or updates that person by the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInUser {
    /// A user principal name, an account name (also with a domain before it), a mail address or a distinguished name.
    pub username: String,
    /// The password. It goes to the directory over TLS and is kept nowhere.
    pub password: Hidden,
}

/// What came of a sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedInUser {
    /// The directory took the password, and the rules have nothing against it.
    pub is_signed_in: bool,
    /// Why not: `no_such_user`, `wrong_password`, `disabled`, … or what the rules say.
    pub reason: Option<String>,
    /// What was done in the org: `created`, `linked`, `updated`, `reactivated`, `removed`, `awaits`, `forgotten`, `unchanged`
    /// or `nothing`.
    pub outcome: String,
    /// The user of the org.
    pub okta_user: Option<String>,
    /// Its user name.
    pub login: Option<String>,
    /// The rules that decided.
    pub rules: Vec<String>,
    /// Attributes that are missing.
    pub missing: Vec<String>,
}

/// Writes what the mapping makes of an Okta user into the directory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WriteBack {
    /// The person: a distinguished name, user principal name, account name, mail address or objectGUID.
    pub person: String,
    /// The profile of the Okta user; read from the org, by the person's user name, where absent.
    #[serde(default)]
    pub profile: Option<Map<String, Json>>,
    /// Only these attributes; all that the mapping writes where empty.
    #[serde(default)]
    pub only: Vec<String>,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenBack {
    /// Nothing was refused.
    pub is_all_written: bool,
    /// Attributes that were written.
    pub written: Vec<String>,
    /// Attributes that were not.
    pub failed: Vec<NotWrittenBack>,
}

/// An attribute that was not written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotWrittenBack {
    /// The attribute.
    pub attribute: String,
    /// Why, and what to do.
    pub error: String,
}
