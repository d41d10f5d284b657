//! The plan of an import: for every user what will be done and which rule says so, before anything is done. Users come one by
//! one and leave as items; what stays in memory is one key and one name for each user.

mod item;
mod record;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::USERNAME;
use super::decide::{OktaUser, Outcome, Question, Reason, Trigger, Verdict, decide};
use super::matching::{Match, OrgUsers, State};
use super::safeguard::Roadblock;
use super::settings::{Removal, Settings, UsernameFormat};
use super::username::{NoUsername, Username};
use crate::decode::guid::Guid;
use crate::decode::name::Name;
use crate::entry::Entry;
use crate::expression::Problem;
use crate::mapping::{Compiled, Mapped, app_user};

pub use item::{Action, Counts, Item};
pub use record::{Fingerprint, Record};

/// What an import is planned with.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    /// Full or incremental, or a sign-in.
    pub trigger: Trigger,
    /// What an administrator chose.
    pub settings: &'a Settings,
    /// How values are made.
    pub mapping: &'a Compiled,
    /// What is known from earlier imports.
    pub records: &'a BTreeMap<Guid, Record>,
    /// The users of the org.
    pub org: &'a OrgUsers,
    /// The user principal name of a distinguished name, for managers.
    pub manager: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// Units that were selected and are gone: their users are not taken for deleted.
    pub vanished: &'a [Name],
    /// Assignments of all apps of the org, if the number is known.
    pub org_assignments: Option<u64>,
    /// The time.
    pub now: DateTime<Utc>,
}

/// Plans one user after another.
pub struct Planner<'a> {
    basis: Basis<'a>,
    username: Username,
    seen: HashSet<Guid>,
    logins: HashMap<String, Guid>,
    counts: Counts,
}

/// What is known when every user was planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// How many of each.
    pub counts: Counts,
    /// Why nothing may be written yet.
    pub roadblock: Option<Roadblock>,
}

impl<'a> Planner<'a> {
    /// Begins a plan. Fails when the expression of a custom user name cannot be read.
    pub fn new(basis: Basis<'a>) -> Result<Self, Problem> {
        let format: &UsernameFormat = &basis.settings.username;
        Ok(Self {
            username: Username::new(format, basis.settings.naming_context.as_deref())?,
            basis,
            seen: HashSet::new(),
            logins: HashMap::new(),
            counts: Counts::default(),
        })
    }

    /// Plans one user of the directory. `None` when there is nothing to send, or when the user was planned already.
    pub fn offer(&mut self, entry: &Entry) -> Option<Item> {
        let guid = entry.guid();
        if let Some(guid) = guid
            && !self.seen.insert(guid)
        {
            return None;
        }
        self.counts.seen += 1;
        let record = guid.and_then(|guid| self.basis.records.get(&guid));
        let verdict = decide(&Question {
            trigger: self.basis.trigger,
            entry: Some(entry),
            known: record.map(|record| record.status),
            settings: self.basis.settings,
            now: self.basis.now,
        });
        let name = entry.first("distinguishedName").unwrap_or_default();
        let item = match (verdict.outcome, guid) {
            (Outcome::Import | Outcome::Update, Some(guid)) => {
                self.taken(guid, entry, record, verdict)?
            }
            // A user without a key is always ignored.
            (_, guid) => self.judged(guid.unwrap_or(Guid::NONE), name, record, verdict)?,
        };
        self.counts.count(&item.action);
        Some(item)
    }

    /// Plans those who are not in the directory any more, and counts. Nothing may be written before this.
    #[must_use]
    pub fn finish(mut self) -> (Vec<Item>, Summary) {
        let mut items = Vec::new();
        if self.basis.trigger == Trigger::Full {
            for (guid, record) in self.basis.records {
                if !self.seen.contains(guid) && !self.is_in_vanished(record) {
                    items.extend(self.gone(*guid, record));
                }
            }
        }
        for item in &items {
            self.counts.count(&item.action);
        }
        let live = self
            .basis
            .records
            .values()
            .filter(|record| record.okta_user.is_some());
        let live = live
            .filter(|record| record.status != OktaUser::Deactivated)
            .count();
        let app_users = u64::try_from(live).unwrap_or(u64::MAX);
        let safeguard = self.basis.settings.safeguard;
        let removed = match self.basis.settings.removal {
            Removal::Keep => 0,
            Removal::Deactivate | Removal::Suspend => self.counts.removed,
        };
        let summary = Summary {
            counts: self.counts,
            roadblock: safeguard.check(removed, app_users, self.basis.org_assignments),
        };
        (items, summary)
    }

    fn is_in_vanished(&self, record: &Record) -> bool {
        let name = record.name.parse::<Name>();
        name.is_ok_and(|name| self.basis.vanished.iter().any(|unit| name.is_within(unit)))
    }

