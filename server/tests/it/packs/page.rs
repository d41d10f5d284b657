//! `docs/packs.md`: which real packs run here, how that was tried, and what was found.
//!
//! Which packs have to run is decided by a rule over the whole corpus, not by the list of trials: one that the rule names
//! and nobody tries is an error. The page is written by `cargo xtask packs`; otherwise the test fails where it is stale.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use flopack::Report;
use serde_json::Value as Json;

use super::{CANNOT_RUN, TRIALS, Trial};

/// Set by `cargo xtask packs`.
const WRITE: &str = "WRITE_PACKS";

/// Connectors that need no account of anybody but the org: calls over HTTP, files, tables and Okta itself. Okta's add-ons
/// are named after it.
const OWN: [&str; 3] = ["httpfunctions", "filefunctions", "stash"];

/// A pack of the corpus.
struct Known {
    name: String,
    title: String,
    modules: BTreeSet<String>,
    report: Report,
}

impl Known {
    fn needs_nobody_else(&self) -> bool {
        let mut modules = self.modules.iter();
        modules.all(|module| OWN.contains(&module.as_str()) || module.starts_with("okta"))
    }
}

fn corpus() -> Option<Vec<Known>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/templates");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!(
            "NOT RUN: the corpus of real packs is not here ({}); docs/packs.md was not compared",
            folder.display()
        );
        return None;
    };
    let mut names: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    names.sort();
    // A check imports and exports: the packs are shared out, so that nobody waits for it long.
    let share = names
        .len()
        .div_ceil(std::thread::available_parallelism().map_or(1, usize::from));
    let mut packs: Vec<Known> = std::thread::scope(|scope| {
        let shares = names.chunks(share.max(1));
        let threads: Vec<_> = shares
            .map(|share| {
                scope.spawn(|| {
                    share
                        .iter()
                        .filter_map(|path| known(path))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        let packs = threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap());
        packs.collect()
    });
    packs.sort_by(|a, b| a.name.cmp(&b.name));
    Some(packs)
}

fn known(folder: &Path) -> Option<Known> {
    let text = fs::read(folder.join("workflow.flopack")).ok()?;
    let about = fs::read(folder.join("workflow.json")).unwrap_or_default();
    let about: Json = serde_json::from_slice(&about).unwrap_or_default();
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let supported = |card: &flow::CardKey| cards::run_of(card).is_some();
    let modules = modules(&String::from_utf8_lossy(&text));
    Some(Known {
        title: about["title"].as_str().unwrap_or(&name).trim().to_owned(),
        modules,
        report: flopack::check(&text, &supported).unwrap(),
        name,
    })
}

/// The connectors of all cards: the fourth part of `root:channels:http:<connector>:<version>:<method>`.
fn modules(text: &str) -> BTreeSet<String> {
    let addresses = text.split("\"root:channels:http:").skip(1);
    addresses
        .filter_map(|rest| rest.split([':', '"']).next())
        .map(str::to_owned)
        .collect()
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/packs.md")
}

fn trials() -> BTreeMap<&'static str, &'static Trial> {
    let all = TRIALS.iter().copied().flatten();
    all.map(|trial| (trial.pack, trial)).collect()
}

#[test]
fn the_page_about_packs_is_current() {
    let Some(corpus) = corpus() else { return };
    check_trials(&corpus);
    let page = render(&corpus);
    if env::var_os(WRITE).is_some() {
        fs::write(file(), page).unwrap();
        return;
    }
    let found = fs::read_to_string(file()).unwrap_or_default();
    let stale = page
        .lines()
        .zip(found.lines())
        .find(|(new, old)| new != old);
    assert!(
        page == found,
        "docs/packs.md is stale; run `cargo xtask packs`. First difference: {stale:#?}"
    );
}

/// Every pack that needs nobody else is tried, or it is said why not.
fn check_trials(corpus: &[Known]) {
    let wanted: BTreeSet<&str> = corpus
        .iter()
        .filter(|pack| pack.needs_nobody_else())
        .map(|pack| pack.name.as_str())
        .collect();
    let tried: BTreeSet<&str> = trials().into_keys().collect();
    let explained: BTreeSet<&str> = CANNOT_RUN.iter().map(|(pack, _)| *pack).collect();
    let count: usize = TRIALS.iter().map(|group| group.len()).sum();
    assert_eq!(count, tried.len(), "a pack is tried twice");
    assert!(tried.is_disjoint(&explained));
    assert_eq!(&tried | &explained, wanted);
}

fn render(corpus: &[Known]) -> String {
    let mut page = String::from(HEAD);
    let own: Vec<&Known> = corpus
        .iter()
        .filter(|pack| pack.needs_nobody_else())
        .collect();
    let trials = trials();
    let reasons: BTreeMap<_, _> = CANNOT_RUN.iter().copied().collect();
    let run = own
        .iter()
        .filter(|pack| trials.contains_key(pack.name.as_str()));
    writeln!(
        page,
        "{} of {} run.\n\n| Pack | Flows | Cards | Changed | How it was run | What was found |\n| --- | --- | --- | --- | --- | --- |",
        run.count(),
        own.len()
    )
    .unwrap();
    for pack in &own {
        let (changes, how, found) = match trials.get(pack.name.as_str()) {
            Some(trial) => (
                trial.changes.to_string(),
                trial.how,
                trial.effect.to_owned(),
            ),
            None => {
                let reason = reasons.get(pack.name.as_str()).copied().unwrap_or_default();
                (String::new(), "", format!("**Not run:** {reason}"))
            }
        };
        let Report { flows, cards, .. } = pack.report;
        writeln!(
            page,
            "| {} | {flows} | {cards} | {changes} | {how} | {found} |",
            cell(&pack.title)
        )
        .unwrap();
    }
    figures(&mut page, corpus);
    page
}

/// What `nagare check` says about the whole corpus.
fn figures(page: &mut String, corpus: &[Known]) {
    let sum = |of: fn(&Report) -> usize| corpus.iter().map(|pack| of(&pack.report)).sum::<usize>();
    let round = corpus.iter().filter(|pack| pack.report.round_trip).count();
    let whole = corpus
        .iter()
        .filter(|pack| pack.report.unsupported.is_empty())
        .count();
    let mut missing: BTreeMap<&str, usize> = BTreeMap::new();
    let mut own = BTreeMap::new();
    for card in corpus.iter().flat_map(|pack| &pack.report.unsupported) {
        let (module, _) = card.address.split_once(':').unwrap_or((&card.address, ""));
        *missing.entry(module).or_default() += card.count;
        let is_ours =
            !is_connector(corpus, module) || OWN.contains(&module) || module.starts_with("okta");
        if is_ours {
            *own.entry(card.address.as_str()).or_insert(0) += card.count;
        }
    }
    let elsewhere: usize = missing.values().sum::<usize>() - own.values().sum::<usize>();
    writeln!(
        page,
        "\n## All packs\n\n`nagare check` over {} packs: {} flows, {} cards, {} of which run here; {whole} packs have no card \
         that does not. An export after an import is the same pack for {round} of {}.\n\n{elsewhere} cards that do not run \
         belong to connectors of other products. They are kept whole and fail only where a run reaches them.",
        corpus.len(),
        sum(|report| report.flows),
        sum(|report| report.cards),
        sum(|report| report.supported),
        corpus.len(),
    )
    .unwrap();
    if !own.is_empty() {
        page.push_str("\nCards of Okta and of the designer that do not run here:\n\n");
        for (card, count) in own {
            writeln!(page, "- `{card}` ({count})").unwrap();
        }
    }
}

fn is_connector(corpus: &[Known], module: &str) -> bool {
    corpus.iter().any(|pack| pack.modules.contains(module))
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

const HEAD: &str = "\
# Real packs

This page is generated by `cargo xtask packs`; a test fails when it is stale. The packs are the public templates of Okta
Workflows (github.com/okta/workflows-templates), which are not part of this repository.

Below are those that need no connector of another product: every card belongs to the designer, to Okta or one of its
add-ons, to tables, files or calls over HTTP. Each is imported into a server through the REST interface, connected to the
simulated org, set up as its readme says, turned on and run by the tests in `server/tests/it/packs`. Services of others are
a stub on the same machine.

- **Changed** counts what had to be changed after the import, beside the choice of a connection: inputs typed, rows filled
  in, cards removed. An address that stands on two cards counts twice.
- *The org was taught* names a part of Okta's API that the simulated org does not have itself: it got the answer, and the
  request was looked at.

";
