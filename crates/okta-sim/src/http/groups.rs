//! Groups and their members.

use serde_json::{Map, Value, json};

use super::call::{Answer, Call, Reply};
use super::errors::OktaError;
use super::paging::{self, PageSize};
use super::user_search::sort;
use super::users::id_in_path;
use crate::filter::{self, Case, Op, matches};
use crate::log::{Note, kinds};
use crate::state::Org;
use crate::state::group::{Group, GroupKind, Joined};
use crate::state::rule::RuleStatus;

pub(super) const GROUP_SIZE: PageSize = PageSize {
    default: 10_000,
    most: 10_000,
};
const MEMBER_SIZE: PageSize = PageSize {
    default: 1_000,
    most: 1_000,
};
const APP_SIZE: PageSize = PageSize {
    default: 20,
    most: 200,
};

pub(super) fn group<'a>(org: &'a mut Org, id: &str) -> Result<&'a mut Group, OktaError> {
    org.groups
        .get_mut(id)
        .ok_or_else(|| OktaError::not_found(id, "UserGroup"))
}

/// A group whose profile and members may be changed through the API.
fn own_group<'a>(org: &'a mut Org, id: &str) -> Result<&'a mut Group, OktaError> {
    let group = group(org, id)?;
    match group.kind {
        GroupKind::Okta => Ok(group),
        GroupKind::App => Err(OktaError::new(
            403,
            "E0000006",
            "You do not have permission to perform the requested action",
        )
        .because("Groups of the type APP_GROUP are managed by their application")),
        GroupKind::BuiltIn => Err(OktaError::new(501, "E0000060", "Unsupported operation.")
            .because("Built-in groups cannot be changed")),
    }
}

pub(super) fn list(org: &mut Org, call: &Call) -> Answer {
    let expand = call.asked("expand").unwrap_or_default().to_owned();
    let show = |group: &Group| shown(org, call, group, &expand);
    if let Some(source) = call.asked("search") {
        let expr = filter::parse(source).map_err(OktaError::search)?;
        expr.check(&is_searchable).map_err(OktaError::search)?;
        let mut found: Vec<&Group> = org
            .groups
            .values()
            .filter(|group| matches(&expr, *group, Case::Ignored))
            .collect();
        let Some(sort_by) = call.asked("sortBy") else {
            return paging::by_seq(call, found.into_iter(), |group| group.seq, GROUP_SIZE, show);
        };
        if !is_searchable(sort_by, Op::Eq) {
            return Err(OktaError::search(format!(
                "sortBy: '{sort_by}' is not a property"
            )));
        }
        sort(&mut found, sort_by, |group| &group.id, call);
        return paging::by_position(call, &found, GROUP_SIZE, |group| show(group));
    }
    if let Some(source) = call.asked("filter") {
        let expr = filter::parse(source).map_err(OktaError::search)?;
        expr.check(&is_filterable).map_err(OktaError::search)?;
        let found = org
            .groups
            .values()
            .filter(|group| matches(&expr, *group, Case::Matters));
        return paging::by_seq(call, found, |group| group.seq, GROUP_SIZE, show);
    }
    if let Some(q) = call.asked("q") {
        let q = q.to_lowercase();
        let size = PageSize {
            default: 300,
            most: 300,
        };
        let page = org
            .groups
            .values()
            .filter(|group| group.name().to_lowercase().starts_with(&q))
            .take(paging::limit(call, size)?)
            .map(show)
            .collect();
        return Ok(paging::linked(call, page, None));
    }
    paging::by_seq(
        call,
        org.groups.values(),
        |group| group.seq,
        GROUP_SIZE,
        show,
    )
}

fn is_searchable(path: &str, op: Op) -> bool {
    match path {
        "id" | "type" | "source.id" => matches!(op, Op::Eq | Op::StartsWith | Op::Present),
        "created" | "lastUpdated" | "lastMembershipUpdated" => op == Op::Eq || op.is_ordering(),
        "profile.name" | "profile.description" => {
            matches!(op, Op::Eq | Op::StartsWith | Op::Contains | Op::Present)
        }
        _ => {
            path.strip_prefix("profile.")
                .is_some_and(|it| !it.is_empty())
                && matches!(op, Op::Eq | Op::StartsWith | Op::Present)
        }
    }
}

fn is_filterable(path: &str, op: Op) -> bool {
    match path {
        "id" | "type" => op == Op::Eq,
        "lastUpdated" | "lastMembershipUpdated" => op == Op::Eq || op.is_ordering(),
        _ => false,
    }
}

fn shown(org: &Org, call: &Call, group: &Group, expand: &str) -> Value {
    let mut shown = group.shown(&call.base);
    let wants = |what: &str| expand.split(',').any(|it| it.trim() == what);
    if wants("stats") {
        shown["_embedded"]["stats"] = stats(org, call, group);
    }
    if let (true, Some(app)) = (
        wants("app"),
        group.source_app.as_ref().and_then(|id| org.apps.get(id)),
    ) {
        shown["_embedded"]["app"] = app.shown(&call.base);
    }
    shown
}

fn stats(org: &Org, call: &Call, group: &Group) -> Value {
    let apps = org
        .apps
        .values()
        .filter(|app| app.groups.contains_key(&group.id))
        .count();
    json!({
        "usersCount": group.members.len(),
        "appsCount": apps,
        "groupPushMappingsCount": 0,
        "hasAdminPrivilege": false,
        "_links": {
            "users": {"href": format!("{}/api/v1/groups/{}/users", call.base, group.id)},
            "apps": {"href": format!("{}/api/v1/groups/{}/apps", call.base, group.id)},
        },
    })
}

