//! What somebody should look at, grouped by cause, and putting it away with a reason.

use std::collections::HashMap;

use api::{ApiError, Attention, AttentionCause, Dismiss, Dismissed};
use flow::PersonId;
use serde_json::json;
use store::connections::{ConnectionRow, ConnectionState};
use store::dismissals::{self, Dismissal};
use store::flows::FlowFilter;
use store::runs::{self, CauseCount, RunStatus, Span};
use store::{people, triggers, uses};

use super::{Caller, Right};
use crate::clock;
use crate::error::{from_store, invalid};

/// Longest list.
const MOST: usize = 50;
/// Causes of failed runs.
const CAUSES: i64 = 20;
/// A schedule that is so late did not run.
const LATE_MS: i64 = 300_000;
const HOUR_MS: i64 = 3_600_000;

/// Returns what somebody should look at; what was put away comes last and says so.
pub(super) async fn list(
    caller: &Caller,
    connections: &[ConnectionRow],
    span: &Span,
) -> Result<Vec<Attention>, ApiError> {
    let store = &caller.server.store;
    let now = clock::now_ms();
    let mut items = Vec::new();
    for cause in runs::causes(store, span, CAUSES)
        .await
        .map_err(from_store)?
    {
        items.push(failed(caller, cause).await?);
    }
    for row in connections {
        if row.state == ConnectionState::NeedsReauthorization {
            items.push(reauthorize(caller, row).await?);
        }
        items.extend(limit_of(caller, row, now));
    }
    let late = triggers::overdue(store, now - LATE_MS).await;
    items.extend(
        late.map_err(from_store)?
            .into_iter()
            .map(|(flow, flow_name, at)| Attention {
                key: format!("overdue:{flow}"),
                mark: at.to_string(),
                what: AttentionCause::Overdue {
                    flow,
                    flow_name,
                    at,
                },
                dismissed: None,
            }),
    );
    items.extend(drafts(caller).await?);
    items.truncate(MOST);
    mark_dismissed(caller, &mut items).await?;
    // What a person has to decide comes first, what was put away last; else the order stays.
    items.sort_by_key(|item| {
        let decides = matches!(item.what, AttentionCause::OutcomeUnknown { .. });
        (item.dismissed.is_some(), !decides)
    });
    Ok(items)
}

async fn failed(caller: &Caller, cause: CauseCount) -> Result<Attention, ApiError> {
    let newest = runs::find(&caller.server.store, &cause.newest)
        .await
        .map_err(from_store)?;
    let code = cause.code.unwrap_or_default();
    let step = cause.step.map(|step| step.to_string()).unwrap_or_default();
    if cause.status == RunStatus::OutcomeUnknown {
        return Ok(Attention {
            key: format!("unknown:{}:{step}", cause.flow),
            mark: cause.newest.to_string(),
            what: AttentionCause::OutcomeUnknown {
                run: cause.newest,
                flow: cause.flow,
                flow_name: cause.flow_name,
                count: cause.runs,
            },
            dismissed: None,
        });
    }
    Ok(Attention {
        key: format!("failed:{}:{code}:{step}", cause.flow),
        mark: cause.newest.to_string(),
        what: AttentionCause::Failed {
            run: cause.newest,
            flow: cause.flow,
            flow_name: cause.flow_name,
            error: newest.and_then(|run| run.error_message).unwrap_or_default(),
            code,
            count: cause.runs,
            since: cause.first_at,
        },
        dismissed: None,
    })
}

async fn reauthorize(caller: &Caller, row: &ConnectionRow) -> Result<Attention, ApiError> {
    let users = uses::of_connection(&caller.server.store, &row.id)
        .await
        .map_err(from_store)?;
    let flows = users.iter().filter(|user| user.is_on).count();
    Ok(Attention {
        key: format!("connection:{}", row.id),
        mark: format!("{}:{flows}", row.last_error.as_deref().unwrap_or_default()),
        what: AttentionCause::Reauthorize {
            connection: row.id.clone(),
            name: row.name.clone(),
            flows,
        },
        dismissed: None,
    })
}

