//! Tables and finding rows in them.

use flow::TableId;
use serde_json::{Value as Json, json};
use store::tables::{
    Cells, Column, ColumnType, Compare, Condition, DataRow, DataTable, Operator, RowPatch, Search,
    Sort, TableFilter,
};
use store::{StoreError, tables};

use crate::world::Database;

contract! {
    rows_are_added_changed_and_removed
    two_that_change_a_row_at_once_both_take_effect
    cells_are_compared_by_the_type_of_their_column
    conditions_are_joined
    rows_are_sorted_and_paged
    strange_column_names_and_values_are_only_data
    a_search_is_bounded
}

pub(crate) fn cells(value: Json) -> Cells {
    match value {
        Json::Object(cells) => cells,
        _ => Cells::new(),
    }
}

pub(crate) async fn table(
    database: &Database,
    columns: &[(&str, ColumnType)],
    rows: &[Json],
) -> DataTable {
    let table = DataTable {
        id: TableId::from("t1"),
        folder: None,
        name: "Owners".to_owned(),
        description: String::new(),
        columns: columns
            .iter()
            .map(|(name, ty)| Column {
                name: (*name).to_owned(),
                cell: None,
                ty: *ty,
                default: None,
            })
            .collect(),
        created_at: 1,
        updated_at: 1,
    };
    tables::insert(&database.store, &table).await.unwrap();
    let rows: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(number, row)| row_of(&table, number, row))
        .collect();
    tables::insert_rows(&database.store, &rows).await.unwrap();
    table
}

pub(crate) fn row_of(table: &DataTable, number: usize, row: &Json) -> DataRow {
    DataRow {
        id: format!("{number:03}").into(),
        table: table.id.clone(),
        cells: cells(row.clone()),
        created_at: 1,
        updated_at: 1,
    }
}

pub(crate) fn compare(column: &str, operator: Operator, value: impl Into<Json>) -> Condition {
    Condition::Compare(Compare {
        column: column.to_owned(),
        operator,
        value: value.into(),
    })
}

/// Searches and returns the numbers of the rows; checks that counting agrees.
async fn found(database: &Database, table: &DataTable, condition: Condition) -> Vec<usize> {
    let count = tables::count(&database.store, table, Some(&condition))
        .await
        .unwrap();
    let search = Search {
        condition: Some(condition),
        limit: 100,
        ..Search::default()
    };
    let numbers = numbers(database, table, &search).await;
    assert_eq!(numbers.len() as i64, count);
    numbers
}

async fn numbers(database: &Database, table: &DataTable, search: &Search) -> Vec<usize> {
    let rows = tables::search(&database.store, table, search)
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.id.as_str().parse().unwrap())
        .collect()
}

async fn rows_are_added_changed_and_removed(database: &Database) {
    let store = &database.store;
    let rows: Vec<_> = (0..150).map(|number| json!({"n": number})).collect();
    let mut table = table(database, &[("n", ColumnType::Number)], &rows).await;
    table.name = "Renamed".to_owned();
    tables::save(store, &table).await.unwrap();
    let listed = tables::list(
        store,
        &TableFilter {
            limit: 10,
            ..TableFilter::default()
        },
    )
    .await
    .unwrap();
    assert_eq!(listed.items, [table.clone()]);
    let (id, cells) = ("007".into(), cells(json!({"other": "新", "n": null})));
    let patch = RowPatch {
        table: &table.id,
        row: &id,
        cells: &cells,
        at: 9,
    };
    let row = tables::update_row(store, &patch).await.unwrap();
    assert_eq!(
        Json::from(row.cells.clone()),
        json!({"n": null, "other": "新"})
    );
    assert_eq!(
        tables::find_row(store, &table.id, &id).await.unwrap(),
        Some(row)
    );
    tables::delete_row(store, &table.id, &id).await.unwrap();
    assert!(matches!(
        tables::update_row(store, &patch).await,
        Err(StoreError::NotFound { what: "row" })
    ));
    assert_eq!(tables::count(store, &table, None).await.unwrap(), 149);
    assert_eq!(tables::clear(store, &table.id).await.unwrap(), 149);
    tables::insert_rows(store, &[row_of(&table, 1, &json!({}))])
        .await
        .unwrap();
    tables::delete(store, &table.id).await.unwrap();
    assert_eq!(
        tables::find_row(store, &table.id, &"001".into())
            .await
            .unwrap(),
        None
    );
}

