use std::path::Path;
use std::time::{Duration, Instant};

use fuzz::{seeds, target};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngSeed, TestRunner};

use crate::spoil::{harms, spoil};

/// Inputs a target gets in the suite.
const CASES: u32 = 400;

/// More than this for one input means that work grows faster than input; unoptimized builds on a busy machine are far
/// below.
const MOST_TIME: Duration = Duration::from_secs(5);

/// Real packs, where they are at hand, up to this size: spoiling large ones takes long and finds little more.
const TEMPLATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/templates");
const MOST_BYTES: u64 = 150_000;

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_261_122),
        ..ProptestConfig::default()
    }
}

fn survives(name: &str) {
    survives_from(name, &seeds(name));
}

#[track_caller]
fn survives_from(name: &str, seeds: &[Vec<u8>]) {
    let target = target(name).unwrap();
    assert!(!seeds.is_empty());
    for seed in seeds {
        target(seed);
    }
    let inputs = (any::<Index>(), harms());
    let result = TestRunner::new(config()).run(&inputs, |(seed, harms)| {
        let bytes = spoil(seeds[seed.index(seeds.len())].clone(), &harms);
        let start = Instant::now();
        target(&bytes);
        prop_assert!(start.elapsed() < MOST_TIME, "took {:?}", start.elapsed());
        Ok(())
    });
    result.unwrap();
}

#[test]
fn packs_are_read_or_refused() {
    let mut packs = seeds("pack");
    packs.extend(real_packs());
    survives_from("pack", &packs);
}

fn real_packs() -> Vec<Vec<u8>> {
    let Ok(folders) = Path::new(TEMPLATES).read_dir() else {
        eprintln!("LEFT OUT: {TEMPLATES} is missing; only our own packs are spoiled");
        return Vec::new();
    };
    let mut files: Vec<_> = folders
        .map(|folder| folder.unwrap().path().join("workflow.flopack"))
        .filter(|file| file.metadata().is_ok_and(|known| known.len() <= MOST_BYTES))
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| std::fs::read(file).unwrap())
        .collect()
}

#[test]
fn documents_are_read_or_refused_and_edits_undone() {
    survives("document");
}

#[test]
fn cards_compute_or_say_why_not() {
    survives("card");
}

#[test]
fn template_texts_are_filled() {
    survives("compose");
}

#[test]
fn formulas_are_worked_out_or_refused() {
    survives("formula");
}

#[test]
fn expressions_have_a_value_or_one_line_that_says_why_not() {
    survives("expression");
}

#[test]
fn values_of_directories_are_read_or_refused() {
    survives("attribute");
}

#[test]
fn filters_of_directories_survive() {
    survives("search");
}

#[test]
fn a_deep_formula_is_refused() {
    let deep = format!("{}1{}", "(".repeat(200_000), ")".repeat(200_000));
    fuzz::formula(deep.as_bytes());
    fuzz::formula("-".repeat(200_000).as_bytes());
    fuzz::formula("2^".repeat(200_000).as_bytes());
    fuzz::formula("max(".repeat(100_000).as_bytes());
}
