//! What `cargo run` cannot do alone: builds the browser part, runs every test, measures.
//!
//! Knows nothing of the domain. Every tool it needs is found, installed, or named together with the line
//! that installs it; a missing tool fails the command. Only what belongs to Okta may be missing, and the summary says so.

mod workspace;

mod front;
mod style;

mod suite;

mod afterwards;
mod debian;
mod node;
mod postgres;
mod python;
mod samba;

mod bench;
mod canvas;
mod fuzz;
mod time_builds;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::front::Profile;
use crate::suite::Scope;
use crate::workspace::Workspace;

const HELP: &str = "\
Usage: cargo xtask <command>

  front [--release]   build the browser part, the stylesheet and the icons into target/site
  test [--quick]      run everything: tests, lints, both builds, the browser stories
                      (--quick: formatting and the Rust tests only)
  okta-cards          write docs/okta-cards.md
  packs               write docs/packs.md; needs the corpus of real packs
  bench [ARGS...]     run the benchmark program, built for release
  canvas [SIZES]      measure the editor's canvas in a browser, built for release, and write docs/performance.md
                      (SIZES: 30,200,1000 where none are given)
  fuzz TARGET [SECONDS]
                      look for input that breaks the reader of packs (pack), documents (document), cards (card),
                      template texts (compose), formulas (formula), Okta expressions (expression), values of directories
                      (attribute) or their filters (search); 60 seconds where none are given
  time-builds         measure how long a rebuild takes after a change of one line
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match command(&words) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(words: &[&str]) -> Result<ExitCode> {
    let workspace = Workspace::find()?;
    match words {
        ["front"] => front::build(&workspace, Profile::Dev)?,
        ["front", "--release"] => front::build(&workspace, Profile::Release)?,
        ["test"] => return suite::run(&workspace, Scope::Everything),
        ["test", "--quick"] => return suite::run(&workspace, Scope::Quick),
        ["okta-cards"] => suite::write_okta_cards(&workspace)?,
        ["packs"] => suite::write_packs(&workspace)?,
        ["bench", rest @ ..] => bench::run_benchmark(&workspace, rest)?,
        ["canvas"] => canvas::measure(&workspace, "30,200,1000")?,
        ["canvas", sizes] => canvas::measure(&workspace, sizes)?,
        ["fuzz", target] => fuzz::fuzz(&workspace, target, "60")?,
        ["fuzz", target, seconds] => fuzz::fuzz(&workspace, target, seconds)?,
        ["time-builds"] => time_builds::measure(&workspace)?,
        [] | ["help" | "--help" | "-h"] => eprint!("{HELP}"),
        _ => bail!("unknown command `{}`\n\n{HELP}", words.join(" ")),
    }
    Ok(ExitCode::SUCCESS)
}
