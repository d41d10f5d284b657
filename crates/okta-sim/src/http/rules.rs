//! Group rules.

use serde_json::{Map, Value};

use super::call::{Answer, Call, Reply};
use super::errors::OktaError;
use super::paging::{self, PageSize};
use crate::expression::{self, Expression};
use crate::log::{Note, Party, kinds};
use crate::state::Org;
use crate::state::group::{GroupKind, Joined};
use crate::state::rule::{Rule, RuleStatus};

const SIZE: PageSize = PageSize {
    default: 50,
    most: 200,
};
/// Most rules an org may have, as at Okta.
const MAX_RULES: usize = 2_000;

fn rule<'a>(org: &'a mut Org, call: &Call) -> Result<&'a mut Rule, OktaError> {
    let id = call.param("ruleId");
    org.rules
        .get_mut(id)
        .ok_or_else(|| OktaError::not_found(id, "GroupRule"))
}

fn shown(org: &Org, call: &Call, rule: &Rule) -> Value {
    let names = call
        .asked("expand")
        .filter(|expand| *expand == "groupIdToGroupNameMap")
        .map(|_| {
            rule.group_ids
                .iter()
                .filter_map(|id| org.groups.get(id))
                .map(|group| (group.id.clone(), Value::from(group.name())))
                .collect::<Map<_, _>>()
        });
    rule.shown(names)
}

pub(super) fn list(org: &mut Org, call: &Call) -> Answer {
    let keyword = call.asked("search").map(str::to_lowercase);
    let found = org.rules.values().filter(|rule| {
        keyword.as_ref().is_none_or(|keyword| {
            rule.name.to_lowercase().contains(keyword)
                || rule.source.to_lowercase().contains(keyword)
        })
    });
    paging::by_seq(
        call,
        found,
        |rule| rule.seq,
        SIZE,
        |rule| shown(org, call, rule),
    )
}

pub(super) fn read(org: &mut Org, call: &Call) -> Answer {
    rule(org, call)?;
    let id = call.param("ruleId");
    org.rules
        .get(id)
        .map(|rule| Reply::ok(shown(org, call, rule)))
        .ok_or_else(|| OktaError::not_found(id, "GroupRule"))
}

/// What a request says about a rule, checked.
struct Wanted {
    name: String,
    source: String,
    expression: Expression,
    excluded_users: Vec<String>,
    group_ids: Vec<String>,
}

impl Wanted {
    fn parse(org: &Org, call: &Call, of: Option<&str>) -> Result<Wanted, OktaError> {
        let body = Value::Object(call.object()?);
        let blank = |field: &str| {
            OktaError::validation(field, format!("{field}: The field cannot be left blank"))
        };
        if body["type"].as_str() != Some("group_rule") {
            return Err(OktaError::validation(
                "type",
                "type: The value must be group_rule",
            ));
        }
        let name = body["name"]
            .as_str()
            .filter(|name| !name.trim().is_empty())
            .ok_or_else(|| blank("name"))?;
        if name.chars().count() > 50 {
            return Err(OktaError::validation("name", "name: The field is too long"));
        }
        if org
            .rules
            .values()
            .any(|rule| rule.name == name && Some(rule.id.as_str()) != of)
        {
            return Err(OktaError::validation(
                "name",
                "name: An object with this field already exists in the current organization",
            ));
        }
        let conditions = &body["conditions"];
        let source = conditions["expression"]["value"]
            .as_str()
            .ok_or_else(|| blank("expression"))?;
        let expression = expression::parse(source).map_err(|reason| {
            OktaError::validation(
                "expression",
                format!("expression: Invalid expression: {reason}"),
            )
        })?;
        let texts = |list: &Value| -> Vec<String> {
            list.as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect()
        };
        let group_ids = texts(&body["actions"]["assignUserToGroups"]["groupIds"]);
        check_groups(org, &group_ids)?;
        Ok(Wanted {
            name: name.to_owned(),
            source: source.to_owned(),
            expression,
            excluded_users: texts(&conditions["people"]["users"]["exclude"]),
            group_ids,
        })
    }
}

fn check_groups(org: &Org, ids: &[String]) -> Result<(), OktaError> {
    if ids.is_empty() {
        return Err(OktaError::validation(
            "groupIds",
            "groupIds: The field cannot be left blank",
        ));
    }
    let is_assignable = |id: &String| {
        org.groups
            .get(id)
            .is_some_and(|group| group.kind == GroupKind::Okta)
    };
    match ids.iter().find(|id| !is_assignable(id)) {
        Some(wrong) => Err(OktaError::validation(
            "groupIds",
            format!("groupIds: {wrong} is not a group that rules can assign to"),
        )),
        None => Ok(()),
    }
}

