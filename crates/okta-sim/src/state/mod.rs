//! Everything the org knows, in memory. One [`Org`] stands behind one lock.

pub(crate) mod app;
mod clock;
mod domain;
pub(crate) mod group;
pub(crate) mod hook;
mod ids;
mod import;
mod links;
mod membership;
mod password;
pub(crate) mod rule;
mod schema;
pub(crate) mod user;

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use serde_json::Value;

use self::app::App;
use self::group::Group;
use self::hook::Hook;
use self::rule::Rule;
use self::user::User;
use crate::http::{Limits, SimDesk};
use crate::log::{LogEvent, Party};
use crate::oauth::Grants;
use crate::people::Crowd;

pub(crate) use clock::{Clock, stamp};
pub(crate) use domain::CustomDomain;
pub(crate) use ids::{Dice, request_id, secret};
pub(crate) use import::{ImportEntry, ImportSession, ImportStatus, Imports, SOURCE_APP};
pub(crate) use links::{LinkDefinition, Links, Side};
pub(crate) use password::{Password, REQUIREMENTS, is_acceptable};
pub(crate) use schema::{Attribute, Schema};

/// Id of the org itself.
pub(crate) const ORG_ID: &str = "00o4sTq7mZJcRwB1x5d7";
/// Id of the default user type and, with another prefix, of its schema.
pub(crate) const USER_TYPE_ID: &str = "oty4sTq7mZJcRwB1x5d7";
/// Id of the schema of the default user type.
pub(crate) const USER_SCHEMA_ID: &str = "osc4sTq7mZJcRwB1x5d7";

/// The whole state of the simulated org.
pub(crate) struct Org {
    pub(crate) base_url: String,
    pub(crate) custom_domain: Option<CustomDomain>,
    pub(crate) clock: Clock,
    pub(crate) created: DateTime<Utc>,
    pub(crate) dice: Dice,
    seq: u64,
    pub(crate) users: IndexMap<String, User>,
    pub(crate) crowd: Crowd,
    logins: HashMap<String, String>,
    pub(crate) groups: IndexMap<String, Group>,
    pub(crate) everyone_id: String,
    pub(crate) rules: IndexMap<String, Rule>,
    pub(crate) apps: IndexMap<String, App>,
    pub(crate) hooks: IndexMap<String, Hook>,
    pub(crate) links: Links,
    pub(crate) user_schema: Schema,
    pub(crate) group_schema: Schema,
    /// The attributes that were added to the users of an application.
    pub(crate) app_attributes: HashMap<String, Vec<Attribute>>,
    pub(crate) imports: Imports,
    pub(crate) log: VecDeque<LogEvent>,
    /// Events that wait for delivery: hook id and event.
    pub(crate) outbox: VecDeque<(String, Value)>,
    pub(crate) grants: Grants,
    pub(crate) limits: Limits,
    pub(crate) desk: SimDesk,
    pub(crate) api_token: String,
    pub(crate) admin_id: String,
}

impl Org {
    /// An org with nobody in it. [`crate::people`] fills it.
    pub(crate) fn new(start: DateTime<Utc>, token_lifetime_s: u64) -> Org {
        Org {
            base_url: String::new(),
            custom_domain: None,
            clock: Clock::starting_at(start),
            created: start - chrono::Duration::days(6 * 365),
            dice: Dice::new(0x006f_6b74_6173_696d),
            seq: 0,
            users: IndexMap::new(),
            crowd: Crowd::new(0, start),
            logins: HashMap::new(),
            groups: IndexMap::new(),
            everyone_id: String::new(),
            rules: IndexMap::new(),
            apps: IndexMap::new(),
            hooks: IndexMap::new(),
            links: Links::default(),
            user_schema: Schema::of_users(),
            group_schema: Schema::of_groups(),
            app_attributes: HashMap::new(),
            imports: Imports::default(),
            log: VecDeque::new(),
            outbox: VecDeque::new(),
            grants: Grants::new(token_lifetime_s),
            limits: Limits::default(),
            desk: SimDesk::default(),
            api_token: String::new(),
            admin_id: String::new(),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The next number in the order in which things came into the org.
    pub(crate) fn next_seq(&mut self) -> u64 {
        self.seq += 1;
        self.seq
    }

    /// Adds a user and makes them a member of Everyone.
    pub(crate) fn insert_user(&mut self, user: User) {
        self.logins
            .insert(user.login().to_lowercase(), user.id.clone());
        if let Some(everyone) = self.groups.get_mut(&self.everyone_id) {
            everyone
                .members
                .insert(user.id.clone(), group::Joined::Import);
        }
        self.users.insert(user.id.clone(), user);
    }

    /// Records that a user signs in under another name.
    pub(crate) fn rename_login(&mut self, id: &str, old: &str, new: &str) {
        self.logins.remove(&old.to_lowercase());
        self.logins.insert(new.to_lowercase(), id.to_owned());
    }

    /// The user who signs in as `login`, without regard to case.
    pub(crate) fn id_of_login(&self, login: &str) -> Option<&String> {
        self.logins.get(&login.to_lowercase())
    }

    /// Finds a user by id, login, or the part of a login before the `@` if only one user has it.
    pub(crate) fn find_user(&self, id_or_login: &str) -> Option<&User> {
        if let Some(user) = self.users.get(id_or_login) {
            return Some(user);
        }
        if let Some(id) = self.id_of_login(id_or_login) {
            return self.users.get(id);
        }
        if id_or_login.contains('@') {
            return None;
        }
        let mut same_name = self.users.values().filter(|user| {
            user.login()
                .split('@')
                .next()
                .is_some_and(|name| name.eq_ignore_ascii_case(id_or_login))
        });
        let found = same_name.next();
        if same_name.next().is_some() {
            return None;
        }
        found
    }

    /// Removes a user from everything.
    pub(crate) fn remove_user(&mut self, id: &str) {
        if let Some(user) = self.users.shift_remove(id) {
            self.logins.remove(&user.login().to_lowercase());
            self.crowd.forget(user.seq);
        }
        for group in self.groups.values_mut() {
            group.members.shift_remove(id);
            group.owners.retain(|owner| owner != id);
        }
        for app in self.apps.values_mut() {
            app.users.shift_remove(id);
        }
        self.links.forget(id);
        self.grants.end_of_user(id);
    }

    pub(crate) fn user_party(&self, id: &str) -> Party {
        let (alternate_id, display_name) = self.users.get(id).map_or_else(
            || ("unknown".to_owned(), "unknown".to_owned()),
            |user| (user.login().to_owned(), user.full_name()),
        );
        Party {
            id: id.to_owned(),
            kind: "User",
            alternate_id,
            display_name,
        }
    }

    /// A person, or where there is none the service application that acts for itself.
    pub(crate) fn caller_party(&self, user_id: &str, client_id: &str) -> Party {
        if user_id.is_empty() {
            Party {
                kind: "PublicClientApp",
                ..self.app_party(client_id)
            }
        } else {
            self.user_party(user_id)
        }
    }

    pub(crate) fn group_party(&self, id: &str) -> Party {
        let name = self.groups.get(id).map_or("unknown", Group::name);
        Party {
            id: id.to_owned(),
            kind: "UserGroup",
            alternate_id: "unknown".to_owned(),
            display_name: name.to_owned(),
        }
    }

    pub(crate) fn app_party(&self, id: &str) -> Party {
        let label = self.apps.get(id).map_or("unknown", |app| &app.label);
        Party {
            id: id.to_owned(),
            kind: "AppInstance",
            alternate_id: label.to_owned(),
            display_name: label.to_owned(),
        }
    }
}
