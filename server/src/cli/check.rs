//! `nagare check`: reads packs and says which of their cards run here, without a server and without importing anything.
//! A pack that cannot be read does not keep the others from being checked.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use flopack::Report;
use serde_json::json;

use super::{fail, say};

/// Checks these files; fails in the end when one could not be read.
pub fn run(paths: &[PathBuf], json: bool) -> ExitCode {
    let mut outcome = ExitCode::SUCCESS;
    for path in paths {
        let name = path.display().to_string();
        match check(path) {
            Ok(report) => print(
                &Report {
                    pack: name,
                    ..report
                },
                json,
            ),
            Err(reason) => {
                if json {
                    say(&json!({ "pack": name, "error": reason }).to_string());
                }
                outcome = fail(&format!("{name}: {reason}"));
            }
        }
    }
    outcome
}

fn check(path: &Path) -> Result<Report, String> {
    let text = read(path).map_err(|error| format!("The file cannot be read: {error}."))?;
    let supported = |card: &flow::CardKey| cards::run_of(card).is_some();
    flopack::check(&text, &supported).map_err(|error| error.to_string().replace('\n', " "))
}

/// Reads a file, but not more than a pack may have: one byte too many is enough to be refused.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let most = u64::try_from(flopack::MAX_BYTES).unwrap_or(u64::MAX);
    let mut text = Vec::new();
    File::open(path)?
        .take(most.saturating_add(1))
        .read_to_end(&mut text)?;
    Ok(text)
}

fn print(report: &Report, json: bool) {
    if json {
        match serde_json::to_string(report) {
            Ok(line) => say(&line),
            Err(error) => tracing::error!(%error, "a report cannot be written"),
        }
        return;
    }
    say(&format!(
        "{}: format {}, {} flows, {} of {} cards run here{}",
        report.pack,
        report.version,
        report.flows,
        report.supported,
        report.cards,
        if report.round_trip {
            ""
        } else {
            "; an export would differ from it"
        },
    ));
    for card in &report.unsupported {
        say(&format!(
            "  not available: {} ({} times)",
            card.address, card.count
        ));
    }
    for problem in &report.problems {
        let place: Vec<&str> = [&problem.flow, &problem.card]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let place = if place.is_empty() {
            String::new()
        } else {
            format!("{}: ", place.join(" › "))
        };
        say(&format!("  {place}{}", problem.message));
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn file(name: &str, text: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("nagare-check-{}-{name}", std::process::id()));
        File::create(&path)
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
        path
    }

    #[test]
    fn a_report_has_exactly_the_fields_that_scripts_know() {
        let pack = json!({ "type": "flopack", "version": "1.5.0", "created": "2026-01-02T03:04:05.000Z",
            "flags": {}, "data": { "flos": {}, "configs": {}, "tables": {}, "groups": {} } });
        let path = file("empty", &pack.to_string());
        let report = serde_json::to_value(check(&path).unwrap()).unwrap();
        let names: Vec<&str> = report
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(
            names,
            [
                "pack",
                "version",
                "flows",
                "cards",
                "supported",
                "unsupported",
                "round_trip",
                "problems"
            ]
        );
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn what_is_no_pack_is_refused_with_one_line() {
        let path = file("text", "hello\nworld");
        for path in [
            path.clone(),
            std::env::temp_dir(),
            PathBuf::from("no-such-file"),
        ] {
            let reason = check(&path).unwrap_err();
            assert!(!reason.is_empty() && !reason.contains('\n'), "{reason}");
        }
        std::fs::remove_file(path).unwrap();
    }
}
