//! The card Search Rows: the first row, all rows up to a limit, or page after page for a helper flow.

use engine::Page;
use flow::{Args, CardError, FieldKey, Outputs, RowId, Value};
use serde_json::{Value as Json, json};
use store::MAX_PAGE;
use store::tables::{self, After, Condition, DataRow, DataTable, Search, Sort};

use super::{failed, row_object, row_outputs};
use crate::state::Server;
use crate::tables::{filter, value_of};

/// Rows that one search gives at most, whatever its limit says (Okta's figure).
const ROWS: usize = 3_500;
/// Rows of one page of a stream.
const PAGE: u32 = 200;

/// Tells whether the rows go to a helper flow.
pub(super) fn streams(args: &Args) -> bool {
    let flow = args.get("Streaming", "Flow");
    !flow.is_null() && !flow.to_text().is_empty()
}

pub(super) async fn rows(
    server: &Server,
    table: &DataTable,
    args: &Args,
) -> Result<Outputs, CardError> {
    let one = args.get("parameters", "resultSet").as_text() == Some("one");
    let limit = if one {
        1
    } else {
        whole(args, "Limit")
            .filter(|limit| *limit > 0)
            .unwrap_or(ROWS)
            .min(ROWS)
    };
    let mut search = Search {
        condition: condition(table, args)?,
        sort: sort(table, args),
        limit: 0,
        offset: whole(args, "Offset").unwrap_or(0) as u64,
        ..Search::default()
    };
    let mut rows: Vec<DataRow> = Vec::new();
    while rows.len() < limit {
        search.limit = u32::try_from(limit - rows.len())
            .unwrap_or(MAX_PAGE)
            .min(MAX_PAGE);
        let page = tables::search(&server.store, table, &search)
            .await
            .map_err(failed)?;
        let is_last = page.len() < search.limit as usize;
        search.offset += page.len() as u64;
        rows.extend(page);
        if is_last {
            break;
        }
    }
    if one {
        return Ok(rows
            .first()
            .map(|row| row_outputs(table, row))
            .unwrap_or_default());
    }
    let list = rows.iter().map(|row| row_object(table, row)).collect();
    Ok(vec![(
        FieldKey::in_group("Result", "Rows"),
        Value::list(list),
    )])
}

/// What the filter of the card means; its values may come from earlier cards.
fn condition(table: &DataTable, args: &Args) -> Result<Option<Condition>, CardError> {
    let filter = args.get("Filter", "Where Expression").to_json();
    filter::condition(table, &filter, &|key| args.get("_expr", key).to_json())
        .map_err(|text| CardError::new("table.filter", text))
}

fn sort(table: &DataTable, args: &Args) -> Option<Sort> {
    let column = args.get("Sort", "Column").to_text();
    let is_descending = args
        .get("Sort", "Direction")
        .to_text()
        .eq_ignore_ascii_case("desc");
    filter::is_known(table, &column).then_some(Sort {
        column,
        is_descending,
    })
}

fn whole(args: &Args, key: &str) -> Option<usize> {
    args.get("Sort", key)
        .as_number()
        .and_then(flow::Number::as_i64)
        .and_then(|number| usize::try_from(number).ok())
}

/// Returns the next page of a stream. The place names a row, not a number, so that rows which the helper flow deletes or
/// changes move no other row out of sight; rows that were added since the stream began do not come, so that it ends.
pub(super) async fn page(
    server: &Server,
    table: &DataTable,
    args: &Args,
    cursor: Option<&str>,
) -> Result<Page, CardError> {
    let store = &server.store;
    let place = cursor.and_then(|cursor| serde_json::from_str::<Json>(cursor).ok());
    let text = |key: &str| Some(place.as_ref()?[key].as_str()?.to_owned());
    let last = match text("until") {
        Some(until) => Some(RowId::new(until)),
        None => tables::last_id(store, table).await.map_err(failed)?,
    };
    let Some(last) = last else {
        return Ok(Page {
            records: Vec::new(),
            next: None,
        });
    };
    let count = place
        .as_ref()
        .and_then(|place| place["count"].as_u64())
        .unwrap_or(0);
    let most = whole(args, "Limit").filter(|limit| *limit > 0);
    let left = most.map_or(u64::MAX, |limit| (limit as u64).saturating_sub(count));
    let limit = u32::try_from(left).unwrap_or(PAGE).min(PAGE);
    let sort = sort(table, args);
    let search = Search {
        condition: condition(table, args)?,
        after: text("row").map(|row| After {
            value: place
                .as_ref()
                .map_or(Json::Null, |place| place["value"].clone()),
            row: RowId::new(row),
        }),
        until: Some(last.clone()),
        offset: match place {
            Some(_) => 0,
            None => whole(args, "Offset").unwrap_or(0) as u64,
        },
        limit: limit.max(1),
        sort: sort.clone(),
    };
    let rows = match limit {
        0 => Vec::new(),
        _ => tables::search(store, table, &search)
            .await
            .map_err(failed)?,
    };
    let count = count + rows.len() as u64;
    let is_last = rows.len() < PAGE as usize;
    let next = rows.last().filter(|_| !is_last).map(|row| {
        let value = sort.map_or(Json::Null, |sort| sorted_by(table, row, &sort));
        let place = json!({ "row": row.id, "value": value, "until": last, "count": count });
        place.to_string()
    });
    Ok(Page {
        records: rows.iter().map(|row| row_object(table, row)).collect(),
        next,
    })
}

/// What a row has in the column that is sorted by.
fn sorted_by(table: &DataTable, row: &DataRow, sort: &Sort) -> Json {
    let column = table
        .columns
        .iter()
        .find(|column| column.name == sort.column);
    match (column, sort.column.to_lowercase().as_str()) {
        (Some(column), _) => value_of(column, row).to_json(),
        (None, "created") => json!(row.created_at),
        (None, "updated") => json!(row.updated_at),
        (None, _) => json!(row.id),
    }
}
