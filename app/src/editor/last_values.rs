//! What the newest run of the flow left on each output: shown beside the values that a field is offered.

use std::collections::HashMap;

use api::RunFilter;
use flow::{FieldKey, OutputRef, StepId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value as Json;

use super::Editor;
use crate::card::brief;
use crate::rpc;

/// Values by card and output.
pub type LastValues = HashMap<(StepId, FieldKey), Json>;

impl Editor {
    /// Asks for the values of the newest run, once for each visit to the flow.
    pub(super) fn want_last_values(self) {
        if self.last.with_untracked(Option::is_some) {
            return;
        }
        self.last.set(Some(LastValues::new()));
        let flow = self.board.flow.with_untracked(|flow| flow.id.clone());
        spawn_local(async move {
            let filter = RunFilter {
                flow: Some(flow),
                with_helpers: true,
                limit: Some(1),
                ..RunFilter::default()
            };
            // Without a run, or without leave to see it, there is nothing to show.
            let Ok(list) = rpc::list_runs(filter).await else {
                return;
            };
            let Some(newest) = list.runs.into_iter().next() else {
                return;
            };
            if let Ok(run) = rpc::open_run(newest.id).await {
                let values = run.steps.into_iter().flat_map(|step| {
                    let id = step.step;
                    let outputs = step.outputs.into_iter();
                    outputs.map(move |output| ((id.clone(), output.field), output.value))
                });
                self.last.try_set(Some(values.collect()));
            }
        });
    }

    /// Returns a value of the newest run in a few words.
    pub(super) fn last_value(self, source: &OutputRef) -> Option<String> {
        const LONGEST: usize = 40;
        // What was tried here, or is pinned, is newer than any run that was fetched.
        if let Some(tried) = crate::card::last_output(self.board, source) {
            return Some(tried.chars().take(LONGEST).collect());
        }
        self.last.with(|last| {
            let key = (source.step.clone(), source.field.clone());
            let mut here = last.as_ref()?.get(&key)?;
            for key in &source.path {
                here = match here {
                    Json::Array(items) => items.get(key.parse::<usize>().ok()?)?,
                    other => other.get(key)?,
                };
            }
            (!here.is_null()).then(|| brief(here).chars().take(LONGEST).collect())
        })
    }
}
