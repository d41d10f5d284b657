//! The published table of attributes, row by row in its order: what the attribute is called in the directory, in the profile of
//! the directory's app and at Okta, in which directions it is copied, and what the directory's schema allows.

use super::{Syntax, Writing};

/// A row as published. An expression stands where the value is more than a copy.
#[derive(Debug)]
pub struct Published {
    /// The attribute of the directory.
    pub ad: &'static str,
    /// The variable of the app user: `appuser.<this>`.
    pub app: &'static str,
    /// The properties of the Okta user; none where an expression alone makes the value.
    pub okta: &'static [&'static str],
    /// Whether a user without it is ignored.
    pub is_required: bool,
    /// Whether it goes to Okta; `None` where the cell is blank.
    pub to_okta: Option<bool>,
    /// Whether it goes to the directory; `None` where the cell is blank.
    pub to_ad: Option<bool>,
    /// How the value for Okta is made, other than by a copy.
    pub okta_value: Option<&'static str>,
    /// How the value for the directory is made, other than by a copy.
    pub ad_value: Option<&'static str>,
    /// What the schema of the directory allows.
    pub shape: Shape,
    /// How the directory takes it.
    pub writing: Writing,
}

/// What the schema of the directory allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// What values are.
    pub syntax: Syntax,
    /// Whether there is one value at most.
    pub is_single: bool,
    /// The smallest number, or the fewest characters or bytes.
    pub least: Option<u32>,
    /// The largest number, or the most characters or bytes.
    pub most: Option<u32>,
}

const fn shape(syntax: Syntax, is_single: bool, least: Option<u32>, most: Option<u32>) -> Shape {
    Shape {
        syntax,
        is_single,
        least,
        most,
    }
}

const YES: Option<bool> = Some(true);
const NO: Option<bool> = Some(false);
const BLANK: Option<bool> = None;

