//! Taking away the data of a flow's runs: the runs stay in the list, what went through them is gone for good.

use api::{ApiError, ClearRuns, ClearedRuns};
use flow::RunId;
use serde_json::json;
use store::{Write, flows, runs};

use super::{Caller, Right, versions};
use crate::clock;
use crate::error::{from_store, internal};
use crate::work::host::without_data;
use crate::work::runner;

/// Runs looked at in one go.
const PAGE: u32 = 100;

pub(super) async fn clear(caller: &Caller, request: ClearRuns) -> Result<ClearedRuns, ApiError> {
    let author = caller.need(Right::Edit)?.id.clone();
    let server = &caller.server;
    let record = flows::get(&server.store, &request.flow)
        .await
        .map_err(from_store)?;
    if request.stop_saving && record.draft.saves_data {
        stop_saving(caller, &author, record).await?;
    }
    let mut after: Option<RunId> = None;
    let mut cleared = 0;
    loop {
        let some = runs::with_data(&server.store, &request.flow, after.as_ref(), PAGE)
            .await
            .map_err(from_store)?;
        let Some(last) = some.last() else {
            break;
        };
        after = Some(last.id.clone());
        for run in &some {
            let (history, _) = runner::history(server, run)
                .await
                .map_err(|error| internal(&error))?;
            let entries =
                serde_json::to_string(&without_data(history)).map_err(|error| internal(&error))?;
            let clear = Write::Clear {
                run: run.id.clone(),
                entries,
            };
            server
                .writer
                .submit(vec![clear])
                .await
                .map_err(from_store)?;
            cleared += 1;
        }
    }
    let after = json!({ "runs": cleared, "stop_saving": request.stop_saving });
    caller
        .audit(
            "flow.runs.clear",
            "flow",
            request.flow.as_str(),
            None,
            Some(after),
        )
        .await?;
    Ok(ClearedRuns { runs: cleared })
}

/// The draft saves no data from now on, nor does the version that is on: it becomes one that does not.
async fn stop_saving(
    caller: &Caller,
    author: &flow::PersonId,
    record: flows::FlowRecord,
) -> Result<(), ApiError> {
    let store = &caller.server.store;
    let on = store::triggers::find(store, &record.row.id)
        .await
        .map_err(from_store)?;
    if let Some(trigger) = on {
        let active = store::versions::get(store, &record.row.id, trigger.version)
            .await
            .map_err(from_store)?;
        let mut document = active.document;
        document.saves_data = false;
        let number = versions::new_version(caller, author, &document, ("", "")).await?;
        // Problems of other kinds must not keep data flowing into the history.
        versions::turn_on(caller, &document, number).await?;
    }
    let mut draft = record.draft;
    draft.saves_data = false;
    let save = flows::DraftSave {
        draft: &draft,
        expected_revision: record.row.draft_revision,
        problems: record.row.problems,
        at: clock::now_ms(),
    };
    flows::save_draft(store, &save).await.map_err(from_store)?;
    Ok(())
}
