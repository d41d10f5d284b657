//! Other people and other profiles: managers, assistants, linked objects, and the profiles that apps hold of the person. All
//! of them are roots of the context; one that is not there is null.

use serde_json::{Map, Value as Json};

use super::arguments::Arguments;
use super::evaluate::Machine;
use super::functions::Answer;
use super::lookup;
use super::problem::{Fault, quoted};
use super::value::Value;

pub(super) fn manager_user<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    related(machine, given, "manager")
}

pub(super) fn assistant_user<'a>(
    machine: &mut Machine<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    related(machine, given, "assistant")
}

pub(super) fn manager_app_user<'a>(
    machine: &mut Machine<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    related_app_user(machine, given, "managerAppUsers")
}

pub(super) fn assistant_app_user<'a>(
    machine: &mut Machine<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    related_app_user(machine, given, "assistantAppUsers")
}

/// Managers are known from Active Directory alone, and not when a person comes from several.
fn is_known(machine: &Machine<'_>, given: &Arguments<'_, '_>) -> Result<bool, Fault> {
    let source = given.text(0)?.unwrap_or_default();
    if source != "active_directory" {
        let message = format!(
            "Only \"active_directory\" is a source here, not {}.",
            quoted(&source)
        );
        return Err(Fault::new(message));
    }
    Ok(directory_users(machine).len() < 2)
}

/// The root `managerUser` or `manager`, or else an object of that name in the user's profile.
fn related<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>, relation: &str) -> Answer<'a> {
    if !is_known(machine, given)? {
        return Ok(Value::Null);
    }
    let roots = machine.roots;
    let root = roots
        .get(&format!("{relation}User"))
        .or_else(|| roots.get(relation));
    let found = root.or_else(|| in_profile(roots, relation));
    found.map_or(Ok(Value::Null), |json| lookup::read(machine, json))
}

/// An object among the attributes of the user.
fn in_profile<'a>(roots: &'a Map<String, Json>, name: &str) -> Option<&'a Json> {
    let user = roots.get("user")?;
    let found = user.get(name).or_else(|| user.get("profile")?.get(name));
    found.filter(|json| json.is_object())
}

/// By the name of the app: `{"managerAppUsers": {"google": {…}}}`.
fn related_app_user<'a>(
    machine: &mut Machine<'a>,
    given: &Arguments<'_, 'a>,
    root: &str,
) -> Answer<'a> {
    if !is_known(machine, given)? {
        return Ok(Value::Null);
    }
    let app = given.text(1)?.unwrap_or_default();
    let apps = machine.roots.get(root);
    let found = apps.and_then(|apps| apps.get(app.as_ref()));
    found.map_or(Ok(Value::Null), |json| lookup::read(machine, json))
}

pub(super) fn has_directory_user<'a>(
    machine: &mut Machine<'a>,
    _: &Arguments<'_, 'a>,
) -> Answer<'a> {
    Ok(Value::Bool(directory_users(machine).len() == 1))
}

pub(super) fn find_directory_user<'a>(
    machine: &mut Machine<'a>,
    _: &Arguments<'_, 'a>,
) -> Answer<'a> {
    only(machine, &directory_users(machine))
}

pub(super) fn has_workday_user<'a>(machine: &mut Machine<'a>, _: &Arguments<'_, 'a>) -> Answer<'a> {
    Ok(Value::Bool(
        assigned(machine, "workdayUsers", "workday").len() == 1,
    ))
}

pub(super) fn find_workday_user<'a>(
    machine: &mut Machine<'a>,
    _: &Arguments<'_, 'a>,
) -> Answer<'a> {
    only(machine, &assigned(machine, "workdayUsers", "workday"))
}

fn directory_users<'a>(machine: &Machine<'a>) -> Vec<&'a Json> {
    assigned(machine, "directoryUsers", "active_directory")
}

/// The profiles under `list`; where there is no such root, those of the roots that are named like the app.
fn assigned<'a>(machine: &Machine<'a>, list: &str, app: &str) -> Vec<&'a Json> {
    let all = |json: &'a Json| match json {
        Json::Array(items) => items.iter().collect(),
        Json::Null => Vec::new(),
        one => vec![one],
    };
    if let Some(json) = machine.roots.get(list) {
        return all(json);
    }
    let is_named = |name: &str| {
        let rest = name.strip_prefix(app);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_')) && !name.ends_with("_app")
    };
    let named = machine.roots.iter().filter(|(name, _)| is_named(name));
    named.flat_map(|(_, json)| all(json)).collect()
}

fn only<'a>(machine: &mut Machine<'a>, found: &[&'a Json]) -> Answer<'a> {
    match found {
        [one] => lookup::read(machine, one),
        _ => Ok(Value::Null),
    }
}

/// `user.getInternalProperty("id")`: of the user itself, never of its profile.
pub(super) fn internal_property<'a>(
    machine: &mut Machine<'a>,
    user: &Value<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    let name = given.text(0)?.unwrap_or_default();
    match user {
        Value::Object(user) => user
            .get(name.as_ref())
            .map_or(Ok(Value::Null), |json| lookup::read(machine, json)),
        Value::Null => Ok(Value::Null),
        other => Err(Fault::new(format!(
            "{} has no internal properties.",
            other.kind()
        ))),
    }
}

/// `user.getLinkedObject("manager")`: from `linkedObjects` of the user or of the context, or else an object in the profile.
pub(super) fn linked_object<'a>(
    machine: &mut Machine<'a>,
    user: &Value<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    let name = given.text(0)?.unwrap_or_default();
    let of_user = match user {
        Value::Object(user) => user.get("linkedObjects"),
        _ => None,
    };
    let all = of_user.or_else(|| machine.roots.get("linkedObjects"));
    let found = all.and_then(|all| all.get(name.as_ref()));
    let found = found.or_else(|| in_profile(machine.roots, &name));
    found.map_or(Ok(Value::Null), |json| lookup::read(machine, json))
}
