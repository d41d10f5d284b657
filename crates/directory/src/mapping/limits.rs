//! How long values may be: at Okta by the description of its user profile, in the directory by its schema.

use super::published::ROWS;
use super::{Shape, Syntax};

/// The fewest and the most characters of properties of the default user profile; others are not limited there.
const OKTA: [(&str, usize, usize); 14] = [
    ("login", 5, 100),
    ("email", 5, 100),
    ("secondEmail", 5, 100),
    ("firstName", 1, 50),
    ("lastName", 1, 50),
    ("mobilePhone", 0, 100),
    ("primaryPhone", 0, 100),
    ("city", 0, 128),
    ("state", 0, 128),
    ("streetAddress", 0, 1024),
    ("postalAddress", 0, 4096),
    ("zipCode", 0, 50),
    ("countryCode", 0, 2),
    ("externalId", 0, 512),
];

/// The properties that every org has; any other must be added to its user profile.
pub const OKTA_BASE: [&str; 31] = [
    "login",
    "email",
    "secondEmail",
    "firstName",
    "lastName",
    "middleName",
    "honorificPrefix",
    "honorificSuffix",
    "title",
    "displayName",
    "nickName",
    "profileUrl",
    "primaryPhone",
    "mobilePhone",
    "streetAddress",
    "city",
    "state",
    "zipCode",
    "countryCode",
    "postalAddress",
    "preferredLanguage",
    "locale",
    "timezone",
    "userType",
    "employeeNumber",
    "costCenter",
    "organization",
    "division",
    "department",
    "managerId",
    "manager",
];

/// Whether every org has the property.
#[must_use]
pub fn is_okta_base(property: &str) -> bool {
    OKTA_BASE.contains(&property)
}

/// A value that is longer or shorter than allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Misfit {
    /// How much it is: characters, bytes, or the number itself.
    pub is: i64,
    /// The least that is allowed.
    pub least: i64,
    /// The most that is allowed.
    pub most: i64,
}

/// Whether a value fits a property of Okta.
pub fn for_okta(property: &str, value: &str) -> Result<(), Misfit> {
    let Some((_, least, most)) = OKTA.iter().find(|(name, _, _)| *name == property) else {
        return Ok(());
    };
    let count = value.chars().count();
    if (*least..=*most).contains(&count) {
        return Ok(());
    }
    Err(misfit(count, *least, *most))
}

/// Whether a value fits an attribute of the directory. Custom attributes are not known here and fit.
pub fn for_ad(attribute: &str, value: &str) -> Result<(), Misfit> {
    let row = ROWS
        .iter()
        .find(|row| row.ad.eq_ignore_ascii_case(attribute));
    row.map_or(Ok(()), |row| fits(row.shape, value))
}

fn fits(shape: Shape, value: &str) -> Result<(), Misfit> {
    let least = i64::from(shape.least.unwrap_or(0));
    let most = shape.most.map_or(i64::MAX, i64::from);
    let is = match shape.syntax {
        Syntax::Text => i64::try_from(value.chars().count()).unwrap_or(i64::MAX),
        Syntax::Number => value.trim().parse().unwrap_or(i64::MIN),
        Syntax::Name | Syntax::Sid | Syntax::Bytes => return Ok(()),
    };
    let least = if shape.syntax == Syntax::Number && shape.least.is_none() {
        i64::from(i32::MIN)
    } else {
        least
    };
    if (least..=most).contains(&is) {
        return Ok(());
    }
    Err(Misfit { is, least, most })
}

fn misfit(is: usize, least: usize, most: usize) -> Misfit {
    let wide = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Misfit {
        is: wide(is),
        least: wide(least),
        most: wide(most),
    }
}
