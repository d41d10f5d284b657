//! Who is in which group, what group rules do about it, and which applications follow from it.

use super::Org;
use super::app::{App, AppUser, Scope};
use super::group::{Group, Joined};
use super::rule::RuleStatus;
use super::user::Status;
use crate::expression::{Person, holds};
use crate::log::{By, Note, Party, kinds};

impl Org {
    pub(crate) fn groups_of(&self, user_id: &str) -> impl Iterator<Item = &Group> {
        self.groups
            .values()
            .filter(move |group| group.members.contains_key(user_id))
    }

    /// Puts a user into a group; does nothing if the user is there already.
    pub(crate) fn add_member(&mut self, by: &By, group_id: &str, user_id: &str, joined: Joined) {
        let Some(group) = self.groups.get_mut(group_id) else {
            return;
        };
        if let Some(before) = group.members.get_mut(user_id) {
            if joined == Joined::Hand {
                *before = joined;
            }
            return;
        }
        group.members.insert(user_id.to_owned(), joined);
        group.last_membership_updated = by.at;
        let note = Note::of(&kinds::MEMBER_ADD)
            .to(self.user_party(user_id))
            .to(self.group_party(group_id));
        self.note(by, note);
        self.reconcile_apps(by, user_id);
    }

    /// Takes a user out of a group; does nothing if the user is not there.
    pub(crate) fn remove_member(&mut self, by: &By, group_id: &str, user_id: &str) {
        let Some(group) = self.groups.get_mut(group_id) else {
            return;
        };
        if group.members.shift_remove(user_id).is_none() {
            return;
        }
        group.last_membership_updated = by.at;
        let note = Note::of(&kinds::MEMBER_REMOVE)
            .to(self.user_party(user_id))
            .to(self.group_party(group_id));
        self.note(by, note);
        self.reconcile_apps(by, user_id);
    }

    /// Lets every active rule look at a user again.
    pub(crate) fn apply_rules(&mut self, by: &By, user_id: &str) {
        let ids: Vec<String> = self.rules.keys().cloned().collect();
        for id in ids {
            self.apply_rule(by, &id, user_id);
        }
    }

    /// Lets one rule look at everybody.
    pub(crate) fn apply_rule_to_all(&mut self, by: &By, rule_id: &str) {
        let ids: Vec<String> = self.users.keys().cloned().collect();
        for id in ids {
            self.apply_rule(by, rule_id, &id);
        }
    }

    fn apply_rule(&mut self, by: &By, rule_id: &str, user_id: &str) {
        let Some(rule) = self.rules.get(rule_id) else {
            return;
        };
        let Some(user) = self.users.get(user_id) else {
            return;
        };
        if rule.status != RuleStatus::Active || user.status == Status::Deprovisioned {
            return;
        }
        let groups: Vec<(String, String)> = self
            .groups_of(user_id)
            .map(|group| (group.id.clone(), group.name().to_owned()))
            .collect();
        let person = Person {
            profile: &user.profile,
            groups: &groups,
        };
        let belongs =
            !rule.excluded_users.iter().any(|id| id == user_id) && holds(&rule.expression, &person);
        let group_ids = rule.group_ids.clone();
        let joined = Joined::Rule(rule_id.to_owned());
        for group_id in group_ids {
            if belongs {
                self.add_member(&by.system(), &group_id, user_id, joined.clone());
            } else if self
                .groups
                .get(&group_id)
                .is_some_and(|group| group.members.get(user_id) == Some(&joined))
            {
                self.remove_member(&by.system(), &group_id, user_id);
            }
        }
    }

    /// Brings the applications of a user into line with the groups the user is in.
    pub(crate) fn reconcile_apps(&mut self, by: &By, user_id: &str) {
        let Some(user) = self.users.get(user_id) else {
            return;
        };
        let may_have = user.status != Status::Deprovisioned;
        let mut changes = Vec::new();
        for app in self.apps.values() {
            let through_group = may_have
                && app.groups.keys().any(|group_id| {
                    self.groups
                        .get(group_id)
                        .is_some_and(|group| group.members.contains_key(user_id))
                });
            match app.users.get(user_id) {
                None if through_group => changes.push((app.id.clone(), true)),
                Some(assigned)
                    if !may_have || (assigned.scope == Scope::Group && !through_group) =>
                {
                    changes.push((app.id.clone(), false));
                }
                _ => {}
            }
        }
        for (app_id, is_new) in changes {
            if is_new {
                self.assign_app(by, &app_id, user_id, Scope::Group);
            } else {
                self.unassign_app(by, &app_id, user_id);
            }
        }
    }

    /// Assigns a user to an application; an assignment that exists becomes personal if asked for.
    pub(crate) fn assign_app(&mut self, by: &By, app_id: &str, user_id: &str, scope: Scope) {
        let link_id = self.dice.id("0ua");
        let (Some(app), Some(user)) = (self.apps.get_mut(app_id), self.users.get(user_id)) else {
            return;
        };
        if let Some(assigned) = app.users.get_mut(user_id) {
            if scope == Scope::User {
                assigned.scope = scope;
                assigned.last_updated = by.at;
            }
            return;
        }
        let mut profile = serde_json::Map::new();
        for (app_attribute, attribute) in [
            ("given_name", "firstName"),
            ("family_name", "lastName"),
            ("email", "email"),
        ] {
            profile.insert(app_attribute.to_owned(), user.text(attribute).into());
        }
        app.users.insert(
            user_id.to_owned(),
            AppUser {
                scope,
                created: by.at,
                last_updated: by.at,
                password_changed: None,
                user_name: user.login().to_owned(),
                has_password: false,
                profile,
                link_id,
            },
        );
        let note = self.app_user_note(&kinds::APP_USER_ADD, app_id, user_id);
        self.note(by, note);
    }

    pub(crate) fn unassign_app(&mut self, by: &By, app_id: &str, user_id: &str) {
        let note = self.app_user_note(&kinds::APP_USER_REMOVE, app_id, user_id);
        let removed = self
            .apps
            .get_mut(app_id)
            .and_then(|app| app.users.shift_remove(user_id));
        if removed.is_some() {
            self.note(by, note);
        }
    }

    /// A note about an application's user, with Okta's three targets: AppUser, AppInstance, User.
    pub(crate) fn app_user_note(
        &self,
        kind: &'static kinds::Kind,
        app_id: &str,
        user_id: &str,
    ) -> Note {
        let user = self.user_party(user_id);
        let assigned = self.apps.get(app_id).and_then(|app| app.users.get(user_id));
        let app_user = Party {
            id: assigned.map_or_else(|| user_id.to_owned(), |assigned| assigned.link_id.clone()),
            kind: "AppUser",
            alternate_id: user.alternate_id.clone(),
            display_name: user.display_name.clone(),
        };
        let app_name = self.apps.get(app_id).map_or("", |app: &App| &app.name);
        Note::of(kind)
            .to(app_user)
            .to(self.app_party(app_id))
            .to(user)
            .with("appname", app_name)
    }

    /// Brings the applications of all members of a group into line.
    pub(crate) fn reconcile_members(&mut self, by: &By, group_id: &str) {
        let members: Vec<String> = self
            .groups
            .get(group_id)
            .map(|group: &Group| group.members.keys().cloned().collect())
            .unwrap_or_default();
        for user_id in members {
            self.reconcile_apps(by, &user_id);
        }
    }
}
