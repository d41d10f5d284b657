//! One flow of a pack: its name, schedule and access, and the folded document.

use std::collections::{HashMap, HashSet};

use flow::{Access, Flow, FlowId, Schedule, Step};
use serde_json::{Value as Json, json};

use super::scope::Entry;
use super::strip_text;
use crate::bones::FlowBones;
use crate::ours;
use crate::pack::{NewIds, PackError, PackFlow, PackProblem};
use crate::raw::{self, take, text};

/// Reads flows; shared by all flows of a pack.
pub(super) struct Importer<'a> {
    pub(super) ids: &'a mut dyn NewIds,
    pub(super) problems: &'a mut Vec<PackProblem>,
    /// Number of cards by connection.
    pub(super) uses: &'a mut HashMap<String, usize>,
    pub(super) known_folder: &'a dyn Fn(&str) -> bool,
}

/// Reads the cards of one flow.
pub(super) struct Reader<'a> {
    pub(super) ids: &'a mut dyn NewIds,
    pub(super) problems: &'a mut Vec<PackProblem>,
    pub(super) uses: &'a mut HashMap<String, usize>,
    /// Name of the flow, for problems.
    pub(super) flow: String,
    /// Ids of cards that are taken in this flow.
    pub(super) taken: HashSet<String>,
    /// Cards seen.
    pub(super) cards: usize,
}

impl Importer<'_> {
    /// Reads one entry of `flos`; nothing if it has no body.
    pub(super) fn flow(&mut self, id: &str, entry: &Json) -> Result<Option<PackFlow>, PackError> {
        let body = &entry["data"];
        let name = text(entry, "name").to_owned();
        if !raw::is_body(body) {
            self.problem(
                &name,
                "no_body",
                "The flow has no cards in the pack; it is left out.",
            );
            return Ok(None);
        }
        let mut reader = Reader {
            ids: self.ids,
            problems: self.problems,
            uses: self.uses,
            flow: name.clone(),
            taken: HashSet::new(),
            cards: 0,
        };
        let read = reader.scope(body, &Entry::Flow, 0)?;
        let cards = reader.cards;
        let mut flow = Flow::new(FlowId::from(id), name);
        flow.description = text(entry, "description").to_owned();
        flow.saves_data = body["log"] != false;
        flow.steps = read.steps;
        flow.schedule = (body["scheduled"] == true).then(|| schedule(&body["cron"]));
        ours::read(body, &mut flow);
        flow.access = access(&flow, body);
        fold(&mut flow.steps, &body["display"]["collapsedMethods"]);
        let group = text(body, "group");
        let folder = (self.known_folder)(group).then(|| group.to_owned());
        if folder.is_none() && !group.is_empty() {
            self.problem(
                &flow.name,
                "folder_missing",
                "The flow lies in a folder that is not in the pack; it goes to where the pack goes.",
            );
        }
        let bones = FlowBones {
            flow: strip(entry, &flow, folder.is_some()),
            scope: read.bones,
        };
        let skeleton = json!(bones);
        if depth(&json!(flow)).max(depth(&skeleton)) > MAX_DEPTH {
            return Err(PackError::TooNested);
        }
        Ok(Some(PackFlow {
            folder,
            flow,
            skeleton,
            cards,
        }))
    }

    fn problem(&mut self, flow: &str, code: &str, message: &str) {
        self.problems.push(PackProblem {
            flow: Some(flow.to_owned()),
            card: None,
            code: code.to_owned(),
            message: message.to_owned(),
        });
    }
}

/// How deep values lie in each other. The parser has bounded what comes here.
fn depth(json: &Json) -> usize {
    match json {
        Json::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Json::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

impl Reader<'_> {
    /// Notes something that is wrong with a card, or with the flow.
    pub(super) fn problem(&mut self, card: Option<&str>, code: &str, message: impl Into<String>) {
        self.problems.push(PackProblem {
            flow: Some(self.flow.clone()),
            card: card.map(str::to_owned),
            code: code.to_owned(),
            message: message.into(),
        });
    }
}

const CRON: [&str; 7] = [
    "seconds",
    "minutes",
    "hours",
    "dayOfTheMonth",
    "month",
    "dayOfTheWeek",
    "timeZone",
];

fn schedule(cron: &Json) -> Schedule {
    let field = |name: &str, otherwise: &str| match &cron[name] {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => otherwise.to_owned(),
    };
    let day = |name: &str| {
        let text = cron[name].as_str().unwrap_or_default().trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    Schedule {
        starts: day("startDate"),
        ends: day("endDate"),
        seconds: field("seconds", "0"),
        minutes: field("minutes", "0"),
        hours: field("hours", "*"),
        day_of_month: field("dayOfTheMonth", "*"),
        month: field("month", "*"),
        day_of_week: field("dayOfTheWeek", "*"),
        time_zone: field("timeZone", "UTC"),
        ..Schedule::default()
    }
}

/// What is kept of a flow is read again by a parser that goes 128 levels deep, with a few levels around it.
const MAX_DEPTH: usize = 110;

/// What the level `high` means for an API endpoint is inferred: no real pack has it there.
fn access(flow: &Flow, body: &Json) -> Option<Access> {
    let first = flow.steps.first()?;
    if !first.card.is("http", "accept") {
        return None;
    }
    match text(body, "security_level") {
        "open" => Some(Access::Public),
        "medium" => Some(Access::ClientToken),
        "high" => Some(Access::OAuth),
        _ => None,
    }
}

/// Folds the cards that the designer draws folded.
fn fold(steps: &mut [Step], folded: &Json) {
    let by_default = folded["defaultState"] == "collapsed";
    let exceptions: HashSet<&str> = raw::items(&folded["overrides"])
        .iter()
        .filter_map(Json::as_str)
        .collect();
    if by_default || !exceptions.is_empty() {
        fold_row(steps, by_default, &exceptions);
    }
}

fn fold_row(steps: &mut [Step], by_default: bool, exceptions: &HashSet<&str>) {
    for step in steps {
        step.collapsed = by_default != exceptions.contains(step.id.as_str());
        for lane in &mut step.lanes {
            fold_row(&mut lane.steps, by_default, exceptions);
        }
    }
}

/// Returns the entry of a flow without its cards and without what the document carries.
fn strip(entry: &Json, flow: &Flow, has_folder: bool) -> Json {
    let mut rest = entry.clone();
    take(&mut rest, &["id"]);
    strip_text(&mut rest, &["name"]);
    strip_text(&mut rest, &["description"]);
    for part in ["uuid", "methods", "orderings", "scheduled"] {
        take(&mut rest, &["data", part]);
    }
    if has_folder {
        take(&mut rest, &["data", "group"]);
    }
    if rest["data"]["log"].is_boolean() {
        take(&mut rest, &["data", "log"]);
    }
    if flow.access.is_some() {
        take(&mut rest, &["data", "security_level"]);
    }
    if flow.schedule.is_some() {
        for part in CRON {
            take(&mut rest, &["data", "cron", part]);
        }
    }
    ours::strip(&mut rest);
    for part in ["preview", "isCallable"] {
        take(&mut rest, &["data", "display", part]);
    }
    rest
}