async fn two_that_change_a_row_at_once_both_take_effect(database: &Database) {
    let table = table(database, &[("a", ColumnType::Text)], &[json!({})]).await;
    let changes = (0..10).map(|number| {
        let (store, table) = (database.store.clone(), table.id.clone());
        tokio::spawn(async move {
            let (row, cells) = ("000".into(), cells(json!({ format!("c{number}"): number })));
            let patch = RowPatch {
                table: &table,
                row: &row,
                cells: &cells,
                at: 1,
            };
            tables::update_row(&store, &patch).await.unwrap();
        })
    });
    for change in changes.collect::<Vec<_>>() {
        change.await.unwrap();
    }
    let row = tables::find_row(&database.store, &table.id, &"000".into())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.cells.len(), 10);
}

async fn cells_are_compared_by_the_type_of_their_column(database: &Database) {
    use Operator::*;
    let columns = [
        ("text", ColumnType::Text),
        ("number", ColumnType::Number),
        ("flag", ColumnType::Boolean),
        ("date", ColumnType::Date),
    ];
    let rows = [
        json!({"text": "Apple pie", "number": 9, "flag": true, "date": "2026-01-31T00:00:00Z"}),
        json!({"text": "apple", "number": 10.5, "flag": false, "date": "2026-02-01T00:00:00Z"}),
        json!({"text": "", "number": "not a number", "flag": "true"}),
        json!({"text": "100%_日本語", "number": -3}),
    ];
    let table = table(database, &columns, &rows).await;
    let cases: &[(&str, Operator, Json, &[usize])] = &[
        ("text", Equal, json!("apple"), &[1]),
        ("text", NotEqual, json!("apple"), &[0, 2, 3]),
        ("text", Greater, json!("Apple pie"), &[1]),
        ("text", Contains, json!("pple"), &[0, 1]),
        ("text", Contains, json!("%_"), &[3]),
        ("text", Contains, json!("Pple"), &[]),
        ("text", NotContains, json!("pple"), &[2, 3]),
        ("text", StartsWith, json!("Apple"), &[0]),
        ("text", EndsWith, json!("日本語"), &[3]),
        ("text", EndsWith, json!("a much longer text than any"), &[]),
        ("text", Empty, Json::Null, &[2]),
        ("date", Empty, Json::Null, &[2, 3]),
        ("date", NotEmpty, Json::Null, &[0, 1]),
        ("number", Greater, json!(9), &[1]),
        ("number", GreaterOrEqual, json!("9"), &[0, 1]),
        ("number", Less, json!(10), &[0, 3]),
        ("number", Equal, json!(10.5), &[1]),
        ("number", NotEqual, json!(9), &[1, 2, 3]),
        ("number", Equal, json!("abc"), &[]),
        ("number", NotEqual, json!("abc"), &[0, 1, 2, 3]),
        ("flag", Equal, json!(true), &[0]),
        ("flag", Equal, json!("False"), &[1]),
        ("flag", NotEqual, json!(true), &[1, 2, 3]),
        ("date", LessOrEqual, json!("2026-01-31T00:00:00Z"), &[0]),
        ("date", Greater, json!("2026-01-31T00:00:00Z"), &[1]),
    ];
    for (column, operator, value, expected) in cases {
        let condition = compare(column, *operator, value.clone());
        assert_eq!(
            found(database, &table, condition).await,
            *expected,
            "{column} {operator:?} {value}"
        );
    }
}

