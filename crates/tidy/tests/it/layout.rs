//! Where things are: the top of the tree, the tests of a crate, the two sets of migrations.

use std::collections::BTreeSet;

use tidy::{Findings, Repository};

/// Everything at the top. A newcomer reads this list first, so it does not grow by accident.
const TOP: [&str; 18] = [
    ".cargo",
    ".ci",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "app",
    "clippy.toml",
    "crates",
    "docs",
    "end2end",
    "migrations",
    "rust-toolchain.toml",
    "server",
    "style",
];

#[test]
fn the_top_of_the_tree_is_what_it_should_be() {
    let repository = Repository::open().unwrap();
    let expected: BTreeSet<&str> = TOP.into_iter().collect();
    let present: BTreeSet<&str> = repository
        .files()
        .filter_map(|file| file.split('/').next())
        .collect();
    let mut found = Findings::default();
    for name in present.difference(&expected) {
        found.add(format!("{name} does not belong there"));
    }
    for name in expected.difference(&present) {
        found.add(format!("{name} is missing"));
    }
    found.none_expected("The top-level listing is fixed:");
}

#[test]
fn every_crate_and_every_source_file_says_what_it_is() {
    let repository = Repository::open().unwrap();
    let mut found = Findings::default();
    for (file, text) in repository.texts(&["rs"]) {
        let is_source = file.contains("/src/") && !file.ends_with("/tests.rs");
        if is_source && !text.starts_with("//!") {
            found.add(file);
        }
    }
    found.none_expected("A source file begins with `//!` and what it is:");
}

#[test]
fn no_test_file_is_forgotten() {
    let repository = Repository::open().unwrap();
    let files: Vec<&str> = repository.with_extension(&["rs"]).collect();
    let mut found = Findings::default();
    for file in &files {
        let Some((krate, module)) = file.split_once("/tests/") else {
            continue;
        };
        // `src/x/tests/` belongs to the unit tests of `src/x`.
        if module == "it/main.rs" || krate.contains("/src/") {
            continue;
        }
        let Some(parents) = parents(module) else {
            found.add(format!(
                "{file} would be a binary of its own; move it to tests/it"
            ));
            continue;
        };
        let name = name(module);
        let is_named = parents.iter().any(|parent| {
            let parent = repository.text(&format!("{krate}/tests/{parent}"));
            parent.is_some_and(|text| declares(&text, name))
        });
        if !is_named {
            found.add(format!("{file} is named by no `mod {name};`"));
        }
    }
    found.none_expected("Every test file is part of tests/it/main.rs:");
}

#[test]
fn a_test_module_is_looked_for_in_its_parent() {
    assert_eq!(parents("it/runs.rs"), Some(vec!["it/main.rs".to_owned()]));
    assert_eq!(
        parents("it/runs/claim.rs"),
        Some(vec!["it/runs.rs".to_owned(), "it/runs/mod.rs".to_owned()])
    );
    assert_eq!(
        parents("it/runs/mod.rs"),
        Some(vec!["it/main.rs".to_owned()])
    );
    assert_eq!(parents("runs.rs"), None);
    assert_eq!(name("it/runs/mod.rs"), "runs");
    assert!(declares("mod a;\n    pub(crate) mod runs;\n", "runs"));
    assert!(!declares("// mod runs;\n", "runs"));
}

#[test]
fn both_databases_have_the_same_migrations() {
    let repository = Repository::open().unwrap();
    let versions = |folder: &str| -> BTreeSet<String> {
        let files = repository.files();
        files
            .filter_map(|file| file.strip_prefix(folder))
            .map(str::to_owned)
            .collect()
    };
    let (sqlite, postgres) = (
        versions("migrations/sqlite/"),
        versions("migrations/postgres/"),
    );
    let mut found = Findings::default();
    for file in sqlite.symmetric_difference(&postgres) {
        found.add(format!("{file} is there for one database only"));
    }
    if sqlite.is_empty() {
        found.add("there are no migrations at all");
    }
    found.none_expected("A migration is written for SQLite and for PostgreSQL, under one name:");
}

/// The files that may declare the module at `path` (relative to `tests/`); `None` outside `it/`.
fn parents(path: &str) -> Option<Vec<String>> {
    let inner = path.strip_prefix("it/")?;
    let inner = inner
        .strip_suffix("/mod.rs")
        .or_else(|| inner.strip_suffix(".rs"))?;
    Some(match inner.rsplit_once('/') {
        Some((folder, _)) => vec![format!("it/{folder}.rs"), format!("it/{folder}/mod.rs")],
        None => vec!["it/main.rs".to_owned()],
    })
}

fn name(path: &str) -> &str {
    let path = path.strip_suffix("/mod.rs").unwrap_or(path);
    let path = path.strip_suffix(".rs").unwrap_or(path);
    path.rsplit('/').next().unwrap_or(path)
}

fn declares(text: &str, name: &str) -> bool {
    text.lines().any(|line| {
        let declaration = line.trim().trim_start_matches("pub(crate) ");
        declaration.trim_start_matches("pub ") == format!("mod {name};")
    })
}
