//! `nagare eval`: the value of an Okta expression for a context, without a server. One line of JSON on standard output, or one
//! line that says what is wrong on standard error.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use chrono::Utc;
use directory::expression::{Expression, NullJoin, Scene};
use serde_json::{Map, Value};

use super::{fail, say};

/// The most bytes of a context.
const MAX_CONTEXT: u64 = 64 * 1024 * 1024;

/// Which of the two languages an expression is written in.
#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Functions: mappings, user names, group rules.
    Classic,
    /// Methods: policies of Identity Engine.
    Engine,
}

/// Prints the value of the expression.
#[must_use]
pub fn run(expression: &str, context: Option<&Path>, dialect: Dialect) -> ExitCode {
    match evaluate(expression, context, dialect) {
        Ok(value) => {
            say(&value.to_string());
            ExitCode::SUCCESS
        }
        Err(reason) => fail(&reason),
    }
}

fn evaluate(expression: &str, context: Option<&Path>, dialect: Dialect) -> Result<Value, String> {
    let dialect = match dialect {
        Dialect::Classic => directory::expression::Dialect::Classic,
        Dialect::Engine => directory::expression::Dialect::Engine,
    };
    let expression = Expression::read(expression, dialect).map_err(|error| error.to_string())?;
    let roots = context.map_or_else(|| Ok(Map::new()), read)?;
    let scene = Scene {
        roots: &roots,
        now: Utc::now(),
        null_join: NullJoin::Empty,
    };
    let outcome = expression
        .evaluate(&scene)
        .map_err(|error| error.to_string())?;
    Ok(outcome.value)
}

/// Reads the roots; the file holds one JSON object.
fn read(path: &Path) -> Result<Map<String, Value>, String> {
    let name = path.display();
    let mut text = String::new();
    let length = File::open(path)
        .and_then(|file| file.take(MAX_CONTEXT + 1).read_to_string(&mut text))
        .map_err(|error| format!("The context {name} cannot be read: {error}."))?;
    if u64::try_from(length).unwrap_or(u64::MAX) > MAX_CONTEXT {
        return Err(format!(
            "The context {name} has more than {MAX_CONTEXT} bytes."
        ));
    }
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(roots)) => Ok(roots),
        Ok(_) => Err(format!(
            "The context {name} must be one JSON object with the roots, as in {{\"user\": {{}}}}."
        )),
        Err(error) => Err(format!("The context {name} is no JSON: {error}.")),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn context(text: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    }

    #[test]
    fn the_value_is_json_and_an_error_is_one_line() {
        let file = context(r#"{"user": {"firstName": "花子", "n": 1}}"#);
        let value = |text, dialect| evaluate(text, Some(file.path()), dialect);
        assert_eq!(value("user.firstName", Dialect::Classic).unwrap(), "花子");
        assert_eq!(value("user.n + 1", Dialect::Classic).unwrap(), 2);
        assert_eq!(value("'a'.length()", Dialect::Engine).unwrap(), 1);
        for (text, part) in [
            ("user.n +", "character 9"),
            ("'a'.length()", "Identity Engine"),
        ] {
            let error = value(text, Dialect::Classic).unwrap_err();
            assert!(error.contains(part) && !error.contains('\n'), "{error}");
        }
    }

    #[test]
    fn a_context_that_does_not_fit_is_named() {
        for text in ["[1]", "{", ""] {
            let file = context(text);
            let error = evaluate("1", Some(file.path()), Dialect::Classic).unwrap_err();
            assert!(error.contains("The context"), "{error}");
        }
        let missing = evaluate("1", Some(Path::new("/no/such/file")), Dialect::Classic);
        assert!(missing.unwrap_err().contains("cannot be read"));
        assert_eq!(evaluate("1", None, Dialect::Classic).unwrap(), 1);
    }
}