fn party(rule: &Rule) -> Party {
    Party {
        id: rule.id.clone(),
        kind: "PolicyRule",
        alternate_id: rule.name.clone(),
        display_name: rule.name.clone(),
    }
}

pub(super) fn create(org: &mut Org, call: &Call) -> Answer {
    let wanted = Wanted::parse(org, call, None)?;
    if org.rules.len() >= MAX_RULES {
        return Err(OktaError::validation(
            "groupRule",
            "The maximum number of group rules is reached",
        ));
    }
    let rule = Rule {
        seq: org.next_seq(),
        id: org.dice.id("0pr"),
        status: RuleStatus::Inactive,
        name: wanted.name,
        created: call.at,
        last_updated: call.at,
        source: wanted.source,
        expression: wanted.expression,
        excluded_users: wanted.excluded_users,
        group_ids: wanted.group_ids,
    };
    let reply = Reply::ok(rule.shown(None));
    let by = call.by(org);
    org.note(&by, Note::of(&kinds::RULE_CREATE).to(party(&rule)));
    org.rules.insert(rule.id.clone(), rule);
    Ok(reply)
}

/// Only an inactive rule can be replaced, and the groups it assigns cannot be changed.
pub(super) fn replace(org: &mut Org, call: &Call) -> Answer {
    let before = rule(org, call)?;
    if before.status == RuleStatus::Active {
        return Err(OktaError::validation(
            "groupRule",
            "Cannot update an active group rule. Deactivate it first.",
        ));
    }
    let group_ids = before.group_ids.clone();
    let wanted = Wanted::parse(org, call, Some(call.param("ruleId")))?;
    if wanted.group_ids != group_ids {
        return Err(OktaError::validation(
            "groupIds",
            "groupIds: The groups of a group rule cannot be changed",
        ));
    }
    let by = call.by(org);
    let rule = rule(org, call)?;
    rule.name = wanted.name;
    rule.source = wanted.source;
    rule.expression = wanted.expression;
    rule.excluded_users = wanted.excluded_users;
    rule.last_updated = call.at;
    if rule.status == RuleStatus::Invalid {
        rule.status = RuleStatus::Inactive;
    }
    let reply = Reply::ok(rule.shown(None));
    let target = party(rule);
    org.note(&by, Note::of(&kinds::RULE_UPDATE).to(target));
    Ok(reply)
}

pub(super) fn delete(org: &mut Org, call: &Call) -> Answer {
    let removes_users = call.flag("removeUsers", false)?;
    let by = call.by(org);
    let rule = rule(org, call)?.clone();
    org.rules.shift_remove(&rule.id);
    org.note(&by, Note::of(&kinds::RULE_DELETE).to(party(&rule)));
    let joined = Joined::Rule(rule.id);
    for group_id in &rule.group_ids {
        let Some(group) = org.groups.get_mut(group_id) else {
            continue;
        };
        let by_rule: Vec<String> = group
            .members
            .iter()
            .filter(|(_, how)| **how == joined)
            .map(|(user_id, _)| user_id.clone())
            .collect();
        for user_id in by_rule {
            if removes_users {
                org.remove_member(&by.system(), group_id, &user_id);
            } else if let Some(group) = org.groups.get_mut(group_id) {
                group.members.insert(user_id, Joined::Hand);
            }
        }
    }
    Ok(Reply::empty(202))
}

pub(super) fn activate(org: &mut Org, call: &Call) -> Answer {
    let by = call.by(org);
    let rule = rule(org, call)?;
    if rule.status == RuleStatus::Invalid {
        return Err(OktaError::validation(
            "groupRule",
            "An invalid group rule cannot be activated",
        ));
    }
    rule.status = RuleStatus::Active;
    rule.last_updated = call.at;
    let (id, target) = (rule.id.clone(), party(rule));
    org.note(&by, Note::of(&kinds::RULE_ACTIVATE).to(target));
    org.apply_rule_to_all(&by, &id);
    Ok(Reply::empty(204))
}

pub(super) fn deactivate(org: &mut Org, call: &Call) -> Answer {
    let by = call.by(org);
    let rule = rule(org, call)?;
    rule.status = RuleStatus::Inactive;
    rule.last_updated = call.at;
    let target = party(rule);
    org.note(&by, Note::of(&kinds::RULE_DEACTIVATE).to(target));
    Ok(Reply::empty(204))
}