    fn gone(&mut self, guid: Guid, record: &Record) -> Option<Item> {
        let verdict = decide(&Question {
            trigger: self.basis.trigger,
            entry: None,
            known: Some(record.status),
            settings: self.basis.settings,
            now: self.basis.now,
        });
        self.judged(guid, &record.name, Some(record), verdict)
    }

    /// An item for a user who is not mapped.
    fn judged(
        &mut self,
        user: Guid,
        name: &str,
        record: Option<&Record>,
        verdict: Verdict,
    ) -> Option<Item> {
        let action = match verdict.outcome {
            Outcome::Unchanged | Outcome::Import | Outcome::Update => {
                self.counts.unchanged += 1;
                return None;
            }
            Outcome::ForgetImportRecord => Action::Forget,
            Outcome::Ignored => Action::Leave { is_ignored: true },
            Outcome::Skipped => Action::Leave { is_ignored: false },
            Outcome::Deactivate | Outcome::Deprovision => removal(record, self.basis.settings),
        };
        Some(Item::new(user, name, action, verdict))
    }

    /// An item for a user who is mapped; `None` where everything is as it was.
    fn taken(
        &mut self,
        guid: Guid,
        entry: &Entry,
        record: Option<&Record>,
        verdict: Verdict,
    ) -> Option<Item> {
        let name = entry.first("distinguishedName").unwrap_or_default();
        let profile = app_user(self.basis.mapping.rows(), entry, self.basis.manager);
        let login = match self.login(guid, entry, &profile) {
            Ok(login) => login,
            Err((reason, no_username)) => {
                let action = Action::Leave { is_ignored: false };
                let mut item = Item::new(guid, name, action, verdict);
                item.rules = vec![USERNAME];
                item.reason = Some(reason);
                item.no_username = no_username;
                return Some(item);
            }
        };
        let mapped = self.basis.mapping.to_okta(&profile, self.basis.now);
        let (action, found) = self.action(&login, &mapped, record)?;
        if matches!(action, Action::Update { .. }) {
            let fingerprint = Fingerprint::of(&login, &mapped.values);
            if record.and_then(|record| record.digest) == Some(fingerprint) {
                self.counts.unchanged += 1;
                return None;
            }
        }
        let mut item = Item::new(guid, name, action, verdict);
        item.found = found;
        item.login = Some(login);
        item.values = mapped.values;
        item.troubles = mapped.troubles;
        Some(item)
    }

    /// The user name, which no other user of this import may have.
    fn login(
        &mut self,
        guid: Guid,
        entry: &Entry,
        profile: &Map<String, Json>,
    ) -> Result<String, (Reason, Option<NoUsername>)> {
        let login = self.username.of(entry, profile, self.basis.now);
        let login = login.map_err(|why| (Reason::InvalidUsername, Some(why)))?;
        let owner = *self.logins.entry(login.to_lowercase()).or_insert(guid);
        if owner == guid {
            return Ok(login);
        }
        Err((Reason::DuplicateUsername, None))
    }

    /// What is done with a user whom the rules take.
    fn action(
        &mut self,
        login: &str,
        mapped: &Mapped,
        record: Option<&Record>,
    ) -> Option<(Action, Option<Match>)> {
        let settings = self.basis.settings;
        let linked = record.and_then(|record| Some((record.okta_user.clone()?, record.status)));
        if let Some((okta_user, status)) = linked {
            let is_woken = match status {
                OktaUser::Suspended => settings.reactivates_suspended,
                OktaUser::Deactivated if !settings.reactivates_deactivated => {
                    self.counts.unchanged += 1;
                    return None;
                }
                OktaUser::Deactivated => true,
                OktaUser::None | OktaUser::Live => false,
            };
            let action = if is_woken {
                Action::Reactivate { okta_user }
            } else {
                Action::Update { okta_user }
            };
            return Some((action, None));
        }
        if record.is_some_and(|record| record.state == State::Ignored) {
            self.counts.unchanged += 1;
            return None;
        }
        let found = if record.is_some_and(|record| record.state == State::Separate) {
            Match::New
        } else {
            self.basis.org.find(login, mapped)
        };
        let was_confirmed = record.is_some_and(|record| record.state != State::Unconfirmed);
        let action = if !was_confirmed && !found.is_confirmed(settings.confirmation) {
            Action::Await
        } else {
            match &found {
                Match::New => Action::Create {
                    is_activated: settings.confirmation.activates_new,
                },
                Match::Exact { okta_user } | Match::Partial { okta_user } => Action::Link {
                    okta_user: okta_user.clone(),
                },
                Match::Several { .. } => Action::Await,
            }
        };
        Some((action, Some(found)))
    }
}

/// Who counts as deleted and has an Okta user is removed in the way that is set.
fn removal(record: Option<&Record>, settings: &Settings) -> Action {
    let okta_user = record.and_then(|record| record.okta_user.clone());
    okta_user.map_or(Action::Forget, |okta_user| Action::Remove {
        okta_user,
        removal: settings.removal,
    })
}
