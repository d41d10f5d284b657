//! Whatever is given, reading and evaluating end soon, without a panic and in one line.

use std::time::{Duration, Instant};

use super::super::{MAX_DEPTH, MAX_LENGTH, MAX_TEXT};
use super::*;

/// A small generator of its own (xorshift), so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const WORDS: &[&str] = &[
    "user",
    "appuser",
    ".",
    "firstName",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
    "?",
    ":",
    "?:",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "!",
    "==",
    "<",
    "AND",
    "||",
    "null",
    "true",
    "1",
    "0",
    "9223372036854775807",
    "1.5",
    "'a'",
    "'日本'",
    "\"\"",
    "String.len(",
    "String.substring(",
    "String.replace(",
    "Arrays.flatten(",
    "Arrays.get(",
    "Convert.toInt(",
    "Time.now(",
    "toUpperCase",
    "Time.fromStringToIso8601(",
    "isMemberOfGroupNameRegex(",
    ".![",
    "matches",
    "'(a+)+$'",
    "DateTime.now()",
    ".plusDays(",
    "groups",
    "'",
    "\\",
    "😀",
    "\u{0}",
    "not",
    "$",
    "#",
    "@",
    "=",
    "++",
];

#[test]
fn ten_thousand_heaps_of_tokens_end_without_a_panic() {
    let roots = roots();
    let mut chance = Chance(0x5eed_1234_abcd_0001);
    let started = Instant::now();
    let mut values = 0;
    for _ in 0..10_000 {
        let count = 1 + chance.below(14);
        let source: Vec<&str> = (0..count).map(|_| chance.pick(WORDS)).collect();
        let source = source.join(chance.pick(&["", " "]));
        for dialect in [Dialect::Classic, Dialect::Engine] {
            match evaluate_in(&roots, &source, dialect) {
                Ok(_) => values += 1,
                Err(problem) => {
                    assert!(!problem.to_string().contains('\n'), "{source}");
                    assert!(problem.position <= source.chars().count() + 1, "{source}");
                }
            }
        }
    }
    assert!(
        values > 100,
        "only {values} had a value, so little was tried"
    );
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn good_expressions_with_a_letter_changed_end_without_a_panic() {
    let good = [
        r#"toUpperCase(substringBefore(substringAfter(user.login, "@"), ".")) + "\" + user.firstName"#,
        "Time.fromStringToIso8601('17 June 2015 00:23:19', 'dd MMMM yyyy HH:mm:ss')",
        "user.getGroups({'group.type': {'OKTA_GROUP'}}, {'group.profile.name': 'West'}).![profile.name]",
        "Arrays.contains({1,2.5,'a'}, 2.5) AND !user.isContractor ? 'x' : user.nickName ?: 'y'",
    ];
    let roots = roots();
    let mut chance = Chance(0x00c0_ffee);
    for source in good {
        for _ in 0..2_000 {
            let mut letters: Vec<char> = source.chars().collect();
            for _ in 0..=chance.below(3) {
                let place = chance.below(letters.len());
                let other = char::from_u32(u32::try_from(chance.below(0x250)).unwrap()).unwrap();
                match chance.below(3) {
                    0 => letters[place] = other,
                    1 => letters.insert(place, other),
                    _ => drop(letters.remove(place)),
                }
            }
            let source: String = letters.into_iter().collect();
            for dialect in [Dialect::Classic, Dialect::Engine] {
                if let Err(problem) = evaluate_in(&roots, &source, dialect) {
                    assert!(!problem.message.is_empty());
                }
            }
        }
    }
}

#[track_caller]
fn refused(source: &str, part: &str) {
    let started = Instant::now();
    let problem = evaluate_in(&roots(), source, Dialect::Classic).unwrap_err();
    assert!(problem.message.contains(part), "{problem}");
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn nesting_is_bounded() {
    let nested = |open: &str, inner: &str, close: &str, times: usize| {
        format!("{}{inner}{}", open.repeat(times), close.repeat(times))
    };
    refused(&nested("(", "1", ")", 20_000), "nested");
    refused(&nested("{", "1", "}", 20_000), "nested");
    refused(&nested("!", "true", "", 20_000), "nested");
    refused(&nested("- ", "1", "", 20_000), "nested");
    refused(&nested("String.len(", "1", ")", 5_000), "nested");
    refused(&nested("user[", "0", "]", 5_000), "nested");
    refused(&nested("true ? ", "1", " : 2", 5_000), "nested");
    // As deep as allowed fits on the stack of a thread.
    for (open, close, depth) in [
        ("(", ")", 1),
        ("String.append('', ", ")", 1),
        ("(true ? (", ") : 2)", 3),
        ("user[", "]", 1),
        ("{", "}[0]", 2),
    ] {
        let deep = nested(open, "'1'", close, (MAX_DEPTH - 1) / depth);
        let value = evaluate_in(&roots(), &deep, Dialect::Classic)
            .unwrap()
            .value;
        assert!(value == json!("1") || value == json!(null), "{value}");
    }
}

#[test]
fn long_chains_need_no_depth() {
    let sum = vec!["1"; 10_000].join("+");
    let either = vec!["false"; 5_000].join(" OR ");
    let branches = "false ? 1 : ".repeat(4_000) + "2";
    let others = "null ?: ".repeat(5_000) + "3";
    let properties = format!("user{}", ".x".repeat(20_000));
    for (source, value) in [
        (sum, json!(10_000)),
        (either, json!(false)),
        (branches, json!(2)),
        (others, json!(3)),
        (properties, json!(null)),
    ] {
        assert_eq!(
            evaluate_in(&roots(), &source, Dialect::Classic)
                .unwrap()
                .value,
            value
        );
    }
}

#[test]
fn length_and_growth_are_bounded() {
    refused(&format!("'{}'", "a".repeat(MAX_LENGTH)), "at most");
    let mut source = format!("'{}'", "a".repeat(2_000));
    for _ in 0..4 {
        source = format!("String.replace({source}, 'a', '{}')", "a".repeat(100));
    }
    refused(&source, "more than");
    let many = vec![format!("String.toUpperCase('{}')", "a".repeat(500)); 100].join(" + ");
    assert!(evaluate_in(&roots(), &many, Dialect::Classic).is_ok());
    let text = "x".repeat(MAX_TEXT);
    let roots = json!({ "user": { "x": text } });
    let problem = evaluate_in(&roots, "user.x + 'y'", Dialect::Classic).unwrap_err();
    assert!(problem.message.contains("more than"), "{problem}");
    let work = vec!["String.len(user.x)"; 100].join(" + ");
    let problem = evaluate_in(&roots, &work, Dialect::Classic).unwrap_err();
    assert!(problem.message.contains("too much work"), "{problem}");
}

#[test]
fn patterns_cannot_be_made_to_run_long() {
    let evil = format!("'{}' matches '(a+)+b'", "a".repeat(20_000));
    let started = Instant::now();
    assert_eq!(
        evaluate_in(&roots(), &evil, Dialect::Classic)
            .unwrap()
            .value,
        json!(false)
    );
    let many = vec!["'a' matches 'a{1,50}'"; 1_000].join(" AND ");
    refused(&many, "too much work");
    refused("'a' matches '(a{1,1000}){1,1000}'", "too large");
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn errors_stay_in_one_line_and_short() {
    let source = format!("Convert.toInt('{}\n\u{7}')", "x".repeat(10_000));
    let problem = evaluate_in(&roots(), &source, Dialect::Classic)
        .unwrap_err()
        .to_string();
    assert!(!problem.contains('\n') && problem.len() < 200, "{problem}");
}
