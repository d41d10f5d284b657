//! How long a file may be.

use std::collections::BTreeMap;

use tidy::{Findings, Repository};

const LIMIT: usize = 400;
const LIMIT_WITH_REASON: usize = 800;
const EXCEPTIONS: &str = "crates/tidy/exceptions.txt";

#[test]
fn files_are_short_enough_to_read() {
    let repository = Repository::open().unwrap();
    let mut found = Findings::default();
    let listed = repository.text(EXCEPTIONS).unwrap();
    let mut exceptions = exceptions(&listed, &mut found);
    for (file, text) in repository.texts(&["rs", "ts", "css"]) {
        let lines = lines_without_tests(&text);
        if is_test_code(file) {
            if lines > LIMIT_WITH_REASON {
                found.add(format!(
                    "{file} has {lines} lines, and test code has at most {LIMIT_WITH_REASON}"
                ));
            }
            continue;
        }
        let is_excepted = exceptions.remove(file).is_some();
        if is_excepted && lines <= LIMIT {
            found.add(format!(
                "{file} has {lines} lines and needs no exception any more"
            ));
        } else if is_excepted && lines > LIMIT_WITH_REASON {
            found.add(format!(
                "{file} has {lines} lines, more than any reason allows"
            ));
        } else if !is_excepted && lines > LIMIT {
            found.add(format!("{file} has {lines} lines"));
        }
    }
    for file in exceptions.keys() {
        found.add(format!("{file} is excepted, but there is no such file"));
    }
    found.none_expected(&format!(
        "A file has at most {LIMIT} lines without its tests; up to {LIMIT_WITH_REASON} with a reason in {EXCEPTIONS}:"
    ));
}

#[test]
fn only_the_test_module_is_left_out() {
    assert_eq!(lines_without_tests("a\nb\n"), 2);
    assert_eq!(
        lines_without_tests("a\n\n#[cfg(test)]\nmod tests {\n    x\n}\n"),
        2
    );
    assert_eq!(lines_without_tests("#[cfg(test)]\nfn helper() {}\nb\n"), 3);
}

#[test]
fn an_exception_without_a_reason_is_found() {
    let mut found = Findings::default();
    let read = exceptions("# note\na.rs: one table\nb.rs\nc.rs:\n", &mut found);
    assert_eq!(read.len(), 1);
    assert_eq!(found.len(), 2);
}

/// Lists of cases are long: test code has twice the room.
fn is_test_code(file: &str) -> bool {
    file.contains("/tests/") || file.ends_with("/tests.rs")
}

/// Counts the lines before `#[cfg(test)] mod tests {`, which stands last by convention.
fn lines_without_tests(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines
        .windows(2)
        .position(|pair| pair == ["#[cfg(test)]", "mod tests {"]);
    tests.unwrap_or(lines.len())
}

fn exceptions<'a>(text: &'a str, found: &mut Findings) -> BTreeMap<&'a str, &'a str> {
    let mut exceptions = BTreeMap::new();
    for line in text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        match line.split_once(": ") {
            Some((file, reason)) if !reason.trim().is_empty() => {
                exceptions.insert(file, reason);
            }
            _ => found.add(format!("{EXCEPTIONS}: `{line}` gives no reason")),
        }
    }
    exceptions
}
