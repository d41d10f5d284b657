//! `nagare ad`: what the import rules of Active Directory make of described situations, without a directory and without an org.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::Utc;
use clap::Subcommand;
use serde_json::Value;

use super::{fail, say};

/// The most bytes of a file with vectors.
const MAX_VECTORS: u64 = 64 * 1024 * 1024;

/// What can be done without a directory.
#[derive(Subcommand, Debug)]
pub enum AdCommand {
    /// Says of each test vector what the rules make of it, and whether the vector agrees.
    Explain {
        /// A JSON file with the vectors: a list, or an object with the list under `test_vectors`.
        #[arg(long)]
        vectors: PathBuf,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command; fails when a vector disagrees.
#[must_use]
pub fn run(command: &AdCommand) -> ExitCode {
    let AdCommand::Explain { vectors, json } = command;
    let explained = match read(vectors) {
        Ok(explained) => explained,
        Err(reason) => return fail(&reason),
    };
    for answer in &explained {
        say(&if *json {
            answer.to_string()
        } else {
            line(answer)
        });
    }
    let wrong = explained.iter().filter(|answer| !is_ok(answer)).count();
    if wrong == 0 {
        return ExitCode::SUCCESS;
    }
    fail(&format!("{wrong} of {} vectors disagree.", explained.len()))
}

fn read(path: &Path) -> Result<Vec<Value>, String> {
    let name = path.display();
    let mut text = String::new();
    let length = File::open(path)
        .and_then(|file| file.take(MAX_VECTORS + 1).read_to_string(&mut text))
        .map_err(|error| format!("The vectors {name} cannot be read: {error}."))?;
    if u64::try_from(length).unwrap_or(u64::MAX) > MAX_VECTORS {
        return Err(format!(
            "The vectors {name} have more than {MAX_VECTORS} bytes."
        ));
    }
    let file: Value = serde_json::from_str(&text)
        .map_err(|error| format!("The vectors {name} are no JSON: {error}."))?;
    let explained = directory::explain::all(&file, Utc::now());
    explained.ok_or_else(|| {
        format!("{name} has no list of vectors: it is a list, or has one under `test_vectors`.")
    })
}

fn is_ok(answer: &Value) -> bool {
    answer.get("ok").and_then(Value::as_bool) == Some(true)
}

/// One line for a person.
fn line(answer: &Value) -> String {
    let text = |name: &str| match answer.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            items.join(" ")
        }
        _ => "-".to_owned(),
    };
    let agrees = if is_ok(answer) { "agrees" } else { "DISAGREES" };
    let mut line = format!(
        "{}: {} [{}] {agrees}",
        text("id"),
        text("outcome"),
        text("rules")
    );
    if let Some(differences) = answer.get("differences") {
        line.push_str(&format!(" {differences}"));
    }
    line
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn explain(text: &str) -> Result<Vec<Value>, String> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        read(file.path())
    }

    #[test]
    fn a_vector_is_explained_and_compared() {
        let vector = r#"{"id": "a", "given": {"import": "full", "known": true, "ad_user": null}, "expect": {"outcome": "OUTCOME"}}"#;
        for (expected, is_right) in [("deactivate", true), ("unchanged", false)] {
            let file = format!("[{}]", vector.replace("OUTCOME", expected));
            let answers = explain(&file).unwrap();
            assert_eq!(is_ok(&answers[0]), is_right);
            assert_eq!(answers[0]["rules"], serde_json::json!(["AD-R11"]));
            assert!(line(&answers[0]).starts_with("a: deactivate [AD-R11] "));
        }
    }

    #[test]
    fn a_file_without_vectors_is_named() {
        for text in ["{}", "1", "nonsense"] {
            assert!(explain(text).is_err());
        }
        assert_eq!(explain("[]").unwrap().len(), 0);
        assert!(!is_ok(&explain("[1]").unwrap()[0]));
    }
}
