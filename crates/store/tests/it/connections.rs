//! Connections, authorizations under way, revocations.

use store::authorizations::Authorization;
use store::connections::{ConnectionRow, ConnectionState, GrantType, Leaving, Sealed};
use store::revocations::Revocation;
use store::{StoreError, authorizations, connections, revocations, shares};

use crate::world::Database;

contract! {
    a_connection_comes_back_as_it_was_saved
    a_refreshed_token_is_not_overwritten
    deleting_a_connection_leaves_its_tokens_to_be_revoked
    an_authorization_is_finished_once
    the_share_of_others_is_kept_by_itself
}

fn sealed(byte: u8) -> Sealed {
    Sealed {
        bytes: vec![byte, 0, 255],
        key_version: 1,
    }
}

pub(crate) fn connection(id: &str) -> ConnectionRow {
    ConnectionRow {
        id: id.into(),
        module: "okta".to_owned(),
        name: "Production".to_owned(),
        base_url: "https://example.okta.com".to_owned(),
        client_id: Some("0oa1".to_owned()),
        state: ConnectionState::Authorized,
        account: None,
        scopes: vec!["okta.users.read".to_owned()],
        sealed: sealed(1),
        revision: 1,
        owner: Some("p1".into()),
        created_at: 1,
        updated_at: 1,
        last_checked_at: None,
        last_error: None,
        grant_type: GrantType::ClientCredentials,
        is_bound: false,
    }
}

async fn a_connection_comes_back_as_it_was_saved(database: &Database) {
    let store = &database.store;
    let mut row = connection("c1");
    connections::insert(store, &row).await.unwrap();
    assert_eq!(
        connections::find(store, &row.id).await.unwrap(),
        Some(row.clone())
    );
    row.state = ConnectionState::NeedsReauthorization;
    row.last_error = Some("invalid_grant".to_owned());
    row.last_checked_at = Some(9);
    row.is_bound = true;
    connections::save(store, &row).await.unwrap();
    assert_eq!(connections::list(store).await.unwrap(), [row.clone()]);
    assert_eq!(
        connections::list_of_owner(store, &"p1".into())
            .await
            .unwrap(),
        [row.clone()]
    );
    assert_eq!(
        connections::list_of_owner(store, &"p2".into())
            .await
            .unwrap(),
        []
    );
    assert!(
        !format!("{row:?}").contains("255"),
        "sealed bytes are not printed"
    );
}

async fn a_refreshed_token_is_not_overwritten(database: &Database) {
    let store = &database.store;
    let row = connection("c1");
    connections::insert(store, &row).await.unwrap();
    assert_eq!(
        connections::save_sealed(store, &row.id, 1, &sealed(2), 5)
            .await
            .unwrap(),
        2
    );
    let late = connections::save_sealed(store, &row.id, 1, &sealed(3), 6).await;
    assert!(
        matches!(late, Err(StoreError::Conflict { current: 2 })),
        "{late:?}"
    );
    // A save of the rest, from a row that was read before.
    connections::save(store, &row).await.unwrap();
    let now = connections::find(store, &row.id).await.unwrap().unwrap();
    assert_eq!((now.sealed, now.revision), (sealed(2), 2));
    let missing = connections::save_sealed(store, &"c9".into(), 1, &sealed(3), 6).await;
    assert!(
        matches!(missing, Err(StoreError::NotFound { what: "connection" })),
        "{missing:?}"
    );
}

async fn deleting_a_connection_leaves_its_tokens_to_be_revoked(database: &Database) {
    let store = &database.store;
    let row = connection("c1");
    connections::insert(store, &row).await.unwrap();
    // The tokens were renewed after the caller read the row: the new ones are what has to be revoked.
    connections::save_sealed(store, &row.id, 1, &sealed(7), 5)
        .await
        .unwrap();
    let by: flow::PersonId = "p1".into();
    let leaving = Leaving {
        revocation: "r1".to_owned(),
        by: Some(&by),
        at: 10,
        next_at: 10,
    };
    let revocation = connections::delete(store, &row.id, leaving).await.unwrap();
    assert_eq!(
        revocation,
        Revocation {
            id: "r1".to_owned(),
            connection: row.id.clone(),
            name: row.name.clone(),
            base_url: row.base_url.clone(),
            sealed: sealed(7),
            attempts: 0,
            next_at: 10,
            last_error: None,
            created_at: 10,
            actor: Some(by),
            is_deletion: true,
        }
    );
    assert_eq!(connections::find(store, &row.id).await.unwrap(), None);
    assert_eq!(revocations::list(store).await.unwrap(), [revocation]);
    assert_eq!(revocations::claim(store, 9, 1_000, 10).await.unwrap(), []);
    assert_eq!(
        revocations::claim(store, 10, 1_000, 10)
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(revocations::claim(store, 11, 1_000, 10).await.unwrap(), []);
    revocations::save_attempt(store, "r1", 50, "no route")
        .await
        .unwrap();
    let open = revocations::claim(store, 50, 1_000, 10).await.unwrap();
    assert_eq!(
        (open[0].attempts, open[0].last_error.as_deref()),
        (1, Some("no route"))
    );
    revocations::delete(store, "r1").await.unwrap();
    assert_eq!(revocations::list(store).await.unwrap(), []);
}

async fn an_authorization_is_finished_once(database: &Database) {
    let store = &database.store;
    let begun = |state: &str, at: i64| Authorization {
        state: state.to_owned(),
        connection: None,
        sealed: sealed(7),
        created_at: at,
        expires_at: at + 100,
    };
    authorizations::insert(store, &begun("a", 0)).await.unwrap();
    authorizations::insert(store, &begun("b", 0)).await.unwrap();
    assert_eq!(
        authorizations::take(store, "a", 99).await.unwrap(),
        Some(begun("a", 0))
    );
    assert_eq!(authorizations::take(store, "a", 99).await.unwrap(), None);
    assert_eq!(authorizations::take(store, "b", 100).await.unwrap(), None);
}

async fn the_share_of_others_is_kept_by_itself(database: &Database) {
    let store = &database.store;
    let row = connection("c1");
    assert_eq!(shares::find(store, &row.id).await.unwrap(), None);
    assert!(shares::save(store, &row.id, 40, 5).await.is_err());
    connections::insert(store, &row).await.unwrap();
    assert_eq!(shares::find(store, &row.id).await.unwrap(), Some(20));
    shares::save(store, &row.id, 40, 5).await.unwrap();
    connections::save(store, &row).await.unwrap();
    connections::save_sealed(store, &row.id, 1, &sealed(2), 6)
        .await
        .unwrap();
    assert_eq!(shares::find(store, &row.id).await.unwrap(), Some(40));
}
