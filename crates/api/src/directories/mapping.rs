//! How values are made for users of a directory.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// One row of a mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingRow {
    /// The attribute of the directory.
    pub ad: String,
    /// The variable of the app user.
    pub app: String,
    /// The properties of the Okta user that take the value.
    pub okta: Vec<String>,
    /// Users without it are ignored or, for a custom attribute, deprovisioned.
    #[serde(default)]
    pub is_required: bool,
    /// From the directory to Okta.
    pub to_okta: MappingWay,
    /// From Okta to the directory.
    pub to_ad: MappingWay,
    /// It was added to the published table.
    #[serde(default)]
    pub is_custom: bool,
}

/// One direction of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingWay {
    /// The value goes this way.
    pub is_on: bool,
    /// The expression of the value, in the classic dialect.
    pub expression: String,
}

/// How values are made for one directory and org.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MappingView {
    /// The rows.
    pub rows: Vec<MappingRow>,
    /// It is as published.
    pub is_published: bool,
    /// What is wrong, by row and direction.
    pub flaws: Vec<Json>,
    /// Saving names the revision of the directory that was edited.
    pub revision: i64,
    /// The rows as published.
    #[serde(default)]
    pub published: Vec<MappingRow>,
    /// What is known of the published attributes.
    #[serde(default)]
    pub attributes: Vec<AttributeFacts>,
}

/// What is known of an attribute of the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeFacts {
    /// The attribute.
    pub ad: String,
    /// What values are: `text`, `number`, `name`, `sid` or `bytes`.
    pub syntax: String,
    /// There is one value at most.
    pub is_single: bool,
    /// The smallest number, or the fewest characters or bytes.
    pub least: Option<u32>,
    /// The largest number, or the most characters or bytes.
    pub most: Option<u32>,
    /// How the directory takes it: `modify`, `rename`, `never`, `manager_name` or `manager_principal`.
    pub writing: String,
    /// It cannot be taken out of the mapping.
    pub is_base: bool,
}

/// Checks rows before they are saved.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckMapping {
    /// The rows; those that are saved where absent.
    #[serde(default)]
    pub rows: Option<Vec<MappingRow>>,
    /// The org is asked which properties its users have.
    #[serde(default)]
    pub asks_org: bool,
}

/// What a check of rows says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MappingCheck {
    /// What is wrong, by row and direction.
    pub flaws: Vec<Json>,
    /// The properties that users of the org have, where the org was asked and answered.
    pub properties: Option<Vec<String>>,
    /// Why the org did not answer.
    pub org_error: Option<String>,
}

/// Replaces the rows of a mapping; the published table comes back where there are none.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveMapping {
    /// The revision of the directory that was edited.
    pub revision: i64,
    /// The rows.
    #[serde(default)]
    pub rows: Option<Vec<MappingRow>>,
}

/// Shows one person through a mapping.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviewMapping {
    /// The person: a distinguished name, user principal name, sAMAccountName or mail address.
    pub person: String,
    /// The rows to try; those that are saved where absent.
    #[serde(default)]
    pub rows: Option<Vec<MappingRow>>,
}

/// Tries one row of a mapping on everybody, page by page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TryMapping {
    /// The attribute whose row is tried: on the directory where it goes to Okta, else on the users of the org.
    pub ad: String,
    /// The rows it stands among; those that are saved where absent.
    #[serde(default)]
    pub rows: Option<Vec<MappingRow>>,
    /// The cursor of the page before.
    #[serde(default)]
    pub after: Option<String>,
}

/// A page of people through one row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MappingTrial {
    /// The people of this page.
    pub tried: u64,
    /// Those of them whom the row does not suit, 20 at most.
    pub wrong: Vec<TriedPerson>,
    /// Others whom it does not suit.
    pub more_wrong: u64,
    /// Where the next page begins; nothing on the last one.
    pub next: Option<String>,
}

/// Somebody whom a row does not suit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TriedPerson {
    /// Who, as people call them.
    pub name: String,
    /// What the row makes of them.
    pub value: Option<String>,
    /// What is wrong with it.
    pub troubles: Vec<Json>,
}

/// One person through a mapping.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MappingPreview {
    /// The person's distinguished name.
    pub name: String,
    /// Its user name in the org, where there is one.
    pub login: Option<String>,
    /// What an import would do, with the rules.
    pub verdict: Json,
    /// The id of its user in the org.
    pub okta_user: Option<String>,
    /// From the directory to Okta, a line for each property.
    pub to_okta: Vec<Json>,
    /// From Okta to the directory.
    pub to_ad: Vec<Json>,
}
