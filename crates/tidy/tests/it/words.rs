//! What may not stand in a file. The words are put together from pieces, so that this file passes.

use tidy::{Findings, Repository};

/// Folders of one person's machine.
const MACHINE_FOLDERS: [&str; 4] = [
    concat!("/", "work/"),
    concat!("/", "root/"),
    concat!("/", "home/"),
    concat!("/", "farm/"),
];

/// The project speaks of itself, not of how it was written.
const WORKPLACE: [&str; 6] = [
    concat!("sub", "agent"),
    concat!("sub-", "agent"),
    concat!("steering", " repo"),
    concat!("before", "-stop"),
    concat!("this session", " of mine"),
    concat!("this session", " of ours"),
];

/// Markers of work that was not done.
const UNFINISHED: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

/// Code that switches a test or a lint off, or leaves a hole.
const SWITCHED_OFF: [&str; 9] = [
    concat!("#[", "ignore"),
    concat!("#[", "allow("),
    concat!("#![", "allow("),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("test.", "skip("),
    concat!("test.", "fixme("),
    concat!("test.", "only("),
    concat!("describe.", "only("),
];

#[test]
fn no_file_names_a_folder_of_somebody_s_machine() {
    search_everywhere(names_machine_folder).none_expected("An absolute path of one machine:");
}

#[test]
fn the_project_speaks_of_itself_alone() {
    let is_about_the_workplace = |line: &str| {
        let line = line.to_lowercase();
        WORKPLACE.iter().any(|word| line.contains(word))
    };
    search_everywhere(is_about_the_workplace)
        .none_expected("Words about how the code was written:");
}

#[test]
fn nothing_is_left_unfinished_or_switched_off() {
    let repository = Repository::open().unwrap();
    let mut found = Findings::default();
    for (file, text) in repository.texts(&["rs", "ts", "css", "sql", "toml"]) {
        search(file, &text, is_unfinished, &mut found);
    }
    found.none_expected("Finish it; a lint is lifted with #[expect(…, reason = \"…\")]:");
}

#[test]
fn the_searches_can_find() {
    let machine = |before: &str| format!("{before}{}ada/x", concat!("/", "home/"));
    assert!(names_machine_folder(&machine("path = \"")));
    assert!(names_machine_folder(&machine("")));
    assert!(!names_machine_folder(&machine("https://org.example.com")));
    assert!(!names_machine_folder(&machine("{base}")));
    assert!(is_unfinished(&format!("// {}: later", concat!("TO", "DO"))));
    assert!(is_unfinished(&format!("    {}]", concat!("#[", "ignore"))));
    assert!(!is_unfinished("the TODOS table"));
}

/// Searches every tracked text file, line by line.
fn search_everywhere(is_wrong: impl Fn(&str) -> bool) -> Findings {
    let mut found = Findings::default();
    match Repository::open() {
        Ok(repository) => {
            for file in repository.files() {
                if let Some(text) = repository.text(file) {
                    search(file, &text, &is_wrong, &mut found);
                }
            }
        }
        Err(error) => found.add(error.to_string()),
    }
    found
}

fn search(file: &str, text: &str, is_wrong: impl Fn(&str) -> bool, found: &mut Findings) {
    for (index, line) in text.lines().enumerate() {
        if is_wrong(line) {
            found.add(format!("{file}:{}: {}", index + 1, line.trim()));
        }
    }
}

/// Whether `line` has an absolute path; the same letters inside a URL or a longer path do not count.
fn names_machine_folder(line: &str) -> bool {
    let continues_a_path = |before: &str| {
        before
            .chars()
            .next_back()
            .is_some_and(|last| last.is_alphanumeric() || "_.-}".contains(last))
    };
    MACHINE_FOLDERS.iter().any(|folder| {
        line.match_indices(folder).any(|(at, _)| {
            let (before, rest) = line.split_at(at);
            let next = rest.chars().nth(folder.len());
            !continues_a_path(before)
                && next.is_some_and(|next| next.is_alphanumeric() || next == '.')
        })
    })
}

fn is_unfinished(line: &str) -> bool {
    let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.any(|word| UNFINISHED.contains(&word))
        || SWITCHED_OFF.iter().any(|code| line.contains(code))
}
