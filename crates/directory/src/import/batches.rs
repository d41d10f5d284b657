//! Identity-source sessions as data: what goes into which call. A call takes 200 users or 200 KB, a session 50 calls; users are
//! created and updated before others are removed, and every value is text.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use crate::decode::guid::Guid;
use crate::mapping::shown;

/// The most users of a call.
pub const MAX_USERS: usize = 200;
/// The most bytes of a call's body.
pub const MAX_BYTES: usize = 200_000;
/// The most calls of a session.
pub const MAX_CALLS: usize = 50;

/// Room for what stands around the users of a call.
const FRAME: usize = 100;

/// A user in a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// The key of the user.
    #[serde(rename = "externalId")]
    pub external_id: Guid,
    /// Text values by property; none for a removal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<BTreeMap<String, String>>,
}

impl Sent {
    /// A user who is created or updated.
    #[must_use]
    pub fn upsert(external_id: Guid, values: &BTreeMap<String, Json>) -> Self {
        let text = |(name, value): (&String, &Json)| (name.clone(), shown(value));
        Self {
            external_id,
            profile: Some(values.iter().map(text).collect()),
        }
    }

    /// A user who is removed.
    #[must_use]
    pub fn removal(external_id: Guid) -> Self {
        Self {
            external_id,
            profile: None,
        }
    }

    fn bytes(&self) -> usize {
        // JSON of text cannot fail; a length that no call has keeps it out if it did.
        serde_json::to_string(self).map_or(usize::MAX, |text| text.len())
    }
}

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `bulk-upsert`.
    Upsert,
    /// `bulk-delete`.
    Delete,
}

/// One call of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Call {
    /// What it does.
    pub kind: Kind,
    /// The users, in the order that they came.
    pub users: Vec<Sent>,
}

/// Makes calls of users that come one by one, so that one call is in memory.
#[derive(Debug)]
pub struct Filling {
    kind: Kind,
    users: Vec<Sent>,
    bytes: usize,
}

/// A user who is too large for any call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("The user {user} has {bytes} bytes, and one call takes {MAX_BYTES}. Leave attributes out.")]
pub struct TooLarge {
    /// The key of the user.
    pub user: Guid,
    /// How much there is.
    pub bytes: usize,
}

impl Filling {
    /// An empty call.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            users: Vec::new(),
            bytes: FRAME,
        }
    }

    /// Adds a user; answers the call that was full before, if it was.
    pub fn add(&mut self, user: Sent) -> Result<Option<Call>, TooLarge> {
        let bytes = user.bytes().saturating_add(1);
        if bytes > MAX_BYTES - FRAME {
            return Err(TooLarge {
                user: user.external_id,
                bytes,
            });
        }
        let is_full = self.users.len() == MAX_USERS || self.bytes + bytes > MAX_BYTES;
        let full = if is_full { self.finish() } else { None };
        self.users.push(user);
        self.bytes += bytes;
        Ok(full)
    }

    /// The last call, if there is anybody in it.
    pub fn finish(&mut self) -> Option<Call> {
        self.bytes = FRAME;
        let users = std::mem::take(&mut self.users);
        let kind = self.kind;
        (!users.is_empty()).then_some(Call { kind, users })
    }
}

/// The place of a call: its session and its number in it, both from 0.
#[must_use]
pub fn place(call: usize) -> (usize, usize) {
    (call / MAX_CALLS, call % MAX_CALLS)
}
