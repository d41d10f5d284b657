//! Incremental reads: users whose update sequence number is above the one of the last import. The numbers belong to one domain
//! controller and are not replicated, so its identity is kept with them; any change of it makes the next import full.

use serde::{Deserialize, Serialize};

use crate::decode::guid::Guid;
use crate::decode::name::Name;

/// Users, and no computers or trusts.
pub const USERS: &str = "(sAMAccountType=805306368)";

/// Which domain controller answered, as its root entry and its settings object say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Controller {
    /// `dnsHostName`.
    pub host: String,
    /// `dsServiceName`.
    pub service: String,
    /// `invocationId` of the settings object; it changes when the database is restored.
    pub invocation: Guid,
}

/// Up to where the last import read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The controller that was read.
    pub controller: Controller,
    /// `highestCommittedUSN` before that read.
    pub highest: u64,
    /// The units that were selected; `None` for all.
    pub units: Option<Vec<Name>>,
}

/// What the next import reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "read", rename_all = "snake_case")]
pub enum Reading {
    /// Every user.
    Full {
        /// Why not only changes.
        why: WhyFull,
        /// The search filter.
        filter: String,
    },
    /// Users who changed.
    Changes {
        /// The search filter.
        filter: String,
    },
}

/// Why an import reads everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyFull {
    /// It was asked for.
    Asked,
    /// Nothing was imported yet.
    First,
    /// Another controller answers, or its database was restored.
    OtherController,
    /// Numbers went back, so the controller is not what it was.
    NumbersWentBack,
    /// Units were selected or left out.
    UnitsChanged,
    /// A selected unit is not there any more.
    UnitVanished,
}

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Everything.
    Full,
    /// What changed, where that can be told.
    Changes,
}

/// Decides what to read. `highest` is the number that the controller has now, `units` what is selected now.
#[must_use]
pub fn next(
    wish: Wish,
    last: Option<&Cursor>,
    controller: &Controller,
    highest: u64,
    units: Option<&[Name]>,
) -> Reading {
    let why = match last {
        _ if wish == Wish::Full => WhyFull::Asked,
        None => WhyFull::First,
        Some(last) if last.controller != *controller => WhyFull::OtherController,
        Some(last) if last.highest > highest => WhyFull::NumbersWentBack,
        Some(last) if !are_same(last.units.as_deref(), units) => WhyFull::UnitsChanged,
        Some(last) => {
            let from = last.highest.saturating_add(1);
            let filter = format!("(&{USERS}(uSNChanged>={from})(uSNChanged<={highest}))");
            return Reading::Changes { filter };
        }
    };
    Reading::Full {
        why,
        filter: USERS.to_owned(),
    }
}

fn are_same(before: Option<&[Name]>, now: Option<&[Name]>) -> bool {
    let keys = |units: &[Name]| {
        let mut keys: Vec<String> = units.iter().map(Name::key).collect();
        keys.sort();
        keys.dedup();
        keys
    };
    before.map(keys) == now.map(keys)
}
