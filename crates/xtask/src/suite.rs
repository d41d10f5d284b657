//! `cargo xtask test`: every check there is, in one run, with one honest line at the end.
//!
//! A failing step does not stop the others. A step that cannot run counts as a failure.

mod stream;
mod tally;

use std::env;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::Result;

use crate::front::{self, Profile};
use crate::node;
use crate::postgres::{self, Postgres};
use crate::python::{self, Client};
use crate::samba;
use crate::workspace::{Workspace, on_path};

use self::tally::{Report, Tally};

/// Where the real packs are looked for, from the root.
const PACKS: &str = "../shared/templates";
/// Where Okta's API description is looked for, from the root.
const API_DESCRIPTION: &str = "../shared/okta/management-minimal.yaml";

/// Where the published table and vectors of Active Directory are looked for, from the root.
const DIRECTORY_VECTORS: &str = "../shared/reference/ad-okta-mapping.json";

/// How much to run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Everything,
    /// Formatting and the Rust tests: the inner loop.
    Quick,
}

/// Runs the checks and prints `N passed, N failed`.
pub(crate) fn run(workspace: &Workspace, scope: Scope) -> Result<ExitCode> {
    let mut report = Report::default();
    step("formatting", &mut report, |report| {
        report.check(&mut workspace.cargo(["fmt", "--all", "--check"]))
    });
    step("Rust tests", &mut report, |report| {
        rust_tests(workspace, report)
    });
    if scope == Scope::Everything {
        step("lints", &mut report, |report| lints(workspace, report));
        step("browser part", &mut report, |_| {
            front::build(workspace, Profile::Dev)
        });
        step("server", &mut report, |report| {
            // The whole workspace, so that the tests' build of the dependencies is used again.
            report.check(&mut workspace.cargo(["build", "--workspace", "--bins"]))
        });
        step("Okta's Python client", &mut report, |report| {
            other_client(workspace, report)
        });
        step("browser stories", &mut report, |report| {
            stories(workspace, report)
        });
    }
    finish(&report)
}

/// Runs one step, says how long it took, and turns an error into a failure.
fn step(name: &str, report: &mut Report, work: impl FnOnce(&mut Report) -> Result<()>) {
    eprintln!("\n== {name}");
    let start = Instant::now();
    if let Err(error) = work(report) {
        report.broken(format!("{name}: {error:#}"));
    }
    eprintln!("== {name}: {} s", start.elapsed().as_secs());
}

fn rust_tests(workspace: &Workspace, report: &mut Report) -> Result<()> {
    note_missing_material(workspace, report);
    note_missing_packs(workspace, report);
    let postgres = match Postgres::start() {
        Ok(server) => Some(server),
        Err(error) => {
            report.broken(format!("PostgreSQL: {error:#}"));
            None
        }
    };
    let on_database = |command: &mut Command| {
        if let Some(server) = &postgres {
            command.env(postgres::URL_VARIABLE, server.url());
        }
    };
    if on_path("cargo-nextest").is_none() {
        let mut tests = workspace.cargo(["test", "--workspace", "--no-fail-fast"]);
        on_database(&mut tests);
        return report.tests(&mut tests, Tally::from_cargo);
    }
    let nextest = ["nextest", "run", "--workspace", "--no-fail-fast"];
    let mut tests = workspace.cargo(nextest);
    on_database(&mut tests);
    report.tests(&mut tests, Tally::from_nextest)?;
    // nextest leaves out the examples in doc comments.
    let mut examples = workspace.cargo(["test", "--workspace", "--no-fail-fast", "--doc"]);
    report.examples(&mut examples, Tally::from_cargo)?;
    Ok(())
}

/// `ssr` and `hydrate` must never meet, so the browser part is linted by itself.
fn lints(workspace: &Workspace, report: &mut Report) -> Result<()> {
    let host = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    report.check(&mut workspace.cargo(host))?;
    front::ensure_target(workspace)?;
    let browser = [
        "clippy",
        "--package",
        "app",
        "--lib",
        "--features",
        "hydrate",
        "--target",
        front::WASM,
        "--profile",
        "wasm-dev",
        "--",
        "-D",
        "warnings",
    ];
    report.check(&mut workspace.cargo(browser))
}

