//! One line of a plan, and how many lines of each kind there are.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use super::super::Rule;
use super::super::decide::{Reason, Verdict};
use super::super::matching::Match;
use super::super::settings::Removal;
use super::super::username::NoUsername;
use crate::decode::guid::Guid;
use crate::mapping::Trouble;

/// What is done to one user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Action {
    /// An Okta user is created.
    Create {
        /// Whether it is activated at once.
        is_activated: bool,
    },
    /// An Okta user who was there before is taken for this one and updated.
    Link {
        /// Its id.
        okta_user: String,
    },
    /// The Okta user is updated.
    Update {
        /// Its id.
        okta_user: String,
    },
    /// The Okta user is woken and updated.
    Reactivate {
        /// Its id.
        okta_user: String,
    },
    /// A person must confirm the match first.
    Await,
    /// The Okta user goes.
    Remove {
        /// Its id.
        okta_user: String,
        /// What happens to it.
        removal: Removal,
    },
    /// The import record goes.
    Forget,
    /// Nothing; the rules say why.
    Leave {
        /// Whether attributes are missing, rather than the user being left out.
        is_ignored: bool,
    },
}

/// One line of the plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// The user.
    pub user: Guid,
    /// Its name in the directory.
    pub name: String,
    /// What is done.
    #[serde(flatten)]
    pub action: Action,
    /// The rules that decided.
    pub rules: Vec<Rule>,
    /// Why, where nothing is sent or something is removed.
    pub reason: Option<Reason>,
    /// Attributes that are missing.
    pub missing: Vec<String>,
    /// The match, for a user who was not confirmed.
    pub found: Option<Match>,
    /// The Okta user name.
    pub login: Option<String>,
    /// Why there is no user name.
    pub no_username: Option<NoUsername>,
    /// The properties that are sent.
    pub values: BTreeMap<String, Json>,
    /// Values that were left out or will not be taken.
    pub troubles: Vec<Trouble>,
}

/// How many of each there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Users of the directory that were looked at, each once.
    pub seen: u64,
    /// Created.
    pub created: u64,
    /// Updated, linked or woken.
    pub updated: u64,
    /// Removed.
    pub removed: u64,
    /// Waiting for a person.
    pub awaiting: u64,
    /// Left out by a rule.
    pub left: u64,
    /// Import records that go.
    pub forgotten: u64,
    /// With nothing to send.
    pub unchanged: u64,
}

impl Item {
    /// A line that sends nothing yet.
    pub(super) fn new(user: Guid, name: &str, action: Action, verdict: Verdict) -> Self {
        Self {
            user,
            name: name.to_owned(),
            action,
            rules: verdict.rules,
            reason: verdict.reason,
            missing: verdict.missing,
            found: None,
            login: None,
            no_username: None,
            values: BTreeMap::new(),
            troubles: Vec::new(),
        }
    }
}

impl Counts {
    /// Counts one line.
    pub(super) fn count(&mut self, action: &Action) {
        let counter = match action {
            Action::Create { .. } => &mut self.created,
            Action::Link { .. } | Action::Update { .. } | Action::Reactivate { .. } => {
                &mut self.updated
            }
            Action::Await => &mut self.awaiting,
            Action::Remove { .. } => &mut self.removed,
            Action::Forget => &mut self.forgotten,
            Action::Leave { .. } => &mut self.left,
        };
        *counter += 1;
    }
}
