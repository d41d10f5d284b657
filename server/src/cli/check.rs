//! `nagare check`: reads packs and says what of them runs here.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use super::{fail, say};

/// Checks every pack; one that cannot be read does not keep the others from being checked.
pub fn run(packs: &[PathBuf], json: bool) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for path in packs {
        if let Err(reason) = one(path, json) {
            if json {
                say(&json!({ "pack": path, "error": reason }).to_string());
            }
            code = fail(&format!("{}: {reason}", path.display()));
        }
    }
    code
}

fn one(path: &Path, json: bool) -> Result<(), String> {
    let text = std::fs::read(path).map_err(|error| format!("The file cannot be read: {error}."))?;
    let mut report = flopack::check(&text, &|card| cards::run_of(card).is_some()).map_err(|error| error.to_string())?;
    report.pack = path.display().to_string();
    if json {
        say(&serde_json::to_string(&report).map_err(|error| error.to_string())?);
        return Ok(());
    }
    let round_trip = if report.round_trip { "exports to the same pack" } else { "does NOT export to the same pack" };
    say(&format!(
        "{}: version {}, {} flows, {} of {} cards supported, {round_trip}",
        report.pack, report.version, report.flows, report.supported, report.cards
    ));
    for card in &report.unsupported {
        say(&format!("  not supported: {} ({} times)", card.address, card.count));
    }
    for problem in &report.problems {
        say(&format!("  {}", problem.message));
    }
    Ok(())
}
