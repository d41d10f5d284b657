//! Lists and objects as they are typed: JSON with the place of what is wrong, and lists from lines or from CSV.

use serde_json::{Map, Value as Json};

use super::tree::{MAX_ENTRIES, MAX_LEVELS, measure};
use super::{Unreadable, read_number};
use crate::types::{Base, Type};

/// Reads JSON of an object (or a list, where an object may be one); nothing where nothing was typed.
pub fn read_object(text: &str) -> Result<Option<Json>, Unreadable> {
    match read_json(text)? {
        None => Ok(None),
        Some(value @ (Json::Object(_) | Json::Array(_))) => Ok(Some(value)),
        Some(_) => Err(Unreadable::NotAnObject),
    }
}

/// Reads JSON of a list whose items are of a type; nothing where nothing was typed.
pub fn read_list(text: &str, item: &Type) -> Result<Option<Json>, Unreadable> {
    let Some(value) = read_json(text)? else {
        return Ok(None);
    };
    let Json::Array(items) = &value else {
        return Err(Unreadable::NotAList);
    };
    match items.iter().position(|value| !is_item(value, item)) {
        Some(wrong) => Err(Unreadable::Item(wrong + 1)),
        None => Ok(Some(value)),
    }
}

fn read_json(text: &str) -> Result<Option<Json>, Unreadable> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let value: Json = serde_json::from_str(text).map_err(|error| Unreadable::NotJson {
        line: error.line(),
        column: error.column(),
    })?;
    let (levels, entries) = measure(&value);
    if levels > MAX_LEVELS {
        return Err(Unreadable::TooDeep);
    }
    if entries > MAX_ENTRIES {
        return Err(Unreadable::TooMany);
    }
    Ok(Some(value))
}

/// Tells whether a value may stand in a list of a type.
fn is_item(value: &Json, item: &Type) -> bool {
    value.is_null()
        || match item.base {
            Base::Text | Base::Date | Base::Flow => value.is_string(),
            Base::Number => value.is_number(),
            Base::Boolean => value.is_boolean(),
            Base::Object | Base::File => value.is_object() || value.is_array(),
            Base::Any => true,
        }
}

/// Reads what was typed for one item of a list.
pub fn read_item(text: &str, item: &Type) -> Result<Json, Unreadable> {
    match item.base {
        Base::Text | Base::Date | Base::Flow => Ok(Json::String(text.to_owned())),
        Base::Number => Ok(read_number(text)?.unwrap_or(Json::Null)),
        Base::Boolean => match text.trim().to_lowercase().as_str() {
            "true" | "yes" | "1" => Ok(Json::Bool(true)),
            "false" | "no" | "0" => Ok(Json::Bool(false)),
            "" => Ok(Json::Null),
            _ => Err(Unreadable::NotAList),
        },
        Base::Object | Base::File => Ok(read_object(text)?.unwrap_or(Json::Null)),
        Base::Any => {
            Ok(serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.to_owned())))
        }
    }
}

/// Reads what was pasted into a list: JSON of a list, lines, or CSV. One line of CSV is a list of its cells; of several
/// with several cells, lists of objects take the first as keys, and others each line as it is.
pub fn read_items(text: &str, item: &Type) -> Result<Vec<Json>, Unreadable> {
    if let Ok(Json::Array(items)) = serde_json::from_str::<Json>(text) {
        return match items.iter().position(|value| !is_item(value, item)) {
            Some(wrong) => Err(Unreadable::Item(wrong + 1)),
            None => bounded(items),
        };
    }
    let rows = csv(text);
    let is_table = rows.len() > 1 && rows.iter().any(|row| row.len() > 1);
    if is_table && item.base == Base::Object {
        return bounded(objects(&rows));
    }
    let cells: Vec<String> = if is_table {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.map(str::to_owned).collect()
    } else {
        rows.into_iter().flatten().collect()
    };
    let mut items = Vec::with_capacity(cells.len().min(MAX_ENTRIES));
    for (index, cell) in cells.iter().take(MAX_ENTRIES + 1).enumerate() {
        items.push(read_item(cell, item).map_err(|_| Unreadable::Item(index + 1))?);
    }
    bounded(items)
}