pub(super) fn read(org: &mut Org, call: &Call) -> Answer {
    let id = call.param("groupId");
    let expand = call.asked("expand").unwrap_or_default();
    org.groups
        .get(id)
        .map(|group| Reply::ok(shown(org, call, group, expand)))
        .ok_or_else(|| OktaError::not_found(id, "UserGroup"))
}

fn checked_profile(
    org: &Org,
    call: &Call,
    of: Option<&str>,
) -> Result<Map<String, Value>, OktaError> {
    let body = call.object()?;
    let Some(Value::Object(profile)) = body.get("profile") else {
        return Err(OktaError::validation(
            "profile",
            "profile: The field cannot be left blank",
        ));
    };
    let faults = org.group_schema.faults(profile);
    if !faults.is_empty() {
        return Err(OktaError::attributes(&faults));
    }
    let name = profile
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let is_taken = org.groups.values().any(|group| {
        group.kind != GroupKind::App
            && Some(group.id.as_str()) != of
            && group.name().eq_ignore_ascii_case(name)
    });
    if is_taken {
        return Err(OktaError::validation(
            "name",
            "name: An object with this field already exists in the current organization",
        ));
    }
    // What is null is not there: Okta describes no attribute of a group as one that may be null.
    Ok(profile
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect())
}

pub(super) fn create(org: &mut Org, call: &Call) -> Answer {
    let profile = checked_profile(org, call, None)?;
    let id = org.dice.id("00g");
    let mut group = Group::new(org.next_seq(), id.clone(), GroupKind::Okta, call.at);
    group.profile = profile;
    let reply = Reply::ok(group.shown(&call.base));
    org.groups.insert(id.clone(), group);
    let by = call.by(org);
    org.note(&by, Note::of(&kinds::GROUP_CREATE).to(org.group_party(&id)));
    Ok(reply)
}

pub(super) fn replace(org: &mut Org, call: &Call) -> Answer {
    let id = call.param("groupId").to_owned();
    own_group(org, &id)?;
    let profile = checked_profile(org, call, Some(&id))?;
    let group = own_group(org, &id)?;
    group.profile = profile;
    group.last_updated = call.at;
    let reply = Reply::ok(group.shown(&call.base));
    let by = call.by(org);
    org.note(
        &by,
        Note::of(&kinds::GROUP_PROFILE).to(org.group_party(&id)),
    );
    Ok(reply)
}

pub(super) fn delete(org: &mut Org, call: &Call) -> Answer {
    let id = call.param("groupId").to_owned();
    if group(org, &id)?.kind == GroupKind::BuiltIn {
        own_group(org, &id)?;
    }
    let by = call.by(org);
    let target = org.group_party(&id);
    let removed = org.groups.shift_remove(&id);
    for rule in org.rules.values_mut() {
        if rule.group_ids.contains(&id) {
            rule.status = RuleStatus::Invalid;
        }
    }
    for app in org.apps.values_mut() {
        app.groups.shift_remove(&id);
    }
    org.note(&by, Note::of(&kinds::GROUP_DELETE).to(target));
    for user_id in removed.iter().flat_map(|group| group.members.keys()) {
        org.reconcile_apps(&by, user_id);
    }
    Ok(Reply::empty(204))
}

pub(super) fn members(org: &mut Org, call: &Call) -> Answer {
    let id = call.param("groupId");
    let Some(group) = org.groups.get(id) else {
        return Err(OktaError::not_found(id, "UserGroup"));
    };
    let mut users: Vec<_> = group
        .members
        .keys()
        .filter_map(|user_id| org.users.get(user_id))
        .collect();
    users.sort_by_key(|user| user.seq);
    paging::by_seq(
        call,
        users.into_iter(),
        |user| user.seq,
        MEMBER_SIZE,
        |user| user.listed(&call.base),
    )
}

pub(super) fn add_member(org: &mut Org, call: &Call) -> Answer {
    let group_id = call.param("groupId").to_owned();
    own_group(org, &group_id)?;
    let user_id = id_in_path(org, call, "userId")?;
    let by = call.by(org);
    org.add_member(&by, &group_id, &user_id, Joined::Hand);
    Ok(Reply::empty(204))
}

/// Somebody taken out by hand is from then on an exception to the rule that put them there.
pub(super) fn remove_member(org: &mut Org, call: &Call) -> Answer {
    let group_id = call.param("groupId").to_owned();
    own_group(org, &group_id)?;
    let user_id = id_in_path(org, call, "userId")?;
    if let Some(Joined::Rule(rule_id)) = group(org, &group_id)?.members.get(&user_id).cloned()
        && let Some(rule) = org.rules.get_mut(&rule_id)
    {
        rule.excluded_users.push(user_id.clone());
    }
    let by = call.by(org);
    org.remove_member(&by, &group_id, &user_id);
    Ok(Reply::empty(204))
}

pub(super) fn apps(org: &mut Org, call: &Call) -> Answer {
    let id = call.param("groupId");
    if !org.groups.contains_key(id) {
        return Err(OktaError::not_found(id, "UserGroup"));
    }
    let apps = org.apps.values().filter(|app| app.groups.contains_key(id));
    paging::by_seq(
        call,
        apps,
        |app| app.seq,
        APP_SIZE,
        |app| app.shown(&call.base),
    )
}
