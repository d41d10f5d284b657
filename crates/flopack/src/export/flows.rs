//! One flow: its cards, then its name, schedule and access.

use std::collections::{HashMap, HashSet};

use flow::{Access, CardKey, Flow, Schedule, Step, StepId};
use serde_json::{Value as Json, json};

use super::assemble::preview;
use super::prepare::prepare;
use super::put_text;
use super::writer::Writer;
use crate::bones::{FlowBones, Role};
use crate::ours;
use crate::pack::{FlowView, PackError};
use crate::raw::{items, put, take};

/// Writes the entry of a flow.
pub(super) fn write(
    view: &FlowView<'_>,
    bones: &FlowBones,
    folder: &str,
    parents: &HashMap<String, Json>,
) -> Result<Json, PackError> {
    let mut flow = startable(&prepare(view.flow));
    ours::spread(&mut flow);
    super::check_depth(&flow)?;
    let mut writer = Writer::new(&flow, &bones.scope, parents);
    let has_bones = !bones.scope.cards.is_empty();
    let scope = has_bones.then_some(&bones.scope);
    if writer.is_wrapped(&flow, &bones.scope) {
        let was_wrapped = bones
            .scope
            .cards
            .iter()
            .any(|card| card.role == Role::Wrapper);
        writer.event_flow(&flow, scope.filter(|_| was_wrapped));
    } else {
        let top = writer.add_scope(None, scope);
        let row = writer.row(top, &flow.steps);
        writer.scopes[top].row = row;
    }
    writer.restore();
    writer.route_links();
    let (methods, orderings) = writer.assemble(folder);
    let mut out = head(view, &flow, bones, folder);
    ours::write(&mut out, &flow);
    put(&mut out, &["data", "display", "preview"], preview(&methods));
    put(&mut out, &["data", "methods"], methods);
    put(&mut out, &["data", "orderings"], orderings);
    Ok(out)
}

/// A flow without cards is one that only runs by hand and does nothing.
fn startable(flow: &Flow) -> Flow {
    let mut flow = flow.clone();
    if flow.steps.is_empty() {
        flow.steps.push(Step {
            id: StepId::from("start"),
            card: CardKey::new("control", "noop"),
            title: None,
            note: None,
            connection: None,
            inputs: Vec::new(),
            outputs: Vec::new(),
            lanes: Vec::new(),
            on_error: flow::OnError::default(),
            collapsed: false,
        });
    }
    flow
}

fn head(view: &FlowView<'_>, flow: &Flow, bones: &FlowBones, folder: &str) -> Json {
    let mut out = bones.flow.clone();
    put(&mut out, &["id"], flow.id.as_str());
    put_text(&mut out, &["name"], &flow.name);
    put_text(&mut out, &["description"], &flow.description);
    if out["data"].is_null() {
        out["data"] = json!({
            "display": {}, "tree": {"id": 2, "name": "empty"}, "model": {}, "inheritLog": true,
            "templateName": null,
            "connector_method_meta": {"inputs": {}, "outputs": {}, "options": {}},
            "monitor_flo": false,
        });
    }
    put(&mut out, &["data", "id"], Json::Null);
    put(&mut out, &["data", "uuid"], flow.id.as_str());
    if view.folder.is_some() || out["data"]["group"].is_null() {
        put(&mut out, &["data", "group"], folder);
    }
    let first = flow.steps.first();
    let starts_with =
        |module: &str, method: &str| first.is_some_and(|step| step.card.is(module, method));
    put(
        &mut out,
        &["data", "display", "isCallable"],
        starts_with("control", "callable"),
    );
    put(&mut out, &["data", "log"], flow.saves_data);
    put(&mut out, &["data", "scheduled"], flow.schedule.is_some());
    write_cron(&mut out, flow.schedule.as_ref());
    let level = match flow.access {
        Some(Access::Public) => json!("open"),
        Some(Access::ClientToken) => json!("medium"),
        Some(Access::OAuth) => json!("high"),
        None if starts_with("http", "accept") => match &out["data"]["security_level"] {
            Json::Null => json!("medium"),
            known => known.clone(),
        },
        None if starts_with("http", "delegated") => json!("high"),
        None => Json::Null,
    };
    put(&mut out, &["data", "security_level"], level);
    write_folds(&mut out, flow);
    out
}

fn write_cron(out: &mut Json, schedule: Option<&Schedule>) {
    let Some(schedule) = schedule else {
        return put(out, &["data", "cron"], json!({}));
    };
    for (name, value) in [
        ("seconds", &schedule.seconds),
        ("minutes", &schedule.minutes),
        ("hours", &schedule.hours),
        ("dayOfTheMonth", &schedule.day_of_month),
        ("month", &schedule.month),
        ("dayOfTheWeek", &schedule.day_of_week),
        ("timeZone", &schedule.time_zone),
    ] {
        put(out, &["data", "cron", name], value.as_str());
    }
    for (name, day) in [("startDate", &schedule.starts), ("endDate", &schedule.ends)] {
        let known = out["data"]["cron"][name].as_str().map(str::trim);
        if known != Some(day.as_deref().unwrap_or_default()) {
            put(
                out,
                &["data", "cron", name],
                day.as_deref().unwrap_or_default(),
            );
        }
    }
    if out["data"]["cron"].get("recurrence").is_none() {
        put(out, &["data", "cron", "recurrence"], 0);
    }
}

/// Writes which cards are folded, unless the pack says just that already.
fn write_folds(out: &mut Json, flow: &Flow) {
    let known = &out["data"]["display"]["collapsedMethods"];
    let by_default = known["defaultState"] == "collapsed";
    let exceptions: HashSet<&str> = items(&known["overrides"])
        .iter()
        .filter_map(Json::as_str)
        .collect();
    let steps = flow.all_steps();
    if steps
        .iter()
        .all(|step| step.collapsed == (by_default != exceptions.contains(step.id.as_str())))
    {
        return;
    }
    let folded: Vec<&str> = steps
        .iter()
        .filter(|step| step.collapsed)
        .map(|step| step.id.as_str())
        .collect();
    if folded.is_empty() {
        take(out, &["data", "display", "collapsedMethods"]);
        return;
    }
    let folds = json!({"defaultState": "expanded", "overrides": folded});
    put(out, &["data", "display", "collapsedMethods"], folds);
}