/// The fullest bucket of a connection's org, where less than a tenth is left or calls wait.
fn limit_of(caller: &Caller, row: &ConnectionRow, now: i64) -> Option<Attention> {
    let budget = caller.server.connections.budget(&row.base_url)?;
    let scarce = budget.buckets.into_iter().filter_map(|bucket| {
        let (limit, left) = (bucket.limit?, bucket.left?);
        let waiting = i64::try_from(bucket.waiting).unwrap_or(i64::MAX);
        let is_scarce = waiting > 0 || left * 10 < limit;
        is_scarce.then_some((waiting, left, limit, bucket.name))
    });
    let (waiting, left, limit, bucket) =
        scarce.max_by_key(|(waiting, left, ..)| (*waiting, -left))?;
    Some(Attention {
        key: format!("limit:{}:{bucket}", row.id),
        // A limit is full for moments; put away, it rests for the hour.
        mark: (now / HOUR_MS).to_string(),
        what: AttentionCause::Limit {
            connection: row.id.clone(),
            name: row.name.clone(),
            bucket,
            left,
            limit,
            waiting,
        },
        dismissed: None,
    })
}

/// Flows that are on and whose draft could not be turned on.
async fn drafts(caller: &Caller) -> Result<Vec<Attention>, ApiError> {
    let filter = FlowFilter {
        is_on: Some(true),
        limit: store::MAX_PAGE,
        ..FlowFilter::default()
    };
    let page = store::flows::list(&caller.server.store, &filter)
        .await
        .map_err(from_store)?;
    let broken = page.items.into_iter().filter(|flow| flow.problems > 0);
    Ok(broken
        .map(|flow| Attention {
            key: format!("draft:{}", flow.id),
            mark: flow.draft_revision.to_string(),
            what: AttentionCause::Draft {
                flow: flow.id,
                flow_name: flow.name,
                problems: usize::try_from(flow.problems).unwrap_or(0),
            },
            dismissed: None,
        })
        .collect())
}

async fn mark_dismissed(caller: &Caller, items: &mut [Attention]) -> Result<(), ApiError> {
    let store = &caller.server.store;
    let away = dismissals::list(store).await.map_err(from_store)?;
    if away.is_empty() {
        return Ok(());
    }
    let everyone = people::list(store).await.map_err(from_store)?;
    let names: HashMap<&PersonId, &str> = everyone
        .iter()
        .map(|person| (&person.id, person.name.as_str()))
        .collect();
    let away: HashMap<&str, &Dismissal> =
        away.iter().map(|item| (item.key.as_str(), item)).collect();
    for item in items {
        let known = away.get(item.key.as_str());
        item.dismissed = known
            .filter(|dismissal| dismissal.mark == item.mark)
            .map(|dismissal| Dismissed {
                person: names
                    .get(&dismissal.person)
                    .map(|name| (*name).to_owned())
                    .unwrap_or_default(),
                reason: dismissal.reason.clone(),
                at: dismissal.at,
            });
    }
    Ok(())
}

pub(in crate::backend) async fn dismiss(caller: &Caller, request: Dismiss) -> Result<(), ApiError> {
    let person = caller.need(Right::Run)?.id.clone();
    let reason = request.reason.trim();
    if !(1..=200).contains(&reason.chars().count()) {
        return Err(invalid(
            "Say in 1 to 200 characters why nobody has to look.",
        ));
    }
    if request.key.is_empty() || request.key.len() > 500 || request.mark.len() > 1_000 {
        return Err(invalid("There is no such item on the list."));
    }
    let dismissal = Dismissal {
        key: request.key,
        mark: request.mark,
        reason: reason.to_owned(),
        person,
        at: clock::now_ms(),
    };
    dismissals::save(&caller.server.store, &dismissal)
        .await
        .map_err(from_store)?;
    let after = json!({ "mark": dismissal.mark, "reason": dismissal.reason });
    caller
        .audit(
            "attention.dismiss",
            "attention",
            &dismissal.key,
            None,
            Some(after),
        )
        .await
}

pub(in crate::backend) async fn restore(caller: &Caller, key: String) -> Result<(), ApiError> {
    caller.need(Right::Run)?;
    dismissals::delete(&caller.server.store, &key)
        .await
        .map_err(from_store)?;
    caller
        .audit("attention.restore", "attention", &key, None, None)
        .await
}
