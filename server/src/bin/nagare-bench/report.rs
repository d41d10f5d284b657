//! What was measured, as the table in `docs/performance.md`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};

use crate::measure::{Figures, Pair};
use crate::process::Memory;

/// Everything that was measured.
pub(crate) struct Report {
    pub(crate) started: DateTime<Utc>,
    /// Load and server each had a core of their own.
    pub(crate) pinned: bool,
    pub(crate) seconds: u64,
    pub(crate) first_answer: Duration,
    pub(crate) idle: Memory,
    pub(crate) busy: Memory,
    pub(crate) pairs: Vec<Pair>,
}

impl Report {
    /// Returns it as Markdown.
    pub(crate) fn text(&self) -> String {
        let mut rows = vec![
            self.facts(),
            String::new(),
            "| connections | | runs a second | p50 | p99 | CPU a run | syncs a run |".to_owned(),
            "| ---: | --- | ---: | ---: | ---: | ---: | ---: |".to_owned(),
        ];
        for pair in &self.pairs {
            rows.push(row(pair.connections, "floor", &pair.floor));
            rows.push(row(pair.connections, "Nagare", &pair.nagare));
        }
        rows.push(String::new());
        for pair in &self.pairs {
            let share = 100.0 * pair.nagare.rate / pair.floor.rate;
            rows.push(format!(
                "- {} connection(s): {share:.0} % of the floor's rate.",
                pair.connections
            ));
        }
        rows.push(format!(
            "- Memory: {:.0} MB resident when idle, {:.0} MB after the load, {:.0} MB at most.",
            self.idle.now_mb, self.busy.now_mb, self.busy.peak_mb
        ));
        rows.push(format!(
            "- First answer {} ms after the start.",
            self.first_answer.as_millis()
        ));
        rows.join("\n")
    }

    fn facts(&self) -> String {
        format!(
            "{}; {} s each.",
            facts(self.started, self.pinned),
            self.seconds
        )
    }
}

/// Returns when, of what, and on which machine is measured.
pub(crate) fn facts(started: DateTime<Utc>, pinned: bool) -> String {
    let mut facts = format!("Measured on {}", started.format("%Y-%m-%d %H:%M UTC"));
    let commit = Command::new("git")
        .args(["rev-parse", "--short", "HEAD"])
        .output()
        .ok();
    let commit = commit
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| "an unknown commit".to_owned());
    let processors = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cores = processors
        .lines()
        .filter(|line| line.starts_with("processor"))
        .count();
    let pinning = if pinned {
        "the server on one core, load and called service on another"
    } else {
        "server, load and called service share the cores"
    };
    let written = write!(
        facts,
        " at {}, {}, {cores} cores, {}; {pinning}",
        commit.trim(),
        fact("/proc/cpuinfo", "model name"),
        kernel()
    );
    if written.is_err() {
        tracing::debug!("the facts could not be written");
    }
    facts
}

fn row(connections: usize, who: &str, figures: &Figures) -> String {
    format!(
        "| {connections} | {who} | {:.0} | {:.2} ms | {:.2} ms | {:.3} ms | {:.2} |",
        figures.rate, figures.p50_ms, figures.p99_ms, figures.cpu_ms, figures.syncs
    )
}

fn fact(file: &str, name: &str) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let found = text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    });
    found.unwrap_or_else(|| "unknown processor".to_owned())
}

fn kernel() -> String {
    let release = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("{} {}", std::env::consts::OS, release.trim())
}

/// Returns the page in the repository.
pub(crate) fn page() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let root = package
        .as_deref()
        .and_then(Path::parent)
        .map(Path::to_path_buf);
    root.unwrap_or_default().join("docs/performance.md")
}

/// Puts `text` between the markers of this name on the page.
pub(crate) fn write(page: &Path, name: &str, text: &str) -> Result<()> {
    let old = std::fs::read_to_string(page)
        .with_context(|| format!("{} cannot be read", page.display()))?;
    let new = replace(&old, name, text)
        .with_context(|| format!("{} has no markers for {name}", page.display()))?;
    std::fs::write(page, new).with_context(|| format!("{} cannot be written", page.display()))
}

fn replace(page: &str, name: &str, text: &str) -> Option<String> {
    let begin = format!("<!-- {name}: begin -->");
    let end = format!("<!-- {name}: end -->");
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{text}\n{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_markers_changes() {
        let page = |one: &str, two: &str| {
            format!(
                "a\n<!-- one: begin -->\n{one}\n<!-- one: end -->\nb\n<!-- two: begin -->\n{two}\n<!-- two: end -->\n"
            )
        };
        let old = page("old", "old");
        assert_eq!(replace(&old, "one", "new").unwrap(), page("new", "old"));
        assert_eq!(replace(&old, "two", "new").unwrap(), page("old", "new"));
        assert_eq!(replace("no markers", "one", "new"), None);
    }
}