async fn conditions_are_joined(database: &Database) {
    use Operator::Equal;
    let columns = [("a", ColumnType::Number), ("b", ColumnType::Text)];
    let rows = [
        json!({"a": 1, "b": "x"}),
        json!({"a": 1, "b": "y"}),
        json!({"a": 2, "b": "x"}),
    ];
    let table = table(database, &columns, &rows).await;
    let both = Condition::All(vec![compare("a", Equal, 1), compare("b", Equal, "x")]);
    assert_eq!(found(database, &table, both.clone()).await, [0]);
    let either = Condition::Any(vec![both, compare("a", Equal, 2)]);
    assert_eq!(found(database, &table, either).await, [0, 2]);
    assert_eq!(
        found(database, &table, Condition::All(vec![])).await,
        [0, 1, 2]
    );
    assert_eq!(
        found(database, &table, Condition::Any(vec![])).await,
        Vec::<usize>::new()
    );
}

async fn rows_are_sorted_and_paged(database: &Database) {
    let columns = [("n", ColumnType::Number), ("t", ColumnType::Text)];
    let rows = [
        json!({"n": 10, "t": "b"}),
        json!({"n": 9, "t": "B"}),
        json!({"t": "a"}),
        json!({"n": 100}),
    ];
    let table = table(database, &columns, &rows).await;
    let sorted = |column: &str, is_descending, limit, offset| Search {
        condition: None,
        sort: Some(Sort {
            column: column.to_owned(),
            is_descending,
        }),
        limit,
        offset,
        ..Search::default()
    };
    assert_eq!(
        numbers(database, &table, &sorted("n", false, 10, 0)).await,
        [1, 0, 3, 2]
    );
    assert_eq!(
        numbers(database, &table, &sorted("n", true, 10, 0)).await,
        [3, 0, 1, 2]
    );
    assert_eq!(
        numbers(database, &table, &sorted("t", false, 10, 0)).await,
        [1, 2, 0, 3]
    );
    assert_eq!(
        numbers(database, &table, &sorted("n", false, 2, 1)).await,
        [0, 3]
    );
}

async fn strange_column_names_and_values_are_only_data(database: &Database) {
    for (number, name) in [
        r#"a"b"#,
        "a'b",
        "$.x",
        "名前",
        "a.b",
        r"back\slash",
        "[0]",
        "",
    ]
    .into_iter()
    .enumerate()
    {
        let row = json!({ name: "x' or '1'='1", "n": "a\u{0}b" });
        let table = table(
            database,
            &[(name, ColumnType::Text), ("n", ColumnType::Text)],
            &[row],
        )
        .await;
        let condition = compare(name, Operator::Equal, "x' or '1'='1");
        assert_eq!(
            found(database, &table, condition).await,
            [0],
            "column {number}: {name}"
        );
        let condition = compare("n", Operator::Equal, "ab");
        assert_eq!(found(database, &table, condition).await, [0]);
        let unknown = tables::count(
            &database.store,
            &table,
            Some(&compare("nope", Operator::Equal, "")),
        )
        .await;
        assert!(
            matches!(unknown, Err(StoreError::NotFound { what: "column" })),
            "{unknown:?}"
        );
        tables::delete(&database.store, &table.id).await.unwrap();
    }
}

async fn a_search_is_bounded(database: &Database) {
    let table = table(database, &[("a", ColumnType::Text)], &[json!({})]).await;
    let mut deep = compare("a", Operator::Equal, "x");
    for _ in 0..10_000 {
        deep = Condition::All(vec![deep]);
    }
    let refused = tables::count(&database.store, &table, Some(&deep)).await;
    assert!(matches!(refused, Err(StoreError::Setup(_))), "{refused:?}");
    let wide = Condition::Any(vec![compare("a", Operator::Equal, "x"); 201]);
    assert!(
        tables::count(&database.store, &table, Some(&wide))
            .await
            .is_err()
    );
}
