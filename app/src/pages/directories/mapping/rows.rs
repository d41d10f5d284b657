//! What can be done to rows of a mapping, and what is asked about them. Pure.

use api::{MappingRow, MappingWay};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Which way a row goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the directory to Okta only.
    ToOkta,
    /// From Okta to the directory only.
    ToAd,
    /// Both.
    Both,
    /// Neither.
    Off,
}

impl Direction {
    /// The direction of a row.
    pub fn of(row: &MappingRow) -> Self {
        match (row.to_okta.is_on, row.to_ad.is_on) {
            (true, true) => Self::Both,
            (true, false) => Self::ToOkta,
            (false, true) => Self::ToAd,
            (false, false) => Self::Off,
        }
    }

    /// Gives a row this direction.
    pub fn set(self, row: &mut MappingRow) {
        row.to_okta.is_on = matches!(self, Self::ToOkta | Self::Both);
        row.to_ad.is_on = matches!(self, Self::ToAd | Self::Both);
    }
}

/// One row in one direction for one person, as the server shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The attribute.
    pub ad: String,
    /// The property.
    pub okta: String,
    /// It goes this way.
    pub is_on: bool,
    /// What the giving side has.
    #[serde(default)]
    pub before: Vec<String>,
    /// What the expression makes of it.
    pub value: Option<String>,
    /// What the taking side has.
    pub now: Option<String>,
    /// Sending it would change something.
    pub differs: bool,
    /// An earlier row gives the property its value.
    #[serde(default)]
    pub is_overruled: bool,
    /// What is wrong.
    #[serde(default)]
    pub troubles: Vec<Trouble>,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trouble {
    /// What.
    pub kind: TroubleKind,
}

/// Kinds of what is wrong with a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TroubleKind {
    /// The expression has no value.
    Expression { problem: Problem },
    /// Several values, and one is needed.
    NotOneValue,
    /// Too long or too short.
    Length { misfit: Misfit },
    /// Something that this page does not know.
    #[serde(other)]
    Other,
}

/// Where an expression is wrong, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The character, counted from 1.
    pub position: usize,
    /// Why.
    pub message: String,
}

/// How long a value is and may be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Misfit {
    /// How long it is.
    pub is: i64,
    /// How long it must be.
    pub least: i64,
    /// How long it may be.
    pub most: i64,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flaw {
    /// The attribute.
    pub ad: String,
    /// `row`, `to_okta` or `to_ad`.
    pub side: String,
    /// What.
    pub kind: FlawKind,
}

/// Kinds of what is wrong with a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FlawKind {
    /// The expression cannot be read.
    Expression { problem: Problem },
    /// A root is not there in this direction.
    WrongRoot { root: String },
    /// Another row writes the property too.
    Shared { property: String, with: String },
    /// A name is there twice.
    Repeated { name: String },
    /// A base attribute is missing.
    BaseIsMissing,
    /// It is no name.
    BadName { name: String },
    /// There are too many rows.
    TooMany,
    /// Something that this page does not know.
    #[serde(other)]
    Other,
}

impl Flaw {
    /// The mapping cannot be saved with it.
    pub fn stops(&self) -> bool {
        !matches!(self.kind, FlawKind::Shared { .. })
    }
}

/// Reads what the server says; leaves out what is not understood.
pub fn read<T: for<'de> Deserialize<'de>>(said: &[Json]) -> Vec<T> {
    let read = said.iter().cloned().map(serde_json::from_value::<T>);
    read.filter_map(Result::ok).collect()
}

/// The row of an attribute.
pub fn find<'a>(rows: &'a [MappingRow], ad: &str) -> Option<&'a MappingRow> {
    rows.iter().find(|row| row.ad == ad)
}

/// Whether a row is as published.
pub fn is_published(row: &MappingRow, published: &[MappingRow]) -> bool {
    find(published, &row.ad) == Some(row)
}

/// How many rows differ from the published table, those that are not there any more among them.
pub fn changed(rows: &[MappingRow], published: &[MappingRow]) -> usize {
    let edited = rows.iter().filter(|row| !is_published(row, published));
    let gone = published.iter().filter(|row| find(rows, &row.ad).is_none());
    edited.count() + gone.count()
}

/// Puts a row back as published; one that was added goes.
pub fn reset(rows: &mut Vec<MappingRow>, published: &[MappingRow], ad: &str) {
    match find(published, ad) {
        Some(original) => {
            if let Some(row) = rows.iter_mut().find(|row| row.ad == ad) {
                *row = original.clone();
            }
        }
        None => rows.retain(|row| row.ad != ad),
    }
}

/// A new row, copied in both directions.
pub fn custom(ad: &str, okta: &str) -> MappingRow {
    let way = |expression: String| MappingWay {
        is_on: true,
        expression,
    };
    MappingRow {
        ad: ad.to_owned(),
        app: ad.to_owned(),
        okta: vec![okta.to_owned()],
        is_required: false,
        to_okta: way(format!("appuser.{ad}")),
        to_ad: way(format!("user.{okta}")),
        is_custom: true,
    }
}

/// Whether a text can be the name of an attribute.
pub fn is_name(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "_-.;".contains(letter);
    !text.is_empty() && text.len() <= 255 && text.chars().all(is_letter)
}

