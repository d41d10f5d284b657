//! Cells of a table as text: how they are shown, and how what was typed is read.

use api::{Cell, TableColumn};
use flow::Base;
use serde_json::{Number, Value};

use crate::i18n::texts::TableText;
use crate::i18n::{Language, Message};

/// Returns the word for the type of a column.
pub fn column_type(base: Base) -> TableText {
    match base {
        Base::Number => TableText::TypeNumber,
        Base::Boolean => TableText::TypeBoolean,
        Base::Date => TableText::TypeDate,
        _ => TableText::TypeText,
    }
}

/// Returns a cell as it is shown.
pub fn shown(cell: Option<&Cell>, language: Language) -> String {
    match cell {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(true)) => TableText::True.say(language),
        Some(Value::Bool(false)) => TableText::False.say(language),
        Some(other) => other.to_string(),
    }
}

/// Reads the text of a date and time, in milliseconds since 1970 in UTC; other text is none.
pub fn day_and_clock(text: &str) -> Option<i64> {
    let at = chrono::DateTime::parse_from_rfc3339(text).ok()?;
    Some(at.timestamp_millis())
}

/// Returns a cell as it stands in a form.
pub fn typed(cell: Option<&Cell>) -> String {
    match cell {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// Reads what was typed for a column; nothing typed is no value.
pub fn read(column: &TableColumn, text: &str) -> Result<Cell, TableText> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    match column.base {
        Base::Number => number(text).ok_or_else(|| TableText::NeedsNumber {
            column: column.name.clone(),
        }),
        Base::Boolean => Ok(Value::Bool(text == "true")),
        _ => Ok(Value::String(text.to_owned())),
    }
}

fn number(text: &str) -> Option<Value> {
    let text = text.trim();
    let whole = text.parse::<i64>().ok().map(Number::from);
    let number = whole.or_else(|| Number::from_f64(text.parse().ok()?));
    number.map(Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_date_with_its_clock_is_written_as_one() {
        assert_eq!(
            day_and_clock("2026-11-21T14:02:11Z"),
            Some(1_795_269_731_000)
        );
        assert_eq!(
            day_and_clock("2026-11-21T23:02:11+09:00"),
            Some(1_795_269_731_000)
        );
        assert_eq!(day_and_clock("2026-11-21"), None);
        assert_eq!(day_and_clock(""), None);
    }

    #[test]
    fn what_is_typed_comes_back_as_it_was() {
        let column = |base| TableColumn {
            name: "c".to_owned(),
            base,
            default: None,
        };
        for (base, text) in [
            (Base::Text, "a b"),
            (Base::Text, "12"),
            (Base::Number, "12"),
            (Base::Number, "3.5"),
            (Base::Boolean, "true"),
            (Base::Boolean, "false"),
            (Base::Date, "2026-11-21T14:02:11Z"),
            (Base::Number, ""),
        ] {
            let cell = read(&column(base), text).unwrap();
            assert_eq!(typed(Some(&cell)), text);
        }
        assert!(read(&column(Base::Number), "many").is_err());
        assert!(read(&column(Base::Number), "inf").is_err());
    }
}
