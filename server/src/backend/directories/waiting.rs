//! Users who wait for a person: new ones and matches that no setting confirms. The next import acts on what was said.

use api::{ApiError, ConfirmUser, UserDecision, WaitingUser};
use serde_json::Value as Json;
use store::directories::users::{self, KnownUser};

use super::found;
use crate::backend::{Caller, Right};
use crate::clock;
use crate::error::{from_store, invalid};

/// The most users that are listed or decided at once.
const MOST: u32 = 500;

/// Lists users who wait.
pub(in crate::backend) async fn list(
    caller: &Caller,
    id: String,
) -> Result<Vec<WaitingUser>, ApiError> {
    caller.need(Right::Read)?;
    found(caller, &id).await?;
    let page = users::list_in_state(&caller.server.store, &id, "unconfirmed", None, MOST)
        .await
        .map_err(from_store)?;
    Ok(page.items.into_iter().map(view).collect())
}

/// Takes note of what a person says, and returns who still waits.
pub(in crate::backend) async fn confirm(
    caller: &Caller,
    id: String,
    decided: Vec<ConfirmUser>,
) -> Result<Vec<WaitingUser>, ApiError> {
    caller.need(Right::Connect)?;
    found(caller, &id).await?;
    if decided.len() > MOST as usize {
        return Err(invalid("Decide on 500 users at most at once."));
    }
    let store = &caller.server.store;
    let mut changed = Vec::with_capacity(decided.len());
    for one in &decided {
        let known = users::find(store, &id, &one.guid)
            .await
            .map_err(from_store)?;
        let Some(mut user) = known.filter(|user| user.okta_user.is_none()) else {
            return Err(invalid(format!(
                "The user {} does not wait for anybody. Look at the list again.",
                one.guid
            )));
        };
        match &one.decision {
            UserDecision::Confirm => user.state = "staged".to_owned(),
            UserDecision::Create => user.state = "separate".to_owned(),
            UserDecision::Ignore => user.state = "ignored".to_owned(),
            UserDecision::Link(okta_user) => {
                if okta_user.trim().is_empty() {
                    return Err(invalid("Say which user of the org it is."));
                }
                user.okta_user = Some(okta_user.trim().to_owned());
                user.status = "live".to_owned();
                user.state = "active".to_owned();
            }
        }
        user.updated_at = clock::now_ms();
        changed.push(user);
    }
    users::save(store, &id, &changed)
        .await
        .map_err(from_store)?;
    let after = serde_json::to_value(&decided).unwrap_or(Json::Null);
    caller
        .audit("directory.confirm", "directory", &id, None, Some(after))
        .await?;
    list(caller, id).await
}

fn view(user: KnownUser) -> WaitingUser {
    let found = user.found.as_deref().map(serde_json::from_str);
    WaitingUser {
        guid: user.guid,
        name: user.name,
        login: user.login,
        found: found.and_then(Result::ok).unwrap_or(Json::Null),
    }
}
