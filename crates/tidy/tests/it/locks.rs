//! Lock files name the public registries and nothing else, so that anybody can build.

use tidy::{Findings, Repository};

const CRATES: &str = "registry+https://github.com/rust-lang/crates.io-index";
const PACKAGES: &str = "https://registry.npmjs.org/";

#[test]
fn lock_files_name_only_the_public_registries() {
    let repository = Repository::open().unwrap();
    let mut found = Findings::default();
    for file in repository.files() {
        let Some(text) = repository.text(file) else {
            continue;
        };
        let strange = match file.rsplit('/').next() {
            Some("Cargo.lock") => strange(&text, "source = \"", |source| source == CRATES),
            Some("package-lock.json") => strange(&text, "\"resolved\": \"", |source| {
                source.starts_with(PACKAGES)
            }),
            _ => continue,
        };
        for source in strange {
            found.add(format!("{file}: {source}"));
        }
    }
    found.none_expected("A lock file names another source:");
}

#[test]
fn another_source_is_found() {
    let text = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n\
        source = \"git+https://example.com/fork\"\n";
    let is_public = |source: &str| source == CRATES;
    assert_eq!(
        strange(text, "source = \"", is_public),
        ["git+https://example.com/fork"]
    );
}

fn strange<'a>(text: &'a str, field: &str, is_public: impl Fn(&str) -> bool) -> Vec<&'a str> {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix(field))
        .filter_map(|rest| rest.split('"').next())
        .filter(|source| !is_public(source))
        .collect()
}
