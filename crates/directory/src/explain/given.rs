//! Reads what a vector gives. Names are those of the vectors; what is left out has the default of a real import.

use serde_json::{Map, Value as Json};

use crate::decode::name::Name;
use crate::entry::Entry;
use crate::import::decide::{OktaUser, Outcome, Trigger};
use crate::import::settings::{Removal, Settings, UsernameFormat};
use crate::mapping::Mapping;
use crate::write_back::{Found, ManagerBy};

type Given = Map<String, Json>;

fn text<'a>(given: &'a Given, name: &str) -> Option<&'a str> {
    given.get(name)?.as_str()
}

fn truth(given: &Given, name: &str) -> bool {
    given.get(name).and_then(Json::as_bool).unwrap_or(false)
}

fn texts(given: &Given, name: &str) -> Vec<String> {
    let items = given.get(name).and_then(Json::as_array);
    let items = items.map(Vec::as_slice).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}

/// The user in the directory.
pub(super) fn entry(given: &Given) -> Result<Option<Entry>, String> {
    match given.get("ad_user") {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Object(user)) => Ok(Some(Entry::from_json(user))),
        Some(_) => Err("`ad_user` must be an object or null.".to_owned()),
    }
}

/// What made the user be looked at; `None` where the vector is about values alone.
pub(super) fn trigger(given: &Given) -> Result<Option<Trigger>, String> {
    match text(given, "import") {
        Some("full") => return Ok(Some(Trigger::Full)),
        Some("incremental") => return Ok(Some(Trigger::Incremental)),
        Some("jit" | "just_in_time") => return Ok(Some(Trigger::SignIn)),
        Some("none") | None => {}
        Some(other) => {
            return Err(format!(
                "`import` is full, incremental or none, not {other:?}."
            ));
        }
    }
    Ok(truth(given, "jit_sign_in").then_some(Trigger::SignIn))
}

/// The Okta user of a known user; `None` for one who was never imported.
pub(super) fn known(given: &Given) -> Option<OktaUser> {
    if !truth(given, "known") {
        return None;
    }
    if matches!(given.get("okta_user"), Some(Json::Null)) {
        return Some(OktaUser::None);
    }
    let status = text(given, "okta_status").unwrap_or("ACTIVE");
    Some(match status.to_ascii_uppercase().as_str() {
        "DEPROVISIONED" | "DEACTIVATED" => OktaUser::Deactivated,
        "SUSPENDED" => OktaUser::Suspended,
        _ => OktaUser::Live,
    })
}

/// What an administrator chose.
pub(super) fn settings(given: &Given) -> Result<Settings, String> {
    let units = match given.get("selected_ous") {
        None | Some(Json::Null) => None,
        Some(_) => {
            let names: Result<Vec<Name>, _> = texts(given, "selected_ous")
                .iter()
                .map(|unit| unit.parse())
                .collect();
            Some(names.map_err(|error| error.to_string())?)
        }
    };
    let removal = match text(given, "on_removal").unwrap_or("deactivate") {
        "suspend" => Removal::Suspend,
        "keep" | "do_nothing" | "nothing" => Removal::Keep,
        _ => Removal::Deactivate,
    };
    Ok(Settings {
        username: username(given)?,
        naming_context: text(given, "naming_context").map(str::to_owned),
        units,
        required_custom: texts(given, "required_custom"),
        is_just_in_time: truth(given, "jit_enabled") || text(given, "import") == Some("jit"),
        removal,
        ..Settings::default()
    })
}

fn username(given: &Given) -> Result<UsernameFormat, String> {
    let format = text(given, "username_format").unwrap_or("upn");
    match format.to_ascii_lowercase().replace(['_', ' '], "").as_str() {
        "upn" | "userprincipalname" => Ok(UsernameFormat::Upn),
        "email" | "mail" => Ok(UsernameFormat::Email),
        "samaccountname" => Ok(UsernameFormat::SamAccountName),
        "custom" => {
            let expression = text(given, "expression");
            let expression = expression.ok_or("A custom user name needs an `expression`.")?;
            Ok(UsernameFormat::Custom(expression.to_owned()))
        }
        _ => Err(format!("{format:?} is no user name format.")),
    }
}

/// The published table, with what the vector adds to it.
pub(super) fn mapping(given: &Given) -> Result<Mapping, String> {
    let mut mapping = Mapping::published();
    for name in texts(given, "required_custom") {
        if mapping.row(&name).is_none() {
            mapping.add_custom(&name, &name, &name);
        }
    }
    let changed = given.get("expressions").and_then(Json::as_object);
    for (attribute, expression) in changed.into_iter().flatten() {
        let expression = expression.as_str().ok_or("An expression is a text.")?;
        let mut rows = mapping.rows.iter_mut();
        let row = rows.find(|row| row.ad.eq_ignore_ascii_case(attribute));
        let row = row.ok_or_else(|| format!("The mapping has no attribute {attribute}."))?;
        let way = match text(given, "direction") {
            Some("okta_to_ad") => &mut row.to_ad,
            _ => &mut row.to_okta,
        };
        expression.clone_into(&mut way.expression);
    }
    Ok(mapping)
}

/// The user principal name of the manager, where the vector gives one.
pub(super) fn manager_principal(given: &Given) -> Option<String> {
    text(given, "manager_upn").map(str::to_owned)
}

/// A question about a manager.
pub(super) struct Manager {
    pub(super) by: ManagerBy,
    pub(super) value: Option<String>,
    pub(super) user_domain: Option<String>,
    pub(super) found: Found,
}

impl Manager {
    pub(super) fn read(given: &Given) -> Result<Self, String> {
        let mapping = text(given, "mapping").unwrap_or_default();
        let by = match mapping.to_ascii_lowercase().as_str() {
            "managerupn" => ManagerBy::Principal,
            "managerdn" => ManagerBy::Name,
            _ => {
                return Err(format!(
                    "`mapping` is managerUpn or managerDn, not {mapping:?}."
                ));
            }
        };
        let value = text(given, "value").map(str::to_owned);
        let domain = |name| text(given, name).map(str::to_owned);
        let of_name = || value.as_deref()?.parse::<Name>().ok()?.domain();
        Ok(Self {
            by,
            user_domain: domain("user_domain"),
            found: Found {
                is_there: given
                    .get("manager_found")
                    .and_then(Json::as_bool)
                    .unwrap_or(true),
                domain: domain("manager_domain").or_else(of_name),
            },
            value,
        })
    }
}

/// The words of vectors for outcomes: whether a known user differs is not theirs to know.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Import => "import",
        Outcome::Update => "update_or_unchanged",
        Outcome::Ignored => "ignored",
        Outcome::Skipped => "skipped",
        Outcome::Deactivate => "deactivate",
        Outcome::Deprovision => "deprovision",
        Outcome::Unchanged => "unchanged",
        Outcome::ForgetImportRecord => "forget_import_record",
    }
}

/// What Okta would be asked to do.
pub(super) fn call(outcome: Outcome, settings: &Settings) -> Option<&'static str> {
    match outcome {
        Outcome::Import => Some("create_or_match"),
        Outcome::Update => Some("update"),
        Outcome::Deactivate | Outcome::Deprovision => match settings.removal {
            Removal::Deactivate => Some("deactivate"),
            Removal::Suspend => Some("suspend"),
            Removal::Keep => None,
        },
        Outcome::Ignored | Outcome::Skipped | Outcome::Unchanged | Outcome::ForgetImportRecord => {
            None
        }
    }
}
