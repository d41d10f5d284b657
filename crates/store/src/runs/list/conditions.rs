//! The conditions of one branch of the list, in words that let the database see which index serves them.

use flow::FlowId;

use super::{Branch, RunFilter, RunParent, StartedBy, Text};
use crate::Word;
use crate::runs::{Cause, RunStatus};
use crate::sql::Sql;

pub(super) fn conditions(sql: &mut Sql, filter: &RunFilter, branch: &Branch) {
    match &filter.parent {
        RunParent::Any => sql.push("1 = 1"),
        RunParent::Top => sql.push("parent_run is null"),
        RunParent::Of(parent) => sql.push("parent_run = ").bind(parent.as_str()),
    };
    if let Some(before) = &filter.before {
        sql.push(" and id < ").bind(before.as_str());
    }
    if let Some(after) = &filter.after {
        sql.push(" and id > ").bind(after.as_str());
    }
    among(sql, "flow", branch.flows.iter().map(FlowId::as_str));
    among(sql, "status", branch.statuses.iter().map(Word::word));
    // Said in these words so that the database sees that the partial indexes apply.
    let is_rare = !branch.statuses.is_empty() && !branch.statuses.contains(&RunStatus::Succeeded);
    if is_rare {
        sql.push(" and status <> 'succeeded'");
    }
    started_by(sql, &branch.causes, !is_rare);
    if let Some(version) = filter.version {
        sql.push(" and version = ").bind(version);
    }
    if let Some(person) = &filter.person {
        sql.push(" and person = ").bind(person.as_str());
    }
    if let Some(subject) = &filter.subject {
        sql.push(" and subject = ").bind(subject.as_str());
    }
    match &branch.text {
        None => {}
        Some(Text::IdPrefix(prefix)) => {
            sql.push(" and id >= ").bind(prefix.as_str());
            sql.push(" and id < ").bind(format!("{prefix}~"));
        }
        Some(Text::Subject(subject)) => {
            sql.push(" and subject = ").bind(subject.as_str());
        }
        Some(Text::Error(_)) => {
            sql.push(" and status = 'failed' and status <> 'succeeded'");
        }
        // Values of runs whose flow saves none are there only until they end, and not for people.
        Some(Text::Value(_)) => {
            sql.push(" and is_private = 0");
        }
    }
}

/// With `is_indexed` the index by cause serves the branch; where a rare status is asked for, its index does, which has
/// fewer rows to go through.
fn started_by(sql: &mut Sql, causes: &[StartedBy], is_indexed: bool) {
    if causes.is_empty() {
        return;
    }
    if is_indexed && causes.iter().all(|by| by.cause != Cause::Helper) {
        sql.push(" and cause <> 'helper'");
    }
    sql.push(" and (");
    for (index, by) in causes.iter().enumerate() {
        sql.push(if index > 0 {
            " or cause = "
        } else {
            "cause = "
        })
        .bind(by.cause.word());
        sql.push(match by.by_person {
            None => "",
            Some(true) => " and person is not null",
            Some(false) => " and person is null",
        });
    }
    sql.push(")");
}

/// Asks for one of some values; for any where there are none.
fn among<'v>(sql: &mut Sql, column: &str, values: impl ExactSizeIterator<Item = &'v str>) {
    let values: Vec<&str> = values.collect();
    match values.as_slice() {
        [] => {}
        [value] => {
            sql.push(&format!(" and {column} = ")).bind(*value);
        }
        values => {
            sql.push(&format!(" and {column} in ("));
            sql.bind_all(values.iter().copied()).push(")");
        }
    }
}
