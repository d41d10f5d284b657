//! Keys of tables: unique values, writing a row whether it exists or not, and orders that an index gives.

use std::collections::BTreeSet;

use flow::RowId;
use serde_json::{Value as Json, json};
use store::tables::{After, ColumnType, DataRow, DataTable, Operator, Put, Search, Sort, TableKey};
use store::{StoreError, tables};

use crate::tables::{cells, compare, row_of, table};
use crate::world::Database;

contract! {
    a_unique_key_holds_against_every_writer
    many_that_put_the_same_row_at_once_make_one
    a_put_changes_only_what_it_gives
    a_key_is_refused_where_rows_share_values
    rows_that_a_key_forbids_are_left_out
    pages_follow_one_another_in_every_order
    cells_of_a_deleted_column_are_forgotten
    every_row_can_be_found_by_what_it_has_beside_its_columns
    a_value_that_is_too_long_for_an_index_is_refused_or_kept
}

const COLUMNS: [(&str, ColumnType); 3] = [
    ("mail", ColumnType::Text),
    ("n", ColumnType::Number),
    ("on", ColumnType::Boolean),
];

async fn key(database: &Database, table: &DataTable, cells: &[&str], is_unique: bool) -> TableKey {
    let key = TableKey {
        id: format!("01KEY{}", cells.join("")),
        table: table.id.clone(),
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        is_unique,
        created_at: 1,
    };
    tables::add_key(&database.store, table, &key).await.unwrap();
    key
}

fn put(table: &DataTable, id: &str, given: Json) -> Put {
    Put {
        row: DataRow {
            id: RowId::from(id),
            ..row_of(table, 0, &given)
        },
        cells: cells(given),
    }
}

async fn a_unique_key_holds_against_every_writer(database: &Database) {
    let store = &database.store;
    let rows = [
        json!({"mail": "a", "n": 1}),
        json!({"mail": "b", "n": 1}),
        json!({"n": 1}),
        json!({}),
    ];
    let table = table(database, &COLUMNS, &rows).await;
    let key = key(database, &table, &["mail", "n"], true).await;
    assert_eq!(
        tables::list_keys(store, &table.id).await.unwrap(),
        std::slice::from_ref(&key)
    );
    let insert = async |row: Json| tables::insert_rows(store, &[row_of(&table, 9, &row)]).await;
    assert!(matches!(
        insert(json!({"mail": "a", "n": 1})).await,
        Err(StoreError::Duplicate)
    ));
    // What lacks a value is like no other row.
    insert(json!({"n": 1})).await.unwrap();
    let (row, cells) = (RowId::from("001"), cells(json!({"mail": "a"})));
    let patch = tables::RowPatch {
        table: &table.id,
        row: &row,
        cells: &cells,
        at: 2,
    };
    assert!(matches!(
        tables::update_row(store, &patch).await,
        Err(StoreError::Duplicate)
    ));
    tables::delete_key(store, &key).await.unwrap();
    tables::update_row(store, &patch).await.unwrap();
    assert!(matches!(
        tables::delete_key(store, &key).await,
        Err(StoreError::NotFound { what: "key" })
    ));
}

async fn many_that_put_the_same_row_at_once_make_one(database: &Database) {
    let table = table(database, &COLUMNS, &[]).await;
    let key = key(database, &table, &["mail"], true).await;
    let puts = (0..24).map(|number| {
        let (store, table, key) = (database.store.clone(), table.clone(), key.clone());
        tokio::spawn(async move {
            let given = json!({"mail": format!("u{}@例え.jp", number % 3), "n": number});
            let put = put(&table, &format!("r{number:02}"), given);
            tables::upsert(&store, &table, &key, &put).await.unwrap()
        })
    });
    let mut new = 0;
    let mut ids = BTreeSet::new();
    for put in puts.collect::<Vec<_>>() {
        let written = put.await.unwrap();
        new += usize::from(written.is_new);
        ids.insert(written.row);
    }
    assert_eq!((new, ids.len()), (3, 3));
    assert_eq!(
        tables::count(&database.store, &table, None).await.unwrap(),
        3
    );
}

async fn a_put_changes_only_what_it_gives(database: &Database) {
    let store = &database.store;
    let table = table(
        database,
        &COLUMNS,
        &[json!({"mail": "a", "n": 1, "on": true})],
    )
    .await;
    let key = key(database, &table, &["mail"], true).await;
    let written = tables::upsert(
        store,
        &table,
        &key,
        &put(&table, "x", json!({"mail": "a", "on": null})),
    )
    .await
    .unwrap();
    assert_eq!((written.row.as_str(), written.is_new), ("000", false));
    let row = tables::find_row(store, &table.id, &written.row)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.cells.get("n"), Some(&json!(1)));
    assert!(row.cells.get("on").is_none_or(Json::is_null));
    let each = [
        put(&table, "y", json!({"mail": "b"})),
        put(&table, "z", json!({"mail": "b", "n": 7})),
    ];
    let written = tables::upsert_each(store, &table, &key, &each)
        .await
        .unwrap();
    let new: Vec<bool> = written
        .iter()
        .map(|written| written.as_ref().unwrap().is_new)
        .collect();
    assert_eq!(new, [true, false]);
}

