//! Routes of tables.

use axum::http::StatusCode;

use super::super::route::Shape::{Csv, Many, One};
use super::super::route::{Route, delete, get, patch, post};
use super::super::schema::{number_within, text, truth, words};
use super::super::tables;

const OK: StatusCode = StatusCode::OK;
const CREATED: StatusCode = StatusCode::CREATED;
const FILTER: &str = "What must hold, as the JSON of a filter: {\"expr\": [{\"lhs\": \"Column\", \"op\": \"=\", \
    \"rhs\": \"value\", \"join\": \"AND\"}]}.";
const TEXT: &str = "Only rows with this text in one of their columns, in whatever case.";

pub(super) fn all() -> Vec<Route> {
    let mut all = rows();
    all.extend(definition());
    all.extend(csv());
    all
}

fn rows() -> Vec<Route> {
    vec![
        get(
            "/tables",
            "listTables",
            "Lists tables, without their rows.",
            tables::list,
        )
        .answers(OK, Many("Table")),
        post("/tables", "createTable", "Makes a table.", tables::create)
            .takes("NewTable")
            .answers(CREATED, One("Table")),
        get(
            "/tables/{id}",
            "readTable",
            "Returns a table without its rows.",
            tables::open,
        )
        .answers(OK, One("Table")),
        get(
            "/tables/{id}/rows",
            "listRows",
            "Returns rows, oldest first unless they are sorted.",
            tables::list_rows,
        )
        .asks("offset", number_within(0, i64::MAX), "Skip this many.")
        .asks(
            "limit",
            number_within(1, 1000),
            "At most this many; 200 where absent.",
        )
        .asks(
            "sort",
            text(""),
            "Column to sort by, or Row ID, Created, Updated.",
        )
        .asks("descending", truth(""), "From the greatest to the least.")
        .asks("filter", text(""), FILTER)
        .asks("text", text(""), TEXT)
        .answers(OK, One("RowPage")),
        post(
            "/tables/{id}/rows",
            "insertRow",
            "Adds a row.",
            tables::insert_row,
        )
        .takes("RowChange")
        .answers(CREATED, One("Row")),
        patch(
            "/tables/{id}/rows/{row}",
            "updateRow",
            "Writes over some cells of a row.",
            tables::update_row,
        )
        .takes("RowChange")
        .answers(OK, One("Row")),
        delete(
            "/tables/{id}/rows/{row}",
            "deleteRow",
            "Deletes a row.",
            tables::delete_row,
        ),
        post(
            "/tables/{id}/rows/put",
            "putRow",
            "Changes the row that has the same values in the columns of a unique key, or adds it.",
            tables::put_row,
        )
        .takes("PutRow")
        .answers(OK, One("PutReply")),
        post(
            "/tables/{id}/rows/delete",
            "deleteRows",
            "Deletes rows and returns how many there were.",
            tables::delete_rows,
        )
        .takes("RowIds")
        .answers(OK, One("Count")),
        delete(
            "/tables/{id}/rows",
            "clearTable",
            "Deletes all rows and returns how many there were.",
            tables::clear,
        )
        .answers(OK, One("Count")),
    ]
}

fn definition() -> Vec<Route> {
    vec![
        patch(
            "/tables/{id}",
            "changeTable",
            "Changes name or description of a table.",
            tables::change,
        )
        .takes("TableChange")
        .answers(OK, One("Table")),
        delete(
            "/tables/{id}",
            "deleteTable",
            "Deletes a table with its rows.",
            tables::delete,
        ),
        get(
            "/tables/{id}/uses",
            "listTableUses",
            "Lists the flows that use a table, and the columns that they name.",
            tables::uses,
        )
        .answers(OK, Many("TableUse")),
        post(
            "/tables/{id}/columns",
            "addColumn",
            "Adds a column.",
            tables::add_column,
        )
        .takes("Column")
        .answers(CREATED, One("Table")),
        patch(
            "/tables/{id}/columns/{name}",
            "changeColumn",
            "Changes name or default of a column. Flows that name it must be changed as well.",
            tables::change_column,
        )
        .takes("ColumnChange")
        .answers(OK, One("Table")),
        delete(
            "/tables/{id}/columns/{name}",
            "deleteColumn",
            "Deletes a column with its cells.",
            tables::delete_column,
        )
        .answers(OK, One("Table")),
        post(
            "/tables/{id}/keys",
            "addTableKey",
            "Adds a key: rows are found fast by its columns, and no two have the same values where it is unique.",
            tables::add_key,
        )
        .takes("NewTableKey")
        .answers(CREATED, One("TableKey")),
        delete(
            "/tables/{id}/keys/{key}",
            "deleteTableKey",
            "Deletes a key.",
            tables::delete_key,
        ),
    ]
}

fn csv() -> Vec<Route> {
    vec![
        get(
            "/tables/{id}/rows.csv",
            "downloadRows",
            "Returns rows as CSV, as a stream of any length.",
            crate::http::csv::download,
        )
        .asks("delimiter", text(""), "Character between fields, or tab; a comma where absent.")
        .asks("filter", text(""), FILTER)
        .asks("text", text(""), TEXT)
        .asks("bom", truth(""), "Begin with a byte order mark, by which Excel knows UTF-8.")
        .asks("system", truth(""), "Add the columns Row ID, Created and Updated.")
        .answers(OK, Csv),
        post(
            "/tables/{id}/rows.csv",
            "uploadRows",
            "Takes the rows of a CSV file; its first line names columns. Lines that are wrong are left out and reported.",
            crate::http::csv::upload,
        )
        .asks("mode", words("", &["add", "put"]), "Add each row, or change the row that has the same key.")
        .asks("key", text(""), "For put: the columns of the unique key, apart by commas.")
        .asks("delimiter", text(""), "Character between fields, or tab; told by the first line where absent.")
        .asks("encoding", text(""), "The text's encoding, for instance shift_jis; UTF-8 where absent.")
        .takes("Csv")
        .answers(OK, One("CsvReport")),
    ]
}