/// All rows.
#[rustfmt::skip]
pub static ROWS: [Published; 32] = [
    Published {
        ad: "distinguishedName", app: "dn", okta: &["dn"],
        is_required: true, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Name, true, None, None), writing: Writing::Never,
    },
    Published {
        ad: "givenName", app: "firstName", okta: &["firstName"],
        is_required: true, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(64)), writing: Writing::Modify,
    },
    Published {
        ad: "mail", app: "email", okta: &["email"],
        is_required: true, to_okta: YES, to_ad: YES,
        okta_value: Some("appuser.email != null ? appuser.email : appuser.userName"), ad_value: None,
        shape: shape(Syntax::Text, true, Some(0), Some(256)), writing: Writing::Modify,
    },
    Published {
        ad: "objectGUID", app: "externalId", okta: &["externalId"],
        is_required: true, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Bytes, true, Some(16), Some(16)), writing: Writing::Never,
    },
    Published {
        ad: "objectSid", app: "objectSid", okta: &["objectSid"],
        is_required: true, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Sid, true, Some(0), Some(28)), writing: Writing::Never,
    },
    Published {
        ad: "primaryGroupID", app: "primaryGroupID", okta: &["primaryGroupID"],
        is_required: true, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Number, true, None, None), writing: Writing::Modify,
    },
    Published {
        ad: "userPrincipalName", app: "userName", okta: &["userName", "email", "login"],
        is_required: true, to_okta: NO, to_ad: YES,
        okta_value: None, ad_value: Some("user.login"),
        shape: shape(Syntax::Text, true, None, Some(1024)), writing: Writing::Modify,
    },
    Published {
        ad: "sn", app: "lastName", okta: &["lastName"],
        is_required: true, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(64)), writing: Writing::Modify,
    },
    Published {
        ad: "sAMAccountName", app: "sAMAccountName", okta: &[],
        is_required: false, to_okta: NO, to_ad: YES,
        okta_value: None, ad_value: Some("substringBefore(user.login, \"@\")"),
        shape: shape(Syntax::Text, true, Some(0), Some(256)), writing: Writing::Modify,
    },
    Published {
        ad: "c", app: "countryCode", okta: &["countryCode"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(3)), writing: Writing::Modify,
    },
    Published {
        ad: "cn", app: "cn", okta: &[],
        is_required: false, to_okta: NO, to_ad: YES,
        okta_value: None, ad_value: Some("user.firstName + \" \" + user.lastName"),
        shape: shape(Syntax::Text, true, Some(1), Some(64)), writing: Writing::Rename,
    },
    Published {
        ad: "co", app: "co", okta: &["co"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(128)), writing: Writing::Modify,
    },
    Published {
        ad: "countryCode", app: "adCountryCode", okta: &["countryCode"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: Some("Iso3166Convert.toAlpha2(appuser.adCountryCode)"), ad_value: Some("Convert.toInt(Iso3166Convert.toNumeric(user.countryCode))"),
        shape: shape(Syntax::Number, true, Some(0), Some(65535)), writing: Writing::Modify,
    },
    Published {
        ad: "department", app: "department", okta: &["department"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(64)), writing: Writing::Modify,
    },
    Published {
        ad: "departmentNumber", app: "departmentNumber", okta: &["departmentNumber"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, false, None, None), writing: Writing::Modify,
    },
    Published {
        ad: "displayName", app: "displayName", okta: &["displayName"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(0), Some(256)), writing: Writing::Modify,
    },
    Published {
        ad: "division", app: "division", okta: &["division"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(0), Some(256)), writing: Writing::Modify,
    },
    Published {
        ad: "employeeID", app: "employeeID", okta: &["employeeID"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(0), Some(16)), writing: Writing::Modify,
    },
    Published {
        ad: "employeeNumber", app: "employeeNumber", okta: &["employeeNumber"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(512)), writing: Writing::Modify,
    },
    Published {
        ad: "generationQualifier", app: "honorificPrefix", okta: &["honorificPrefix"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(64)), writing: Writing::Modify,
    },
    Published {
        ad: "l", app: "city", okta: &["city"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(128)), writing: Writing::Modify,
    },
    Published {
        ad: "managerDN", app: "managerDN", okta: &["managerDN"],
        is_required: false, to_okta: BLANK, to_ad: BLANK,
        okta_value: Some("appuser.managerDn"), ad_value: None,
        shape: shape(Syntax::Name, true, None, None), writing: Writing::ManagerName,
    },
    Published {
        ad: "managerUPN", app: "managerUpn", okta: &["managerUpn"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, None, None), writing: Writing::ManagerPrincipal,
    },
    Published {
        ad: "middleName", app: "middleName", okta: &["middleName"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(0), Some(64)), writing: Writing::Modify,
    },
    Published {
        ad: "mobile", app: "mobilePhone", okta: &["mobilePhone"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(64)), writing: Writing::Modify,
    },
    Published {
        ad: "personalTitle", app: "honorificSuffix", okta: &["honorificSuffix"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(64)), writing: Writing::Modify,
    },
    Published {
        ad: "postalCode", app: "postalCode", okta: &["zipCode"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(40)), writing: Writing::Modify,
    },
    Published {
        ad: "preferredLanguage", app: "preferredLanguage", okta: &["preferredLanguage"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, None, None), writing: Writing::Modify,
    },
    Published {
        ad: "st", app: "state", okta: &["state"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(128)), writing: Writing::Modify,
    },
    Published {
        ad: "streetAddress", app: "streetAddress", okta: &["streetAddress"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(1024)), writing: Writing::Modify,
    },
    Published {
        ad: "telephoneNumber", app: "telephoneNumber", okta: &["telephoneNumber"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(64)), writing: Writing::Modify,
    },
    Published {
        ad: "title", app: "title", okta: &["title"],
        is_required: false, to_okta: YES, to_ad: YES,
        okta_value: None, ad_value: None,
        shape: shape(Syntax::Text, true, Some(1), Some(128)), writing: Writing::Modify,
    },
];

/// Attributes that every import reads besides those of the table.
pub const CONTROL: [&str; 9] = [
    "userAccountControl",
    "accountExpires",
    "isCriticalSystemObject",
    "sAMAccountType",
    "uSNChanged",
    "whenChanged",
    "isDeleted",
    "lastKnownParent",
    "manager",
];

/// The attributes of the directory that cannot be taken out of the mapping.
pub const BASE: [&str; 10] = [
    "distinguishedName",
    "mail",
    "objectGUID",
    "givenName",
    "sn",
    "managerUPN",
    "objectSid",
    "primaryGroupID",
    "sAMAccountName",
    "userPrincipalName",
];
