//! Writing the log: who did it, what happened, to whom.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::kinds::Kind;
use super::{LogEvent, MAX_EVENTS, Origin, Party};
use crate::hooks::MAX_WAITING;
use crate::state::Org;

/// Who does something, in which request, when.
#[derive(Clone, Debug)]
pub(crate) struct By {
    pub(crate) actor: Party,
    pub(crate) origin: Arc<Origin>,
    pub(crate) at: DateTime<Utc>,
}

impl By {
    /// The org itself, as a consequence of what `self` does.
    pub(crate) fn system(&self) -> By {
        By {
            actor: Party::system(),
            origin: self.origin.clone(),
            at: self.at,
        }
    }
}

/// What is to be written.
pub(crate) struct Note {
    kind: &'static Kind,
    targets: Vec<Party>,
    result: &'static str,
    reason: Option<String>,
    details: Vec<(&'static str, String)>,
}

impl Note {
    pub(crate) fn of(kind: &'static Kind) -> Note {
        Note {
            kind,
            targets: Vec::new(),
            result: "SUCCESS",
            reason: None,
            details: Vec::new(),
        }
    }

    pub(crate) fn to(mut self, target: Party) -> Note {
        self.targets.push(target);
        self
    }

    pub(crate) fn failed(mut self, reason: &str) -> Note {
        self.result = "FAILURE";
        self.reason = Some(reason.to_owned());
        self
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Note {
        self.details.push((name, value.into()));
        self
    }
}

impl Org {
    /// Writes what happened.
    pub(crate) fn note(&mut self, by: &By, note: Note) {
        let event = LogEvent {
            seq: self.next_seq(),
            uuid: self.dice.uuid(),
            at: by.at,
            kind: note.kind,
            actor: by.actor.clone(),
            targets: note.targets,
            result: note.result,
            reason: note.reason,
            origin: by.origin.clone(),
            details: note.details,
            given: None,
        };
        self.write(event);
    }

    /// Puts an event into the log and queues it for every hook that wants it.
    pub(super) fn write(&mut self, event: LogEvent) {
        for hook in self.hooks.values() {
            if hook.receives(event.event_type()) {
                if self.outbox.len() >= MAX_WAITING {
                    tracing::warn!("event hook queue is full, the oldest event is dropped");
                    self.outbox.pop_front();
                }
                self.outbox.push_back((hook.id.clone(), event.delivered()));
            }
        }
        if self.log.len() >= MAX_EVENTS {
            self.log.pop_front();
        }
        self.log.push_back(event);
    }
}
