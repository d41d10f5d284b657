//! A line of a plan as it is stored: all that is needed to carry it out later, and to show why.

use std::collections::BTreeMap;

use directory::import::decide::OktaUser;
use directory::import::matching::State;
use directory::import::plan::{Action, Fingerprint, Item, Record};
use directory::import::settings::Removal;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::directories::items::{ItemRow, ItemState};

/// A line of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Line {
    /// What is done.
    pub(crate) act: Act,
    /// The rules that decided.
    pub(crate) rules: Vec<String>,
    /// Why, where nothing is sent or somebody goes.
    #[serde(default, skip_serializing_if = "Json::is_null")]
    pub(crate) reason: Json,
    /// Attributes that are missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) missing: Vec<String>,
    /// Whom it may be in the org.
    #[serde(default, skip_serializing_if = "Json::is_null")]
    pub(crate) found: Json,
    /// The user name in the org.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) login: Option<String>,
    /// Why there is none.
    #[serde(default, skip_serializing_if = "Json::is_null")]
    pub(crate) no_username: Json,
    /// What is sent.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) values: BTreeMap<String, Json>,
    /// Values that were left out or will not be taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) troubles: Vec<Json>,
    /// What was kept of the user when this was planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<Record>,
}

/// What is done to one user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(crate) enum Act {
    /// A user is created in the org.
    Create { is_activated: bool },
    /// A user who was in the org before is taken for this one and updated.
    Link { okta_user: String },
    /// The user is updated.
    Update { okta_user: String },
    /// The user is woken and updated.
    Reactivate { okta_user: String },
    /// A person must say first who it is.
    Await,
    /// The user goes.
    Remove { okta_user: String, removal: Removal },
    /// What was kept is forgotten.
    Forget,
    /// Nothing, because attributes are missing.
    Ignore,
    /// Nothing, because the user is left out.
    Skip,
}

impl Act {
    /// The word under which lines are counted and filtered.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Create { .. } => "create",
            Self::Link { .. } => "link",
            Self::Update { .. } => "update",
            Self::Reactivate { .. } => "reactivate",
            Self::Await => "await",
            Self::Remove { .. } => "remove",
            Self::Forget => "forget",
            Self::Ignore => "ignore",
            Self::Skip => "skip",
        }
    }
}

impl Line {
    /// Reads a planned line.
    pub(crate) fn of(item: &Item, before: Option<Record>) -> Result<Self, serde_json::Error> {
        let troubles = item.troubles.iter().map(serde_json::to_value);
        Ok(Self {
            act: act(&item.action),
            rules: item.rules.iter().map(ToString::to_string).collect(),
            reason: serde_json::to_value(item.reason)?,
            missing: item.missing.clone(),
            found: serde_json::to_value(&item.found)?,
            login: item.login.clone(),
            no_username: serde_json::to_value(&item.no_username)?,
            values: item.values.clone(),
            troubles: troubles.collect::<Result<_, _>>()?,
            before,
        })
    }

    /// Returns the line as it is stored, as number `seq` of the plan. Lines that send nothing and keep nothing are done.
    pub(crate) fn stored(&self, seq: i64, item: &Item) -> Result<ItemRow, serde_json::Error> {
        let state = match self.act {
            Act::Ignore | Act::Skip => ItemState::Done,
            _ => ItemState::Planned,
        };
        Ok(ItemRow {
            seq,
            guid: item.user.to_string(),
            name: item.name.clone(),
            action: self.act.word().to_owned(),
            detail: serde_json::to_string(self)?,
            state,
            okta_user: None,
            error: None,
        })
    }

    /// The digest of what is sent, as it is kept.
    pub(crate) fn digest(&self) -> Option<Fingerprint> {
        let login = self.login.as_ref()?;
        Some(Fingerprint::of(login, &self.values))
    }

    /// How the user stood in the org when this was planned.
    pub(crate) fn status(&self) -> OktaUser {
        self.before
            .as_ref()
            .map_or(OktaUser::None, |record| record.status)
    }

    /// Whether a person had confirmed the user when this was planned.
    pub(crate) fn state(&self) -> State {
        self.before
            .as_ref()
            .map_or(State::Unconfirmed, |record| record.state)
    }
}

fn act(action: &Action) -> Act {
    match action {
        Action::Create { is_activated } => Act::Create {
            is_activated: *is_activated,
        },
        Action::Link { okta_user } => Act::Link {
            okta_user: okta_user.clone(),
        },
        Action::Update { okta_user } => Act::Update {
            okta_user: okta_user.clone(),
        },
        Action::Reactivate { okta_user } => Act::Reactivate {
            okta_user: okta_user.clone(),
        },
        Action::Await => Act::Await,
        Action::Remove { okta_user, removal } => Act::Remove {
            okta_user: okta_user.clone(),
            removal: *removal,
        },
        Action::Forget => Act::Forget,
        Action::Leave { is_ignored: true } => Act::Ignore,
        Action::Leave { is_ignored: false } => Act::Skip,
    }
}
