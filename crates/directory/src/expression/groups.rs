//! Groups of the person. They are the context's `groups`, else `user.groups`: each a text (which is its id and its name) or an
//! object with `id`, `type`, `name` or `profile.name`, and `source.id`.

use serde_json::{Map, Value as Json};

use super::arguments::{Arguments, whole};
use super::evaluate::Machine;
use super::functions::Answer;
use super::operators::whole_pattern;
use super::problem::{Fault, quoted};
use super::value::Value;

/// A group as the context describes it.
#[derive(Clone, Copy)]
pub(super) struct Group<'a>(&'a Json);

impl<'a> Group<'a> {
    fn object(self) -> Option<&'a Map<String, Json>> {
        self.0.as_object()
    }

    fn part(self, name: &str) -> Option<&'a str> {
        self.object()?.get(name)?.as_str()
    }

    fn id(self) -> &'a str {
        self.0.as_str().or_else(|| self.part("id")).unwrap_or("")
    }

    fn name(self) -> &'a str {
        let profile = || self.object()?.get("profile")?.get("name")?.as_str();
        let name = self.0.as_str().or_else(|| self.part("name"));
        name.or_else(profile).unwrap_or("")
    }

    fn kind(self) -> &'a str {
        self.part("type").unwrap_or("")
    }

    fn source(self) -> &'a str {
        let nested = || self.object()?.get("source")?.get("id")?.as_str();
        nested().or_else(|| self.part("source")).unwrap_or("")
    }

    fn value(self) -> Value<'a> {
        self.object()
            .map_or_else(|| Value::text(self.id()), Value::Object)
    }
}

/// The groups of the person, paid for.
fn groups<'a>(machine: &mut Machine<'a>) -> Result<Vec<Group<'a>>, Fault> {
    let of_user = || machine.roots.get("user")?.get("groups");
    let found = machine.roots.get("groups").or_else(of_user);
    let Some(items) = found.and_then(Json::as_array) else {
        return Ok(Vec::new());
    };
    machine.room_for_items(items.len())?;
    Ok(items.iter().map(Group).collect())
}

fn any<'a>(machine: &mut Machine<'a>, is_it: impl Fn(Group<'a>) -> bool) -> Answer<'a> {
    let groups = groups(machine)?;
    Ok(Value::Bool(groups.into_iter().any(is_it)))
}

pub(super) fn by_id<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    by_any_id(machine, given)
}

pub(super) fn by_any_id<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let mut wanted = Vec::new();
    for value in given.all() {
        wanted.extend(texts(value)?);
    }
    machine.spend(wanted.len())?;
    any(machine, |group| {
        !group.id().is_empty() && wanted.iter().any(|id| id == group.id())
    })
}

pub(super) fn by_name<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    named(machine, given, |name, wanted| name == wanted)
}

pub(super) fn by_start<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    named(machine, given, |name, wanted| name.starts_with(wanted))
}

pub(super) fn by_part<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    named(machine, given, |name, wanted| name.contains(wanted))
}

fn named<'a>(
    machine: &mut Machine<'a>,
    given: &Arguments<'_, 'a>,
    fits: fn(&str, &str) -> bool,
) -> Answer<'a> {
    let Some(wanted) = given.text(0)? else {
        return Ok(Value::Bool(false));
    };
    any(machine, |group| fits(group.name(), &wanted))
}

/// The whole name must match; Okta's example begins its pattern with a slash, which means nothing.
pub(super) fn by_pattern<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let Some(pattern) = given.text(0)? else {
        return Ok(Value::Bool(false));
    };
    let pattern = whole_pattern(machine, pattern.strip_prefix('/').unwrap_or(&pattern))?;
    any(machine, |group| pattern.is_match(group.name()))
}

/// `getFilteredGroups(ids, "group.name", limit)`: a part of those groups of the person that are allowed.
pub(super) fn filtered<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let allowed = texts(&given.value(0))?;
    let part = given.text(1)?.unwrap_or_default();
    let part_of: fn(Group<'a>) -> &'a str = match part.as_ref() {
        "group.name" | "group.profile.name" => Group::name,
        "group.id" => Group::id,
        "group.type" => Group::kind,
        _ => {
            let message = format!(
                "{} is not a part of a group; group.name is one.",
                quoted(&part)
            );
            return Err(Fault::new(message));
        }
    };
    let groups = groups(machine)?;
    machine.spend(groups.len().saturating_mul(allowed.len()))?;
    let chosen = groups
        .into_iter()
        .filter(|group| allowed.iter().any(|id| id == group.id()));
    limited(chosen.map(part_of), &given.value(2))
}

pub(super) fn names_with<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    names(machine, given, |name, part| name.contains(part))
}

pub(super) fn names_from<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    names(machine, given, |name, part| name.starts_with(part))
}

pub(super) fn names_to<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    names(machine, given, |name, part| name.ends_with(part))
}

