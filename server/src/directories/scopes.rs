//! What a directory needs of the connection to its org.

use directory::import::settings::{Road, Settings};
use flow::ConnectionId;
use store::Store;

use super::Trouble;

/// Users are read, written, woken and deactivated.
const USERS: &str = "okta.users.manage";
/// The properties that users can have are read before anything is sent.
const SCHEMAS: &str = "okta.schemas.read";
/// Sessions of an identity source are opened and filled.
const SESSIONS: &str = "okta.identitySources.manage";

/// Returns the scopes that imports with these settings need.
pub(crate) fn needed(settings: &Settings) -> Vec<&'static str> {
    match settings.road {
        Road::Users => vec![USERS, SCHEMAS],
        Road::Sessions(_) => vec![USERS, SCHEMAS, SESSIONS],
    }
}

/// Refuses a connection that lacks some of them, before anything is read.
pub(crate) async fn check(
    store: &Store,
    connection: &ConnectionId,
    settings: &Settings,
) -> Result<(), Trouble> {
    let row = store::connections::find(store, connection).await?;
    let row = row.ok_or_else(|| {
        Trouble::Choice(
            "The connection to the org does not exist any more. Choose another one in the settings of the directory.".into(),
        )
    })?;
    let lacking: Vec<&str> = needed(settings)
        .into_iter()
        .filter(|scope| !flow::covers(&row.scopes, scope))
        .collect();
    if lacking.is_empty() {
        return Ok(());
    }
    Err(Trouble::Choice(format!(
        "The connection “{}” may not do what this directory needs: {}. Grant it in the org's app, then open the connection and authorize it again.",
        row.name,
        lacking.join(", ")
    )))
}