async fn a_key_is_refused_where_rows_share_values(database: &Database) {
    let store = &database.store;
    let rows = [
        json!({"mail": "a"}),
        json!({"mail": "a"}),
        json!({"mail": "b"}),
    ];
    let table = table(database, &COLUMNS, &rows).await;
    let key = TableKey {
        id: "01A".to_owned(),
        table: table.id.clone(),
        cells: vec!["mail".to_owned()],
        is_unique: true,
        created_at: 1,
    };
    assert!(matches!(
        tables::add_key(store, &table, &key).await,
        Err(StoreError::Duplicate)
    ));
    assert!(
        tables::list_keys(store, &table.id)
            .await
            .unwrap()
            .is_empty()
    );
    let shared = tables::duplicates(store, &table, &["mail".to_owned()])
        .await
        .unwrap();
    assert_eq!(shared, [["a"]]);
    // A deleted table leaves no index behind that would stand in the way of a new one.
    let key = TableKey {
        is_unique: false,
        ..key
    };
    tables::add_key(store, &table, &key).await.unwrap();
    tables::delete(store, &table.id).await.unwrap();
    let again = crate::tables::table(database, &COLUMNS, &rows).await;
    tables::add_key(store, &again, &key).await.unwrap();
}

async fn rows_that_a_key_forbids_are_left_out(database: &Database) {
    let table = table(database, &COLUMNS, &[json!({"mail": "a"})]).await;
    key(database, &table, &["mail"], true).await;
    let rows: Vec<DataRow> = ["a", "b", "c", "b"]
        .iter()
        .enumerate()
        .map(|(number, mail)| row_of(&table, number + 10, &json!({ "mail": mail })))
        .collect();
    let added = tables::insert_new(&database.store, &rows).await.unwrap();
    let added: BTreeSet<&str> = added.iter().map(RowId::as_str).collect();
    assert_eq!(added, BTreeSet::from(["011", "012"]));
}

async fn pages_follow_one_another_in_every_order(database: &Database) {
    let rows: Vec<Json> = (0..40)
        .map(|number| match number % 4 {
            0 => json!({}),
            _ => {
                json!({"n": number % 5, "mail": format!("m{}", number % 7), "on": number % 2 == 0})
            }
        })
        .collect();
    let table = table(database, &COLUMNS, &rows).await;
    for with_key in [false, true] {
        if with_key {
            key(database, &table, &["n"], false).await;
        }
        for (column, is_descending) in [
            ("n", false),
            ("n", true),
            ("mail", false),
            ("on", true),
            ("Row ID", true),
        ] {
            let sort = Some(Sort {
                column: column.to_owned(),
                is_descending,
            });
            let whole = Search {
                sort: sort.clone(),
                limit: 100,
                ..Search::default()
            };
            let whole = tables::search(&database.store, &table, &whole)
                .await
                .unwrap();
            assert_eq!(whole.len(), 40);
            let mut by_offset = Vec::new();
            let mut by_place = Vec::new();
            let mut after: Option<After> = None;
            for page in 0..6 {
                let search = Search {
                    sort: sort.clone(),
                    limit: 7,
                    offset: page * 7,
                    ..Search::default()
                };
                by_offset.extend(
                    tables::search(&database.store, &table, &search)
                        .await
                        .unwrap(),
                );
                let search = Search {
                    sort: sort.clone(),
                    limit: 7,
                    after: after.clone(),
                    ..Search::default()
                };
                let rows = tables::search(&database.store, &table, &search)
                    .await
                    .unwrap();
                after = rows.last().map(|row| After {
                    value: match column {
                        "Row ID" => Json::from(row.id.as_str()),
                        column => row.cells.get(column).cloned().unwrap_or(Json::Null),
                    },
                    row: row.id.clone(),
                });
                by_place.extend(rows);
            }
            assert_eq!(by_offset, whole, "{column} {is_descending} {with_key}");
            assert_eq!(by_place, whole, "{column} {is_descending} {with_key}");
        }
    }
    let found = tables::count(
        &database.store,
        &table,
        Some(&compare("n", Operator::Equal, 3)),
    )
    .await;
    let expected = (0..40)
        .filter(|number| number % 4 != 0 && number % 5 == 3)
        .count();
    assert_eq!(found.unwrap() as usize, expected);
    let last = tables::last_id(&database.store, &table).await.unwrap();
    assert_eq!(last, Some(RowId::from("039")));
}

async fn cells_of_a_deleted_column_are_forgotten(database: &Database) {
    let mut table = table(
        database,
        &COLUMNS,
        &[json!({"mail": "secret", "n": 2}), json!({"n": 3})],
    )
    .await;
    table.columns.remove(0);
    tables::save(&database.store, &table).await.unwrap();
    tables::forget_cells(&database.store, &table.id, "mail")
        .await
        .unwrap();
    let row = tables::find_row(&database.store, &table.id, &"000".into())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(Json::from(row.cells), json!({"n": 2}));
}

async fn every_row_can_be_found_by_what_it_has_beside_its_columns(database: &Database) {
    let table = table(database, &COLUMNS, &[json!({}), json!({})]).await;
    for (column, operator, value, expected) in [
        ("Row ID", Operator::Equal, json!("001"), 1),
        ("created", Operator::Less, json!(2), 2),
        ("Updated", Operator::Greater, json!(2), 0),
    ] {
        let condition = compare(column, operator, value);
        let found = tables::count(&database.store, &table, Some(&condition)).await;
        assert_eq!(found.unwrap(), expected, "{column}");
    }
}

async fn a_value_that_is_too_long_for_an_index_is_refused_or_kept(database: &Database) {
    let table = table(database, &COLUMNS, &[]).await;
    key(database, &table, &["mail"], true).await;
    // Random enough that PostgreSQL cannot compress it.
    let mut seed = 42_u64;
    let long: String = (0..12_000)
        .map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            char::from(b'0' + u8::try_from(seed >> 58).unwrap())
        })
        .collect();
    let row = row_of(&table, 1, &json!({ "mail": long }));
    let written = tables::insert_rows(&database.store, &[row]).await;
    match database.store.is_shared() {
        true => assert!(
            matches!(written, Err(StoreError::KeyTooLong)),
            "{written:?}"
        ),
        false => written.unwrap(),
    }
}
