//! Both databases have the same tables, and opening goes well or says why not.

use std::collections::BTreeSet;

use sqlx::{AssertSqlSafe, Connection, Row};
use store::{Store, StoreError, settings};

use crate::world::{self, Database};

contract! {
    opening_again_keeps_everything
}

async fn opening_again_keeps_everything(database: &Database) {
    settings::save(&database.store, "a", "b", 1).await.unwrap();
    let again = Store::open(&database.url).await.unwrap();
    assert_eq!(
        settings::find(&again, "a").await.unwrap().as_deref(),
        Some("b")
    );
    again.ping().await.unwrap();
    again.close().await;
}

/// Returns table, column, type and whether it may be absent.
async fn columns(database: &Database, statement: &str) -> BTreeSet<String> {
    let mut connection = sqlx::AnyConnection::connect(&database.url).await.unwrap();
    let rows = sqlx::query(AssertSqlSafe(statement.to_owned()))
        .fetch_all(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    rows.iter()
        .map(|row| {
            row.get::<String, _>("line")
                .to_lowercase()
                .replace("bytea", "blob")
        })
        .collect()
}

#[tokio::test]
async fn both_databases_have_the_same_tables_columns_and_indexes() {
    let Some(postgres) = world::postgres().await else {
        return;
    };
    let sqlite = world::sqlite().await;
    let of_sqlite = "select t.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" as line \
        from sqlite_schema t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like '\\_sqlx%' \
        escape '\\'";
    let of_postgres = "select (table_name || '.' || column_name || ' ' || data_type || ' ' || \
        case is_nullable when 'NO' then 1 else 0 end)::text as line from information_schema.columns \
        where table_schema = 'public' and table_name not like '\\_sqlx%'";
    let expected = columns(&sqlite, of_sqlite).await;
    assert!(expected.len() > 100, "{} columns", expected.len());
    assert_eq!(columns(&postgres, of_postgres).await, expected);

    let of_sqlite =
        "select name as line from sqlite_schema where type = 'index' and sql is not null";
    let of_postgres = "select indexname::text as line from pg_indexes where schemaname = 'public' \
        and indexname not like '%\\_pkey'";
    assert_eq!(
        columns(&postgres, of_postgres).await,
        columns(&sqlite, of_sqlite).await
    );

    let of_sqlite = "select name as line from sqlite_schema where type = 'trigger'";
    let of_postgres = "select tgname::text as line from pg_trigger where not tgisinternal";
    assert_eq!(
        columns(&postgres, of_postgres).await,
        columns(&sqlite, of_sqlite).await
    );
    sqlite.remove().await;
    postgres.remove().await;
}

#[tokio::test]
async fn a_file_is_made_where_there_is_none_and_is_its_owners_alone() {
    let folder = world::folder();
    let path = folder.join("odd name # 100%? 流れ.db");
    let store = Store::open(&format!("sqlite:{}", path.display()))
        .await
        .unwrap();
    settings::save(&store, "a", "b", 1).await.unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let copy = folder.join("copy.db");
    store.back_up(&copy).await.unwrap();
    store.close().await;
    let copy = Store::open(&format!("sqlite://{}", copy.display()))
        .await
        .unwrap();
    assert_eq!(
        settings::find(&copy, "a").await.unwrap().as_deref(),
        Some("b")
    );
    copy.close().await;
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_database_that_cannot_be_opened_says_why() {
    for url in [
        "mysql://localhost",
        "nagare.db",
        "sqlite:",
        "sqlite::memory:",
        "sqlite:/nowhere/at/all/nagare.db",
    ] {
        let refused = Store::open(url).await.err();
        assert!(
            matches!(refused, Some(StoreError::Setup(_))),
            "{url}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn sqlite_writes_ahead_and_waits_for_the_disk() {
    let database = world::sqlite().await;
    let mode = {
        let mut connection = sqlx::AnyConnection::connect(&database.url).await.unwrap();
        let row = sqlx::query("pragma journal_mode")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        row.get::<String, _>(0)
    };
    assert_eq!(mode, "wal");
    database.remove().await;
}