fn bounded(items: Vec<Json>) -> Result<Vec<Json>, Unreadable> {
    if items.len() > MAX_ENTRIES {
        return Err(Unreadable::TooMany);
    }
    Ok(items)
}

fn objects(rows: &[Vec<String>]) -> Vec<Json> {
    let Some((keys, rows)) = rows.split_first() else {
        return Vec::new();
    };
    rows.iter()
        .map(|row| {
            let pairs = keys.iter().zip(row);
            let fields: Map<String, Json> = pairs
                .map(|(key, cell)| (key.clone(), Json::String(cell.clone())))
                .collect();
            Json::Object(fields)
        })
        .collect()
}

/// The cells of CSV by rows: commas or tabs between them, quotes around those that hold them. Empty lines are left out.
fn csv(text: &str) -> Vec<Vec<String>> {
    let separator = if text.contains('\t') { '\t' } else { ',' };
    let mut rows = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut cell = String::new();
    let mut is_quoted = false;
    let mut letters = text.chars().peekable();
    let end = |row: &mut Vec<String>, cell: &mut String, rows: &mut Vec<Vec<String>>| {
        row.push(std::mem::take(cell).trim().to_owned());
        let done = std::mem::take(row);
        if done.iter().any(|cell| !cell.is_empty()) {
            rows.push(done);
        }
    };
    while let Some(c) = letters.next() {
        match c {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                is_quoted = true;
            }
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => end(&mut row, &mut cell, &mut rows),
            c if c == separator && !is_quoted => {
                row.push(std::mem::take(&mut cell).trim().to_owned())
            }
            c => cell.push(c),
        }
    }
    end(&mut row, &mut cell, &mut rows);
    rows
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "cases are short to write")]
    fn check(text: &str, base: Base, expected: Result<Json, Unreadable>) {
        let read = read_items(text, &Type::one(base)).map(Json::Array);
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn lines_and_cells_become_items() {
        check("a\nb\r\n\nc", Base::Text, Ok(json!(["a", "b", "c"])));
        check("a, b,\"c, d\"", Base::Text, Ok(json!(["a", "b", "c, d"])));
        check("山田\n佐藤", Base::Text, Ok(json!(["山田", "佐藤"])));
        check("1\n2.5", Base::Number, Ok(json!([1, 2.5])));
        check("1\nx", Base::Number, Err(Unreadable::Item(2)));
        check("true,no", Base::Boolean, Ok(json!([true, false])));
        check("[1, 2]", Base::Number, Ok(json!([1, 2])));
        check("[1, \"2\"]", Base::Number, Err(Unreadable::Item(2)));
        check(
            "name,age\nAda,36\n\"Li, Wei\",41",
            Base::Object,
            Ok(json!([{"name": "Ada", "age": "36"}, {"name": "Li, Wei", "age": "41"}])),
        );
        check("a,b\nc,d", Base::Text, Ok(json!(["a,b", "c,d"])));
        check("say \"hi\"", Base::Text, Ok(json!(["say \"hi\""])));
        check(
            &"x\n".repeat(MAX_ENTRIES + 1),
            Base::Text,
            Err(Unreadable::TooMany),
        );
    }

    #[test]
    fn json_is_read_with_the_place_of_what_is_wrong() {
        let place = |line, column| Err(Unreadable::NotJson { line, column });
        assert_eq!(read_object("{\n  \"a\": ,\n}"), place(2, 8));
        assert_eq!(read_object("  "), Ok(None));
        assert_eq!(read_object("3"), Err(Unreadable::NotAnObject));
        assert_eq!(
            read_list("{}", &Type::one(Base::Text)),
            Err(Unreadable::NotAList)
        );
        assert_eq!(
            read_list("[\"a\", 1]", &Type::one(Base::Text)),
            Err(Unreadable::Item(2))
        );
        let deep = format!(
            "{}{}",
            "[".repeat(MAX_LEVELS + 2),
            "]".repeat(MAX_LEVELS + 2)
        );
        assert_eq!(read_object(&deep), Err(Unreadable::TooDeep));
    }
}
