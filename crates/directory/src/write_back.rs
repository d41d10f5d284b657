//! From Okta to the directory: what a profile would write into an entry, attribute by attribute, and who becomes the manager. A
//! wrong manager is an error of that attribute alone; everything else is written.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::decode::name::Name;
use crate::entry::Entry;
use crate::import::{DIRECTIONS, MANAGER_NAME, MANAGER_PRINCIPAL, MANAGER_WRONG, Rule};
use crate::mapping::published::ROWS;
use crate::mapping::{Compiled, Trouble, Writing};

/// By which value a manager is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ManagerBy {
    /// The user principal name; the manager must be in the user's own domain.
    Principal,
    /// The distinguished name; the manager may be in another domain.
    Name,
}

/// What the directory knows of the manager that a value names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Whether there is such an entry.
    pub is_there: bool,
    /// The DNS name of its domain, if that is known.
    pub domain: Option<String>,
}

/// What becomes of the manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ManagerOutcome {
    /// It is written.
    SetManager,
    /// It is taken away, because the value is empty.
    ClearManager,
    /// There is no value, so it stays.
    Unchanged,
    /// It cannot be written; other attributes can.
    ManagerUpdateFailed,
}

/// Why a manager cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ManagerReason {
    /// The manager is in another domain, and the mapping names it by its user principal name.
    OtherDomain,
    /// The value is no distinguished name, but the mapping takes one.
    NotAName,
    /// The value is no user principal name, but the mapping takes one.
    NotAPrincipal,
    /// The directory has no such entry.
    NotFound,
}

/// What the rules say of a manager.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ManagerVerdict {
    /// What becomes of it.
    pub outcome: ManagerOutcome,
    /// Why it fails.
    pub reason: Option<ManagerReason>,
    /// The rules that decided.
    pub rules: Vec<Rule>,
}

/// Asks the rules about a manager (AD-R7 to AD-R9). `user_domain` is the DNS name of the user's domain, if it is known.
#[must_use]
pub fn manager(
    by: ManagerBy,
    value: Option<&str>,
    user_domain: Option<&str>,
    found: &Found,
) -> ManagerVerdict {
    let own = match by {
        ManagerBy::Principal => MANAGER_PRINCIPAL,
        ManagerBy::Name => MANAGER_NAME,
    };
    let says = |outcome, reason, rules: &[Rule]| ManagerVerdict {
        outcome,
        reason,
        rules: rules.to_vec(),
    };
    let value = match value.map(str::trim) {
        None => return says(ManagerOutcome::Unchanged, None, &[own]),
        Some("") => return says(ManagerOutcome::ClearManager, None, &[own]),
        Some(value) => value,
    };
    let reason = match by {
        ManagerBy::Name => wrong_name(value, found),
        ManagerBy::Principal => wrong_principal(value, user_domain, found),
    };
    match reason {
        None => says(ManagerOutcome::SetManager, None, &[own]),
        Some(reason) => {
            let rules = [own, MANAGER_WRONG];
            says(ManagerOutcome::ManagerUpdateFailed, Some(reason), &rules)
        }
    }
}

fn wrong_name(value: &str, found: &Found) -> Option<ManagerReason> {
    if !is_name(value) {
        return Some(ManagerReason::NotAName);
    }
    (!found.is_there).then_some(ManagerReason::NotFound)
}

fn wrong_principal(value: &str, user_domain: Option<&str>, found: &Found) -> Option<ManagerReason> {
    if is_name(value) {
        return Some(ManagerReason::NotAPrincipal);
    }
    if !found.is_there {
        return Some(ManagerReason::NotFound);
    }
    let (Some(own), Some(other)) = (user_domain, found.domain.as_deref()) else {
        return None;
    };
    let bare = |domain: &str| domain.trim().trim_end_matches('.').to_lowercase();
    (bare(own) != bare(other)).then_some(ManagerReason::OtherDomain)
}

fn is_name(value: &str) -> bool {
    value
        .parse::<Name>()
        .is_ok_and(|name| !name.parts().is_empty())
}

/// One attribute that would be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Write {
    /// The attribute of the directory; `manager` for both of its rows.
    pub attribute: String,
    /// What is there now.
    pub before: Option<String>,
    /// What would be there; an empty text takes the attribute away.
    pub after: String,
    /// How the directory takes it.
    pub writing: Writing,
}

/// What a profile would write.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct WriteBack {
    /// Attributes that differ and can be written.
    pub writes: Vec<Write>,
    /// Attributes that differ and that the directory sets itself.
    pub refused: Vec<Write>,
    /// Values that could not be made or will not be taken.
    pub troubles: Vec<Trouble>,
    /// The rule by which rows were chosen.
    pub rules: Vec<Rule>,
}

/// The attributes that a profile gives the directory, as text by attribute.
#[must_use]
pub fn values(
    mapping: &Compiled,
    profile: &Map<String, Json>,
    now: DateTime<Utc>,
) -> BTreeMap<String, String> {
    let mapped = mapping.to_ad(profile, now);
    let text = |(name, value): (String, Json)| (name, crate::mapping::shown(&value));
    mapped.values.into_iter().map(text).collect()
}

/// Compares what a profile gives with an entry.
#[must_use]
pub fn compare(
    mapping: &Compiled,
    profile: &Map<String, Json>,
    entry: &Entry,
    now: DateTime<Utc>,
) -> WriteBack {
    let mapped = mapping.to_ad(profile, now);
    let mut result = WriteBack {
        troubles: mapped.troubles,
        rules: vec![DIRECTIONS],
        ..WriteBack::default()
    };
    for (name, value) in &mapped.values {
        let writing = writing_of(name);
        let attribute = match writing {
            Writing::ManagerName | Writing::ManagerPrincipal => "manager",
            Writing::Modify | Writing::Rename | Writing::Never => name.as_str(),
        };
        let after = crate::mapping::shown(value);
        let before = entry.first(attribute).map(str::to_owned);
        if before.as_deref().unwrap_or_default() == after {
            continue;
        }
        // A name of which a part is missing renames nobody.
        if writing == Writing::Rename && (after.is_empty() || after.trim() != after) {
            continue;
        }
        let write = Write {
            attribute: attribute.to_owned(),
            before,
            after,
            writing,
        };
        if writing == Writing::Never {
            result.refused.push(write);
        } else {
            result.writes.push(write);
        }
    }
    result
}

/// How the directory takes an attribute; custom ones are replaced.
fn writing_of(attribute: &str) -> Writing {
    let row = ROWS
        .iter()
        .find(|row| row.ad.eq_ignore_ascii_case(attribute));
    row.map_or(Writing::Modify, |row| row.writing)
}
