//! Directories where a connection is chosen: cards of Active Directory name theirs as other cards name an account. They are made
//! and changed with the other directories.

use api::{Connection, ConnectionState, EventRoad, Grant};
use flow::ConnectionId;
use store::directories::{self, DirectoryRow};
use store::uses::UserFlow;
use store::{Store, StoreError};

use super::used_by;
use crate::directories::choices::address_of;

/// Returns the kind of a connection or directory; nothing where there is none of this id.
pub(crate) async fn module_of(
    store: &Store,
    id: &ConnectionId,
) -> Result<Option<String>, StoreError> {
    if let Some(row) = store::connections::find(store, id).await? {
        return Ok(Some(row.module));
    }
    let found = directories::find(store, id.as_str()).await?;
    Ok(found.map(|_| cards::active_directory::MODULE.to_owned()))
}

/// A directory as a connection.
pub(super) fn view(row: DirectoryRow, flows: Vec<UserFlow>) -> Connection {
    let domain = address_of(&row).map_or_else(|_| String::new(), |address| address.host);
    Connection {
        id: ConnectionId::new(row.id),
        module: cards::active_directory::MODULE.to_owned(),
        name: row.name,
        domain,
        client_id: String::new(),
        state: ConnectionState::Authorized,
        account: Some(row.account),
        scopes: Vec::new(),
        owner: String::new(),
        created_at: row.created_at,
        checked_at: None,
        last_error: None,
        events: EventRoad::default(),
        hook_error: None,
        flows: used_by(flows),
        grant: Grant::Basic,
        is_bound: false,
    }
}
