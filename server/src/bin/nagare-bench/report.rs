//! What was measured, as the table in `docs/performance.md`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};

use crate::measure::{Figures, Pair};
use crate::process::Memory;

const BEGIN: &str = "<!-- measured: begin -->";
const END: &str = "<!-- measured: end -->";

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
        let mut facts = format!("Measured on {}", self.started.format("%Y-%m-%d %H:%M UTC"));
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
        let pinning = if self.pinned {
            "the server on one core, load and called service on another"
        } else {
            "server, load and called service share the cores"
        };
        let written = write!(
            facts,
            " at {}, {}, {cores} cores, {}; {pinning}; {} s each.",
            commit.trim(),
            fact("/proc/cpuinfo", "model name"),
            kernel(),
            self.seconds
        );
        if written.is_err() {
            tracing::debug!("the facts could not be written");
        }
        facts
    }
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

/// Puts `text` between the markers of the page.
pub(crate) fn write(page: &Path, text: &str) -> Result<()> {
    let old = std::fs::read_to_string(page)
        .with_context(|| format!("{} cannot be read", page.display()))?;
    let new = replace(&old, text).with_context(|| format!("{} has no markers", page.display()))?;
    std::fs::write(page, new).with_context(|| format!("{} cannot be written", page.display()))
}

fn replace(page: &str, text: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{text}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_markers_changes() {
        let page = format!("a\n{BEGIN}\nold\n{END}\nb\n");
        assert_eq!(
            replace(&page, "new").unwrap(),
            format!("a\n{BEGIN}\nnew\n{END}\nb\n")
        );
        assert_eq!(replace("no markers", "new"), None);
    }
}
