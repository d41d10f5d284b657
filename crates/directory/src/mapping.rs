//! The mapping between attributes of the directory and properties of Okta users. It begins as the published table and can be
//! edited for each directory and org: expressions, directions, custom attributes. Every row can be put back.

pub mod limits;
pub mod published;

mod apply;
mod compiled;
pub mod preview;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::expression::Problem;

pub(crate) use apply::shown;
pub use apply::{Mapped, Trouble, TroubleKind, app_user};
pub use compiled::Compiled;
pub use published::{Published, Shape};

/// The most rows of a mapping.
pub const MAX_ROWS: usize = 500;

/// What values of an attribute are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Syntax {
    /// Text; limits count characters.
    Text,
    /// A whole number; limits are its range.
    Number,
    /// A distinguished name.
    Name,
    /// A security identifier.
    Sid,
    /// Bytes.
    Bytes,
}

/// How the directory takes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writing {
    /// The attribute is replaced.
    Modify,
    /// The entry is renamed, because the attribute is part of its name.
    Rename,
    /// The directory sets it itself.
    Never,
    /// The entry that the name stands for becomes the manager.
    ManagerName,
    /// The entry with this user principal name becomes the manager.
    ManagerPrincipal,
}

/// One direction of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Whether the value goes this way.
    pub is_on: bool,
    /// The expression of the value, in the classic dialect.
    pub expression: String,
}

/// One row: an attribute, what it is called on the way, and both directions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The attribute of the directory.
    pub ad: String,
    /// The variable of the app user.
    pub app: String,
    /// The properties of the Okta user that take the value.
    pub okta: Vec<String>,
    /// Whether users without it are ignored or, for a custom attribute, deprovisioned.
    pub is_required: bool,
    /// From the directory to Okta.
    pub to_okta: Way,
    /// From Okta to the directory.
    pub to_ad: Way,
    /// Whether it was added to the published table.
    pub is_custom: bool,
}

/// All rows for one directory and one org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The rows, in the order of the table; custom ones follow.
    pub rows: Vec<Row>,
}

/// What is wrong with a mapping as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flaw {
    /// The attribute of the row.
    pub ad: String,
    /// Which cell it is about.
    pub side: Side,
    /// What is wrong.
    pub kind: FlawKind,
}

/// A side of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The row itself.
    Row,
    /// From the directory to Okta.
    ToOkta,
    /// From Okta to the directory.
    ToAd,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FlawKind {
    /// The expression cannot be read.
    Expression {
        /// Why, and where.
        problem: Problem,
    },
    /// The expression reads a root that is not there in this direction.
    WrongRoot {
        /// The root: `user` toward Okta, `appuser` toward the directory.
        root: String,
    },
    /// Two rows write the same property; the earlier one wins where it has a value.
    Shared {
        /// The property.
        property: String,
        /// The attribute of the other row.
        with: String,
    },
    /// Two rows have the same attribute or variable.
    Repeated {
        /// The name that is there twice.
        name: String,
    },
    /// A base attribute is not there.
    BaseIsMissing,
    /// A name is empty or has letters that attributes do not have.
    BadName {
        /// The name.
        name: String,
    },
    /// More rows than [`MAX_ROWS`].
    TooMany,
}

impl Default for Mapping {
    fn default() -> Self {
        Self::published()
    }
}

impl Mapping {
    /// The published table.
    #[must_use]
    pub fn published() -> Self {
        Self {
            rows: published::ROWS.iter().map(Row::published).collect(),
        }
    }

