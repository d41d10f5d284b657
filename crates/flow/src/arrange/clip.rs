//! Cards as text on the clipboard: a small JSON document of our own, readable, and parsed with suspicion.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::place::outermost;
use crate::document::{Binding, Flow, Part, Step};
use crate::edit::MAX_NESTING;
use crate::id::StepId;
use crate::schedule::Schedule;

/// A clipboard text longer than this is not read, in bytes.
pub const MAX_CLIP: usize = 4 << 20;
/// More cards than this are not pasted at once.
pub const MAX_CLIP_CARDS: usize = 2_000;
const MARK: &str = "cards";
const VERSION: u32 = 1;
/// Ids and keys longer than this were not made here, in bytes.
const MAX_NAME: usize = 1_000;

/// Copied cards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clip {
    /// Says what this is: `cards`.
    nagare: String,
    /// Of this format.
    version: u32,
    /// Name of the flow they come from, for whoever reads the text.
    #[serde(default)]
    pub from: String,
    /// When the flow runs, where the card that starts it is among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) schedule: Option<Schedule>,
    /// The cards in reading order, with all they hold. Links point at the ids they had.
    pub cards: Vec<Step>,
}

/// Why a text holds no cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAClip {
    /// Nothing is in it.
    #[error("The clipboard is empty.")]
    Empty,
    /// It is too long, or holds too many cards.
    #[error("The text is too long to be pasted.")]
    TooLarge,
    /// It is a text for people.
    #[error("The text holds no cards.")]
    Text,
    /// It is the data of something else.
    #[error("The text is data of another program.")]
    Foreign,
    /// A newer Nagare wrote it.
    #[error("The cards were copied from a newer Nagare.")]
    Newer,
    /// It was changed or cut off on the way.
    #[error("The cards on the clipboard are damaged.")]
    Damaged,
}

impl Clip {
    /// Returns these cards of a flow; nothing where none of them is there.
    pub fn of(flow: &Flow, ids: &[StepId]) -> Option<Self> {
        let cards: Vec<Step> = outermost(flow, ids)
            .iter()
            .filter_map(|id| flow.step(id).cloned())
            .collect();
        (!cards.is_empty()).then(|| Self {
            nagare: MARK.to_owned(),
            version: VERSION,
            from: flow.name.clone(),
            schedule: flow.schedule.clone().filter(|_| {
                let first = flow.steps.first();
                first.is_some_and(|first| ids.contains(&first.id))
            }),
            cards,
        })
    }

    /// Returns the text for the clipboard.
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads a text from the clipboard.
    pub fn parse(text: &str) -> Result<Self, NotAClip> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NotAClip::Empty);
        }
        if text.len() > MAX_CLIP {
            return Err(NotAClip::TooLarge);
        }
        if !text.starts_with(['{', '[']) {
            return Err(NotAClip::Text);
        }
        let is_ours = text.contains("\"nagare\"");
        let Ok(json) = serde_json::from_str::<Json>(text) else {
            return Err(if is_ours {
                NotAClip::Damaged
            } else {
                NotAClip::Text
            });
        };
        if json.get("nagare").and_then(Json::as_str) != Some(MARK) {
            return Err(NotAClip::Foreign);
        }
        match json.get("version").and_then(Json::as_u64) {
            Some(version) if version > u64::from(VERSION) => return Err(NotAClip::Newer),
            Some(1..) => {}
            _ => return Err(NotAClip::Damaged),
        }
        let clip: Self = serde_json::from_value(json).map_err(|_| NotAClip::Damaged)?;
        clip.check()?;
        Ok(clip)
    }

    /// Returns how many cards are in it, those in containers too, notes left out.
    pub fn count(&self) -> usize {
        self.all()
            .into_iter()
            .filter(|step| !step.is_note())
            .count()
    }

    fn all(&self) -> Vec<&Step> {
        let mut all = Vec::new();
        let mut open: Vec<&Step> = self.cards.iter().collect();
        while let Some(step) = open.pop() {
            all.push(step);
            open.extend(step.lanes.iter().flat_map(|lane| &lane.steps));
        }
        all
    }

    fn check(&self) -> Result<(), NotAClip> {
        let all = self.all();
        if all.is_empty() {
            return Err(NotAClip::Damaged);
        }
        if all.len() > MAX_CLIP_CARDS {
            return Err(NotAClip::TooLarge);
        }
        let mut ids = HashSet::new();
        let is_sound = self.cards.iter().all(|step| is_shallow(step, MAX_NESTING))
            && all
                .iter()
                .all(|step| ids.insert(&step.id) && is_sound(step));
        if is_sound {
            Ok(())
        } else {
            Err(NotAClip::Damaged)
        }
    }
}

fn is_shallow(step: &Step, left: usize) -> bool {
    let mut inner = step.lanes.iter().flat_map(|lane| &lane.steps);
    inner.all(|inner| left > 0 && is_shallow(inner, left - 1))
}

/// What can be drawn and edited is sound: ids and keys of a length that somebody can have made, lanes with names of their
/// own, plain values in texts. Fields of one key twice come with imported packs and are no harm.
fn is_sound(step: &Step) -> bool {
    let mut lanes = HashSet::new();
    let inputs = step
        .lanes
        .iter()
        .flat_map(|lane| lane.inputs.iter().chain(&lane.yields));
    let mut inputs = step.inputs.iter().chain(inputs);
    !step.id.as_str().is_empty()
        && step.id.as_str().len() <= MAX_NAME
        && step
            .lanes
            .iter()
            .all(|lane| lane.id.as_str().len() <= MAX_NAME && lanes.insert(&lane.id))
        && step
            .outputs
            .iter()
            .all(|output| output.key.key.len() <= MAX_NAME)
        && inputs.all(|input| input.key.key.len() <= MAX_NAME && is_plain(&input.binding))
}

fn is_plain(binding: &Binding) -> bool {
    let Binding::Template { parts } = binding else {
        return true;
    };
    parts.iter().all(|part| match part {
        Part::Text { .. } => true,
        Part::Value { binding, .. } => matches!(
            **binding,
            Binding::Output { .. }
                | Binding::Constant { .. }
                | Binding::Item { .. }
                | Binding::Empty
        ),
    })
}
