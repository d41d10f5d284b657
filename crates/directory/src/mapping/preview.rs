//! One person through the mapping, row by row: what the one side has, what the expression makes of it, and what the other side has
//! now. It is what a page shows while a mapping is edited, so rows that are off or wrong are there too.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::apply::{Mapped, Trouble, TroubleKind, app_user, shown, value_of};
use super::limits;
use super::{Mapping, Row, Way};
use crate::entry::Entry;
use crate::expression::{Dialect, Expression};

/// One row in one direction, for one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// The attribute of the directory.
    pub ad: String,
    /// The property of Okta; the variable of the app user where an expression alone makes the value.
    pub okta: String,
    /// Whether the value goes this way.
    pub is_on: bool,
    /// How it is made.
    pub expression: String,
    /// What the side that gives has.
    pub before: Vec<String>,
    /// What the expression makes of it; `None` sends nothing.
    pub value: Option<String>,
    /// What the side that takes has now.
    pub now: Option<String>,
    /// Whether sending it would change something.
    pub differs: bool,
    /// Whether an earlier row gives this property its value.
    pub is_overruled: bool,
    /// What is wrong.
    pub troubles: Vec<Trouble>,
}

impl Mapping {
    /// The lines from an entry to Okta, one for each property. `profile` is the Okta user as it is.
    #[must_use]
    pub fn preview_to_okta(
        &self,
        entry: &Entry,
        profile: &Map<String, Json>,
        manager: &dyn Fn(&str) -> Option<String>,
        now: DateTime<Utc>,
    ) -> Vec<Line> {
        let app_user = app_user(&self.rows, entry, manager);
        let mut roots = Map::new();
        for root in ["appuser", "source", "active_directory"] {
            roots.insert(root.to_owned(), Json::Object(app_user.clone()));
        }
        let mut given = BTreeSet::new();
        let mut lines = Vec::new();
        for row in &self.rows {
            let (value, troubles) = value(&row.ad, &row.to_okta, &roots, now);
            let before = app_user.get(&row.app).map_or_else(Vec::new, texts);
            for property in &row.okta {
                let taken = profile
                    .get(property)
                    .filter(|value| !value.is_null())
                    .map(shown);
                let is_overruled = value.is_some() && !given.insert(property.as_str());
                let mut line = line(row, property, &row.to_okta, &before);
                line.troubles.clone_from(&troubles);
                line.troubles.extend(
                    value
                        .as_deref()
                        .and_then(|value| too_long(property, limits::for_okta(property, value))),
                );
                line.set(value.clone(), taken, is_overruled);
                lines.push(line);
            }
        }
        lines
    }

    /// The lines from an Okta profile to the directory. `entry` is the user in the directory as it is.
    #[must_use]
    pub fn preview_to_ad(
        &self,
        profile: &Map<String, Json>,
        entry: &Entry,
        now: DateTime<Utc>,
    ) -> Vec<Line> {
        let mut roots = Map::new();
        for root in ["user", "source"] {
            roots.insert(root.to_owned(), Json::Object(profile.clone()));
        }
        let preview = |row: &Row| {
            let (value, troubles) = value(&row.ad, &row.to_ad, &roots, now);
            let property = row.okta.last().unwrap_or(&row.app);
            let before = profile.get(property).map_or_else(Vec::new, texts);
            let attribute = match row.ad.to_ascii_lowercase().as_str() {
                "managerdn" | "managerupn" => "manager",
                _ => row.ad.as_str(),
            };
            let mut line = line(row, property, &row.to_ad, &before);
            line.troubles = troubles;
            let text = value.as_deref().filter(|text| !text.is_empty());
            line.troubles
                .extend(text.and_then(|text| too_long(&row.ad, limits::for_ad(&row.ad, text))));
            line.set(value, entry.first(attribute).map(str::to_owned), false);
            line
        };
        self.rows.iter().map(preview).collect()
    }
}

fn line(row: &Row, property: &str, way: &Way, before: &[String]) -> Line {
    Line {
        ad: row.ad.clone(),
        okta: property.to_owned(),
        is_on: way.is_on,
        expression: way.expression.clone(),
        before: before.to_vec(),
        value: None,
        now: None,
        differs: false,
        is_overruled: false,
        troubles: Vec::new(),
    }
}

impl Line {
    /// An absent value and an empty one are the same to look at; null changes nothing.
    fn set(&mut self, value: Option<String>, now: Option<String>, is_overruled: bool) {
        let is_sent = self.is_on && !is_overruled;
        let differs = value
            .as_ref()
            .is_some_and(|value| *value != now.clone().unwrap_or_default());
        self.differs = is_sent && differs;
        self.is_overruled = is_overruled;
        self.value = value;
        self.now = now;
    }
}

/// The value of a direction that is on, with what is wrong with it.
fn value(
    name: &str,
    way: &Way,
    roots: &Map<String, Json>,
    now: DateTime<Utc>,
) -> (Option<String>, Vec<Trouble>) {
    if !way.is_on {
        return (None, Vec::new());
    }
    let mut mapped = Mapped::default();
    let value = match Expression::read(&way.expression, Dialect::Classic) {
        Ok(expression) => value_of(&expression, roots, now, name, &mut mapped),
        Err(problem) => {
            mapped.trouble(name, TroubleKind::Expression { problem });
            None
        }
    };
    (value.as_ref().map(shown), mapped.troubles)
}

fn too_long(name: &str, fits: Result<(), limits::Misfit>) -> Option<Trouble> {
    fits.err().map(|misfit| Trouble {
        name: name.to_owned(),
        kind: TroubleKind::Length { misfit },
    })
}

fn texts(value: &Json) -> Vec<String> {
    match value {
        Json::Null => Vec::new(),
        Json::Array(items) => items.iter().map(shown).collect(),
        one => vec![shown(one)],
    }
}