    /// The row of an attribute.
    #[must_use]
    pub fn row(&self, ad: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.ad.eq_ignore_ascii_case(ad))
    }

    /// Puts one row back as published; a custom row is taken out. Answers whether the attribute was known.
    pub fn reset_row(&mut self, ad: &str) -> bool {
        let place = self
            .rows
            .iter()
            .position(|row| row.ad.eq_ignore_ascii_case(ad));
        let mut table = published::ROWS.iter();
        let published = table
            .find(|row| row.ad.eq_ignore_ascii_case(ad))
            .map(Row::published);
        match (place.and_then(|place| self.rows.get_mut(place)), published) {
            (Some(row), Some(published)) => *row = published,
            (None, Some(published)) => self.rows.push(published),
            (Some(_), None) => self.rows.retain(|row| !row.ad.eq_ignore_ascii_case(ad)),
            (None, None) => return false,
        }
        true
    }

    /// Puts everything back as published and takes custom rows out.
    pub fn reset(&mut self) {
        *self = Self::published();
    }

    /// Adds a custom attribute that is copied in both directions.
    pub fn add_custom(&mut self, ad: &str, app: &str, okta: &str) {
        self.rows.push(Row {
            ad: ad.to_owned(),
            app: app.to_owned(),
            okta: vec![okta.to_owned()],
            is_required: false,
            to_okta: way(true, format!("appuser.{app}")),
            to_ad: way(true, format!("user.{okta}")),
            is_custom: true,
        });
    }

    /// The custom attributes that users must have.
    #[must_use]
    pub fn required_custom(&self) -> Vec<String> {
        let rows = self
            .rows
            .iter()
            .filter(|row| row.is_custom && row.is_required);
        rows.map(|row| row.ad.clone()).collect()
    }

    /// The attributes that an import reads, each once.
    #[must_use]
    pub fn attributes_to_read(&self) -> Vec<String> {
        let rows = self.rows.iter().map(|row| row.ad.as_str());
        let mut names: Vec<String> = Vec::new();
        for name in rows.chain(published::CONTROL) {
            let is_known = names.iter().any(|known| known.eq_ignore_ascii_case(name));
            // The directory has no attributes of these names; both are read from `manager`.
            let is_computed = ["managerDN", "managerUPN"]
                .iter()
                .any(|other| other.eq_ignore_ascii_case(name));
            if !is_known && !is_computed {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// What is wrong; an empty list for the published table but for properties that two of its rows share.
    #[must_use]
    pub fn check(&self) -> Vec<Flaw> {
        let mut flaws = self.compile().1;
        if self.rows.len() > MAX_ROWS {
            flaws.push(flaw("", Side::Row, FlawKind::TooMany));
            return flaws;
        }
        for base in published::BASE {
            if self.row(base).is_none() {
                flaws.push(flaw(base, Side::Row, FlawKind::BaseIsMissing));
            }
        }
        for (place, row) in self.rows.iter().enumerate() {
            let before = self.rows.get(..place).unwrap_or_default();
            flaws.extend(names(row, before));
            flaws.extend(shared(row, before));
        }
        flaws
    }
}

impl Row {
    /// The row of the table as it can be edited. A blank cell counts as yes: Okta's own articles use both directions.
    #[must_use]
    pub fn published(row: &Published) -> Self {
        let property = row.okta.last().copied().unwrap_or(row.app);
        let okta_value = row
            .okta_value
            .map_or_else(|| format!("appuser.{}", row.app), str::to_owned);
        let ad_value = row
            .ad_value
            .map_or_else(|| format!("user.{property}"), str::to_owned);
        Self {
            ad: row.ad.to_owned(),
            app: row.app.to_owned(),
            okta: row.okta.iter().map(|name| (*name).to_owned()).collect(),
            is_required: row.is_required,
            to_okta: way(row.to_okta.unwrap_or(true), okta_value),
            to_ad: way(row.to_ad.unwrap_or(true), ad_value),
            is_custom: false,
        }
    }
}

fn way(is_on: bool, expression: String) -> Way {
    Way { is_on, expression }
}

fn flaw(ad: &str, side: Side, kind: FlawKind) -> Flaw {
    Flaw {
        ad: ad.to_owned(),
        side,
        kind,
    }
}

fn names(row: &Row, before: &[Row]) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for name in [&row.ad, &row.app].into_iter().chain(&row.okta) {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || "_-.;".contains(letter);
        if name.is_empty() || name.len() > 255 || !name.chars().all(is_name) {
            let name = name.clone();
            flaws.push(flaw(&row.ad, Side::Row, FlawKind::BadName { name }));
        }
    }
    for other in before {
        for (name, known) in [(&row.ad, &other.ad), (&row.app, &other.app)] {
            if name.eq_ignore_ascii_case(known) {
                let name = name.clone();
                flaws.push(flaw(&row.ad, Side::Row, FlawKind::Repeated { name }));
            }
        }
    }
    flaws
}

fn shared(row: &Row, before: &[Row]) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for property in row.okta.iter().filter(|_| row.to_okta.is_on) {
        let mut others = before.iter().filter(|other| other.to_okta.is_on);
        if let Some(other) = others.find(|other| other.okta.contains(property)) {
            let kind = FlawKind::Shared {
                property: property.clone(),
                with: other.ad.clone(),
            };
            flaws.push(flaw(&row.ad, Side::ToOkta, kind));
        }
    }
    flaws
}