fn names<'a>(
    machine: &mut Machine<'a>,
    given: &Arguments<'_, 'a>,
    fits: fn(&str, &str) -> bool,
) -> Answer<'a> {
    let app = given.text(0)?.unwrap_or_default();
    let part = given.text(1)?.unwrap_or_default();
    let groups = groups(machine)?;
    let chosen = groups
        .into_iter()
        .filter(|group| is_of(*group, &app) && fits(group.name(), &part));
    limited(chosen.map(Group::name), &given.value(2))
}

/// `OKTA` means the org's own groups; anything else an app, where the context tells apps apart.
fn is_of(group: Group<'_>, app: &str) -> bool {
    let is_of_app = group.kind() == "APP_GROUP";
    if app.eq_ignore_ascii_case("okta") {
        return !is_of_app;
    }
    let source = group.source();
    source == app || (is_of_app && source.is_empty())
}

fn limited<'a>(parts: impl Iterator<Item = &'a str>, limit: &Value<'_>) -> Answer<'a> {
    let limit = whole(limit)?;
    let limit = usize::try_from(limit).map_err(|_| Fault::new("The limit is below 0."))?;
    Ok(Value::List(parts.take(limit).map(Value::text).collect()))
}

/// `user.isMemberOf({…}, …)`.
pub(super) fn is_member<'a>(
    machine: &mut Machine<'a>,
    _: &Value<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    Ok(Value::Bool(!searched(machine, given)?.is_empty()))
}

/// `user.getGroups({…}, …)`.
pub(super) fn of_user<'a>(
    machine: &mut Machine<'a>,
    _: &Value<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    let found = searched(machine, given)?;
    Ok(Value::List(found.into_iter().map(Group::value).collect()))
}

/// The groups that fulfil every criterion; a criterion with several values is fulfilled by one of them.
fn searched<'a>(
    machine: &mut Machine<'a>,
    given: &Arguments<'_, 'a>,
) -> Result<Vec<Group<'a>>, Fault> {
    let mut left = groups(machine)?;
    for criterion in given.all() {
        let entries: &[(&str, Value<'_>)] = match criterion {
            Value::Map(entries) => entries,
            other => {
                let message = format!(
                    "Groups are searched with {{'group.profile.name': 'x'}}, not with {}.",
                    other.kind()
                );
                return Err(Fault::new(message));
            }
        };
        let operator = operator(entries)?;
        for (key, value) in entries.iter().filter(|(key, _)| *key != "operator") {
            let wanted = texts(value)?;
            machine.spend(left.len().saturating_mul(wanted.len()))?;
            let fits = criterion_of(key, operator)?;
            left.retain(|group| wanted.iter().any(|wanted| fits(*group, wanted)));
        }
    }
    Ok(left)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NameTest {
    Exact,
    StartsWith,
}

/// How names are compared; every other key takes the whole value.
fn operator(entries: &[(&str, Value<'_>)]) -> Result<Option<NameTest>, Fault> {
    let Some((_, value)) = entries.iter().find(|(key, _)| *key == "operator") else {
        return Ok(None);
    };
    let text = value.as_text()?.unwrap_or_default();
    match text.to_ascii_uppercase().as_str() {
        "EXACT" => Ok(Some(NameTest::Exact)),
        "STARTS_WITH" => Ok(Some(NameTest::StartsWith)),
        _ => Err(Fault::new(format!(
            "{} is no operator; EXACT and STARTS_WITH are.",
            quoted(&text)
        ))),
    }
}

type Fits = for<'g> fn(Group<'g>, &str) -> bool;

fn criterion_of(key: &str, operator: Option<NameTest>) -> Result<Fits, Fault> {
    let fits: Fits = match key {
        "group.profile.name" if operator == Some(NameTest::Exact) => {
            |group, wanted| group.name() == wanted
        }
        // Okta's examples write the beginning of a name with `.*` behind it.
        "group.profile.name" => |group, wanted| {
            group
                .name()
                .starts_with(wanted.strip_suffix(".*").unwrap_or(wanted))
        },
        _ if operator.is_some() => {
            return Err(Fault::new("An operator goes with group.profile.name only."));
        }
        "group.id" => |group, wanted| group.id() == wanted,
        "group.type" => |group, wanted| group.kind() == wanted,
        "group.source.id" => |group, wanted| group.source() == wanted,
        other => {
            let known = "group.id, group.source.id, group.type and group.profile.name are";
            return Err(Fault::new(format!(
                "{} is no criterion; {known}.",
                quoted(other)
            )));
        }
    };
    Ok(fits)
}

/// One text or a list of them.
fn texts(value: &Value<'_>) -> Result<Vec<String>, Fault> {
    let items = match value {
        Value::List(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut texts = Vec::new();
    for item in items {
        texts.extend(item.as_text()?.map(std::borrow::Cow::into_owned));
    }
    Ok(texts)
}
