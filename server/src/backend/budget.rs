//! The rate limits of a connection's org: how they stand, and how much of them is left to others.

use api::{ApiError, BucketBudget, Budget, BudgetMinute, ErrorCode, LEAVE_PERCENT, NewShare};
use flow::ConnectionId;
use serde_json::json;
use store::{connections, shares};

use super::{Caller, Right};
use crate::clock;
use crate::error::{from_store, invalid};

pub(super) async fn read(caller: &Caller, id: ConnectionId) -> Result<Budget, ApiError> {
    if caller.need(Right::Read).is_err() {
        caller.need(Right::Connect)?;
    }
    let store = &caller.server.store;
    let row = connections::find(store, &id).await.map_err(from_store)?;
    let share = shares::find(store, &id).await.map_err(from_store)?;
    let (Some(row), Some(leave_percent)) = (row, share) else {
        return Err(gone());
    };
    let known = caller.server.connections.budget(&row.base_url);
    Ok(known.map_or_else(|| unused(leave_percent), |known| view(known, leave_percent)))
}

pub(super) async fn save(
    caller: &Caller,
    id: ConnectionId,
    new: NewShare,
) -> Result<Budget, ApiError> {
    caller.need(Right::Connect)?;
    if !LEAVE_PERCENT.contains(&new.leave_percent) {
        let (least, most) = (LEAVE_PERCENT.start(), LEAVE_PERCENT.end());
        return Err(invalid(format!(
            "Leave a whole number from {least} to {most} percent to others."
        )));
    }
    let server = &caller.server;
    let before = shares::find(&server.store, &id).await.map_err(from_store)?;
    let before = before.ok_or_else(gone)?;
    shares::save(&server.store, &id, new.leave_percent, clock::now_ms())
        .await
        .map_err(from_store)?;
    server.connections.forget(&id);
    caller
        .audit(
            "connection.share",
            "connection",
            id.as_str(),
            Some(json!({ "leave_percent": before })),
            Some(json!({ "leave_percent": new.leave_percent })),
        )
        .await?;
    read(caller, id).await
}

fn gone() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "There is no such connection. It may have been deleted.",
    )
}

/// The org was not called since the server started.
fn unused(leave_percent: i64) -> Budget {
    Budget {
        at: clock::now_ms(),
        leave_percent,
        under_way: 0,
        places: 0,
        waiting: 0,
        paused_until: None,
        buckets: Vec::new(),
    }
}

fn view(known: connect::Budget, leave_percent: i64) -> Budget {
    Budget {
        at: known.at_ms,
        leave_percent,
        under_way: whole(known.under_way),
        places: whole(known.places),
        waiting: whole(known.waiting),
        paused_until: known.paused_until_ms,
        buckets: known.buckets.into_iter().map(bucket).collect(),
    }
}

fn bucket(known: connect::Standing) -> BucketBudget {
    let minutes = known.minutes.into_iter().map(|minute| BudgetMinute {
        at: minute.at_ms,
        ours: minute.ours,
        others: minute.others,
        limit: minute.limit,
        waiting: minute.waiting,
    });
    BucketBudget {
        name: known.name,
        limit: known.limit,
        ours: known.ours,
        others: known.others,
        left: known.left,
        resets_at: known.resets_at_ms,
        blocked_until: known.blocked_until_ms,
        under_way: known.under_way,
        waiting: whole(known.waiting),
        minutes: minutes.collect(),
    }
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