/// Names with commas between them.
pub fn listed(text: &str) -> Vec<String> {
    let names = text.split([',', '、', ' ']).map(str::trim);
    let names = names.filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

/// What two people made of one mapping, put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The rows: theirs, with mine in them.
    pub rows: Vec<MappingRow>,
    /// Attributes that they changed.
    pub theirs: Vec<String>,
    /// Attributes that both changed, in different ways; mine are kept.
    pub both: Vec<String>,
}

/// Puts together what two people made of `base`.
pub fn merge(base: &[MappingRow], mine: &[MappingRow], theirs: &[MappingRow]) -> Merged {
    let mut merged = Merged {
        rows: theirs.to_vec(),
        theirs: Vec::new(),
        both: Vec::new(),
    };
    let mut names: Vec<&str> = Vec::new();
    for row in base.iter().chain(mine).chain(theirs) {
        if !names.contains(&row.ad.as_str()) {
            names.push(&row.ad);
        }
    }
    for ad in names {
        let (before, my, their) = (find(base, ad), find(mine, ad), find(theirs, ad));
        if their != before {
            merged.theirs.push(ad.to_owned());
        }
        if my == before || my == their {
            continue;
        }
        if their != before {
            merged.both.push(ad.to_owned());
        }
        let place = merged.rows.iter().position(|row| row.ad == ad);
        match (my, place) {
            (Some(row), Some(place)) => {
                if let Some(slot) = merged.rows.get_mut(place) {
                    slot.clone_from(row);
                }
            }
            (Some(row), None) => merged.rows.push(row.clone()),
            (None, _) => merged.rows.retain(|row| row.ad != ad),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn table() -> Vec<MappingRow> {
        ["sn", "mail", "title"]
            .map(|name| MappingRow {
                is_custom: false,
                ..custom(name, name)
            })
            .into()
    }

    #[test]
    fn a_direction_is_two_switches() {
        let mut row = custom("a", "b");
        for direction in [
            Direction::Off,
            Direction::ToAd,
            Direction::ToOkta,
            Direction::Both,
        ] {
            direction.set(&mut row);
            assert_eq!(Direction::of(&row), direction);
        }
    }

    #[test]
    fn rows_are_put_back_and_added_ones_go() {
        let published = table();
        let mut rows = table();
        rows[0].to_okta.expression = "appuser.x".to_owned();
        rows.push(custom("extensionAttribute1", "costCenter"));
        assert_eq!(changed(&rows, &published), 2);
        reset(&mut rows, &published, "sn");
        reset(&mut rows, &published, "extensionAttribute1");
        assert_eq!(rows, published);
        rows.remove(2);
        assert_eq!(changed(&rows, &published), 1);
    }

    #[test]
    fn what_two_people_changed_is_put_together() {
        let base = table();
        let (mut mine, mut theirs) = (table(), table());
        mine[0].to_okta.is_on = false;
        mine[1].to_ad.is_on = false;
        mine.push(custom("mine", "mine"));
        theirs[1].to_ad.expression = "user.other".to_owned();
        theirs.remove(2);
        let merged = merge(&base, &mine, &theirs);
        assert_eq!(merged.theirs, ["mail", "title"]);
        assert_eq!(merged.both, ["mail"]);
        let names: Vec<&str> = merged.rows.iter().map(|row| row.ad.as_str()).collect();
        assert_eq!(names, ["sn", "mail", "mine"]);
        assert!(!merged.rows[0].to_okta.is_on);
        assert_eq!(merged.rows[1], mine[1]);
        assert_eq!(merge(&base, &base, &theirs).rows, theirs);
    }

    #[test]
    fn what_the_server_says_is_read() {
        let flaws: Vec<Flaw> = read(&[
            json!({ "ad": "sn", "side": "to_okta", "kind": { "kind": "expression", "problem": { "position": 3, "message": "m" } } }),
            json!({ "ad": "c", "side": "to_okta", "kind": { "kind": "shared", "property": "countryCode", "with": "co" } }),
            json!({ "ad": "x", "side": "row", "kind": { "kind": "of_tomorrow" } }),
            json!({ "nothing": true }),
        ]);
        assert_eq!(flaws.len(), 3);
        assert!(flaws[0].stops() && !flaws[1].stops());
        let lines: Vec<Line> = read(&[json!({
            "ad": "sn", "okta": "lastName", "is_on": true, "expression": "x", "before": ["a"], "value": "a", "now": null,
            "differs": true, "is_overruled": false,
            "troubles": [{ "name": "sn", "kind": { "kind": "length", "misfit": { "is": 60, "least": 1, "most": 50 } } }],
        })]);
        assert_eq!(
            lines[0].troubles[0].kind,
            TroubleKind::Length {
                misfit: Misfit {
                    is: 60,
                    least: 1,
                    most: 50
                }
            }
        );
    }

    #[test]
    fn names_of_attributes() {
        for (name, is) in [
            ("extensionAttribute1", true),
            ("", false),
            ("a b", false),
            ("名前", false),
            ("a-b_c.d;x", true),
        ] {
            assert_eq!(is_name(name), is, "{name}");
        }
    }
}