fn stories(workspace: &Workspace, report: &mut Report) -> Result<()> {
    node::install_packages(workspace)?;
    let browser = node::browser(workspace)?;
    node::ensure_japanese_font();
    let npx = |args: &[&str]| {
        let mut command = workspace.command("npx");
        command
            .current_dir(workspace.end2end())
            .arg("--no-install")
            .args(args);
        if let Some(browser) = &browser {
            command.env(node::BROWSER_VARIABLE, browser);
        }
        command
    };
    report.check(&mut npx(&["tsc", "--noEmit"]))?;
    let mut playwright = npx(&["playwright", "test", "--reporter=list"]);
    report.tests(&mut playwright, Tally::from_playwright)
}

/// Somebody else's client against the simulated org.
fn other_client(workspace: &Workspace, report: &mut Report) -> Result<()> {
    match python::client(workspace)? {
        Client::Ready(inside) => {
            report.tests(&mut python::tests(workspace, &inside), Tally::from_unittest)
        }
        Client::Missing(why) => {
            report.skipped(format!("Okta's Python client: {why}"));
            Ok(())
        }
    }
}

/// Okta's API description is not part of the repository; without it the comparisons with it pass unseen.
fn note_missing_material(workspace: &Workspace, report: &mut Report) {
    let named = env::var_os("OKTA_API_DESCRIPTION").map(PathBuf::from);
    let beside = || workspace.root().join(API_DESCRIPTION);
    let file = named.unwrap_or_else(beside);
    if !file.is_file() {
        report.skipped(format!(
            "the comparisons with Okta's API description: put it to {API_DESCRIPTION}, or name it in OKTA_API_DESCRIPTION"
        ));
    }
    if !workspace.root().join(DIRECTORY_VECTORS).is_file() {
        report.skipped(format!(
            "the published table and vectors of Active Directory: put them to {DIRECTORY_VECTORS}"
        ));
    }
    if let Err(error) = samba::ensure() {
        report.skipped(format!(
            "the life of a directory against a domain controller: {error:#}"
        ));
    }
}

/// Writes the page about the cards of the Okta connector. The test that compares it writes it when it is asked to.
pub(crate) fn write_okta_cards(workspace: &Workspace) -> Result<()> {
    let test = [
        "test",
        "--package",
        "conformance",
        "--test",
        "it",
        "the_page_about_the_okta_cards_is_current",
    ];
    let mut command = workspace.cargo(test);
    crate::workspace::run(command.env("WRITE_OKTA_CARDS", "1"))
}

/// Writes the page about real packs, in the same way.
pub(crate) fn write_packs(workspace: &Workspace) -> Result<()> {
    let test = [
        "test",
        "--package",
        "server",
        "--test",
        "it",
        "the_page_about_packs_is_current",
    ];
    let mut command = workspace.cargo(test);
    crate::workspace::run(
        command
            .env("WRITE_PACKS", "1")
            .env("NAGARE_SKIP_FRONT", "1"),
    )
}

/// The real packs are not part of the repository; without them their tests pass unseen.
fn note_missing_packs(workspace: &Workspace, report: &mut Report) {
    if !workspace.root().join(PACKS).is_dir() {
        report.skipped(format!(
            "the import and the runs of real packs: put the templates of Okta Workflows to {PACKS}"
        ));
    }
}

fn finish(report: &Report) -> Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    for problem in report.problems() {
        eprintln!("FAILED {problem}");
    }
    for step in report.left_out() {
        eprintln!("SKIPPED {step}");
    }
    let Tally { passed, failed } = report.tally();
    let skipped = match report.left_out().len() {
        0 => String::new(),
        steps => format!(", {steps} skipped"),
    };
    writeln!(out, "\n{passed} passed, {failed} failed{skipped}")?;
    Ok(if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
