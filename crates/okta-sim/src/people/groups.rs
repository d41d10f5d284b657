//! The groups of Aozora Logistics and the rules that fill them.

use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use super::company::{DEPARTMENTS, OFFICES};
use super::object;
use crate::expression::{self, Expression, Person, holds};
use crate::state::Org;
use crate::state::group::{Group, GroupKind, Joined};
use crate::state::rule::{Rule, RuleStatus};
use crate::state::user::Status;

/// Forms all groups and lets the rules fill them, silently: this is the past.
pub(super) fn form(org: &mut Org, now: DateTime<Utc>) {
    for (name, _, _, _, _) in DEPARTMENTS {
        let group = add(org, name, &format!("Everybody in {name}"), now);
        add_rule(
            org,
            &format!("{name} department"),
            &format!("user.department==\"{name}\""),
            &group,
            now,
        );
    }
    for (city, ..) in OFFICES {
        let group = add(
            org,
            &format!("{city} office"),
            &format!("People who work in {city}"),
            now,
        );
        add_rule(
            org,
            &format!("{city} office"),
            &format!("user.city==\"{city}\""),
            &group,
            now,
        );
    }
    let group = add(org, "Contractors", "People who are not employed by us", now);
    add_rule(
        org,
        "Contractors",
        "user.userType==\"Contractor\"",
        &group,
        now,
    );
    let group = add(org, "Leadership", "Heads of departments", now);
    let heads = "String.startsWith(user.title, \"VP\") OR String.startsWith(user.title, \"Head\") OR String.startsWith(user.title, \"Chief\") OR user.title==\"General Counsel\"";
    add_rule(org, "Leadership", heads, &group, now);
    for (name, description, nth) in [
        ("VPN users", "May connect from outside", 3),
        ("On-call", "Takes pages outside office hours", 17),
        ("MFA exempt", "Temporary exceptions, reviewed monthly", 41),
    ] {
        let id = add(org, name, description, now);
        add_every(org, &id, nth, &Joined::Hand);
    }
    fill_by_rules(org);
}

/// The groups that come from Active Directory, once its application is there.
pub(super) fn form_imported(org: &mut Org, directory_id: &str, now: DateTime<Utc>) {
    for (name, nth) in [
        ("Domain Admins", 97),
        ("File Share Finance", 29),
        ("Warehouse Terminals", 11),
    ] {
        let id = add(org, name, "", now);
        let sid = format!("S-1-5-21-717838489-685202119-709183397-{}", 1100 + nth);
        if let Some(group) = org.groups.get_mut(&id) {
            group.kind = GroupKind::App;
            group.source_app = Some(directory_id.to_owned());
            group.profile = object(json!({
                "name": name,
                "samAccountName": name,
                "dn": format!("CN={name},OU=Groups,DC=aozora,DC=example"),
                "windowsDomainQualifiedName": format!("AOZORA\\{name}"),
                "objectSid": sid,
                "groupType": "Security",
                "groupScope": "Global",
            }));
        }
        add_every(org, &id, nth, &Joined::Import);
    }
}

fn add(org: &mut Org, name: &str, description: &str, now: DateTime<Utc>) -> String {
    let id = org.dice.id("00g");
    let age = Duration::days(900 + i64::try_from(org.dice.below(900)).unwrap_or(0));
    let mut group = Group::new(org.next_seq(), id.clone(), GroupKind::Okta, now - age);
    group.profile = object(json!({"name": name, "description": description}));
    group.last_membership_updated =
        now - Duration::days(i64::try_from(org.dice.below(60)).unwrap_or(0));
    org.groups.insert(id.clone(), group);
    id
}

fn add_rule(org: &mut Org, name: &str, source: &str, group_id: &str, now: DateTime<Utc>) {
    let id = org.dice.id("0pr");
    let created = now - Duration::days(800);
    let rule = Rule {
        seq: org.next_seq(),
        id: id.clone(),
        status: RuleStatus::Active,
        name: name.to_owned(),
        created,
        last_updated: created,
        source: source.to_owned(),
        expression: expression::parse(source).unwrap_or(Expression::Bool(false)),
        excluded_users: Vec::new(),
        group_ids: vec![group_id.to_owned()],
    };
    org.rules.insert(id, rule);
}

fn add_every(org: &mut Org, group_id: &str, nth: usize, joined: &Joined) {
    if let Some(group) = org.groups.get_mut(group_id) {
        for user in org.users.values().step_by(nth) {
            if user.status != Status::Deprovisioned {
                group.members.insert(user.id.clone(), joined.clone());
            }
        }
    }
}

fn fill_by_rules(org: &mut Org) {
    for rule in org.rules.values() {
        for user in org.users.values() {
            let person = Person {
                profile: &user.profile,
                groups: &[],
            };
            if user.status == Status::Deprovisioned || !holds(&rule.expression, &person) {
                continue;
            }
            for group_id in &rule.group_ids {
                if let Some(group) = org.groups.get_mut(group_id) {
                    group
                        .members
                        .insert(user.id.clone(), Joined::Rule(rule.id.clone()));
                }
            }
        }
    }
}
