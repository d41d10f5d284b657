//! Text › Find Pattern. Patterns are read as JavaScript reads them. Most run in time that grows with the text alone; those
//! with look-around or back-references can only be tried out, on shorter texts and with a limited number of steps.

use flow::{Args, CardError, Outputs, Value};
use regex::RegexBuilder;

use super::find::position;
use crate::declare::{Card, Category, example, function, number, text, words};
use crate::read::{self, output};

/// A compiled pattern may take this much memory: with the text, it decides how long a search takes.
const MAX_BYTES: usize = 128 << 10;
/// The longest pattern.
const MAX_PATTERN: usize = 10_000;
/// The longest text that is searched, in bytes.
const MAX_SEARCHED: usize = 1 << 20;
/// The longest text for patterns that are tried out, and how often one may turn back.
const MAX_TRIED: usize = 10_000;
const MAX_STEPS: usize = 100_000;

pub(super) static CARD: Card = function(
    "string:match",
    Category::Text,
    words("Find Pattern", "パターン検索"),
    words(
        "Gives the position of the first match of a regular expression as in JavaScript, or -1. The text may have 1 MB; where the pattern looks around or refers back, 10,000 bytes. A pattern that would take too long is an error.",
        "正規表現（JavaScriptと同じ書き方）に最初に一致する位置を返します。一致しなければ-1です。テキストは最大1 MB、先読み・後読みや後方参照を使う場合は10,000バイトまでです。時間がかかりすぎるパターンはエラーになります。",
    ),
    eval,
)
.icon("regex")
.inputs(&[
    text("string").label("look in").required(),
    text("target").label("look for").required(),
])
.outputs(&[number("output").label("position")])
.examples(&[
    example(
        r#"{"string": "id 00u42", "target": "\\d{2}u"}"#,
        r#"{"output": 3}"#,
    ),
    example(r#"{"string": "abc", "target": "\\d"}"#, r#"{"output": -1}"#),
    example(
        r#"{"string": "😀 Passw0rd", "target": "(?=\\w*\\d)(?=\\w*[A-Z])\\w{8,}"}"#,
        r#"{"output": 2}"#,
    ),
    example(
        r#"{"string": "abc", "target": "("}"#,
        r#""invalid_pattern""#,
    ),
]);

fn eval(args: &Args) -> Result<Outputs, CardError> {
    let text = read::text(args, "string");
    let found = find(&read::text(args, "target"), &text)?;
    Ok(output(
        "output",
        found.map_or(Value::from(-1), |offset| position(&text, offset)),
    ))
}

/// Returns where, in bytes, `text` first matches.
fn find(pattern: &str, text: &str) -> Result<Option<usize>, CardError> {
    if pattern.len() > MAX_PATTERN {
        return Err(invalid("it is longer than 10,000 bytes"));
    }
    if text.len() > MAX_SEARCHED {
        return Err(CardError::new(
            "too_large",
            "A text of more than 1 MB is not searched by a pattern. Split it first.",
        ));
    }
    let pattern = ours(pattern);
    let fast = RegexBuilder::new(&pattern)
        .size_limit(MAX_BYTES)
        .dfa_size_limit(MAX_BYTES)
        .build();
    match fast {
        Ok(fast) => Ok(fast.find(text).map(|found| found.start())),
        Err(regex::Error::CompiledTooBig(_)) => {
            Err(invalid("it is too large; repeat fewer things fewer times"))
        }
        Err(_) => try_out(&pattern, text),
    }
}

fn try_out(pattern: &str, text: &str) -> Result<Option<usize>, CardError> {
    let compiled = fancy_regex::RegexBuilder::new(pattern)
        .backtrack_limit(MAX_STEPS)
        .delegate_size_limit(MAX_BYTES)
        .delegate_dfa_size_limit(MAX_BYTES)
        .build()
        .map_err(|error| invalid(&error.to_string()))?;
    if text.len() > MAX_TRIED {
        return Err(too_slow());
    }
    match compiled.find(text) {
        Ok(found) => Ok(found.map(|found| found.start())),
        Err(_) => Err(too_slow()),
    }
}

/// Returns the pattern as our engines read it: what JavaScript's classes mean in ASCII, and signs that mean themselves in
/// a class there.
fn ours(pattern: &str) -> String {
    let mut made = String::with_capacity(pattern.len() + 16);
    let mut signs = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => {
                let next = signs.next();
                match (next, in_class) {
                    (Some('d'), true) => made.push_str("0-9"),
                    (Some('d'), false) => made.push_str("[0-9]"),
                    (Some('w'), true) => made.push_str("0-9A-Za-z_"),
                    (Some('w'), false) => made.push_str("[0-9A-Za-z_]"),
                    (Some('D'), _) => made.push_str("[^0-9]"),
                    (Some('W'), _) => made.push_str("[^0-9A-Za-z_]"),
                    (Some('b'), true) => made.push_str("\\x08"),
                    (Some('/'), _) => made.push('/'),
                    (Some(next), _) => made.extend(['\\', next]),
                    (None, _) => made.push('\\'),
                }
            }
            '[' if in_class => made.push_str("\\["),
            '[' => {
                in_class = true;
                made.push('[');
                if signs.peek() == Some(&'^') {
                    made.extend(signs.next());
                }
            }
            ']' if in_class => {
                in_class = false;
                made.push(']');
            }
            '&' | '~' if in_class => made.extend(['\\', sign]),
            other => made.push(other),
        }
    }
    made
}

fn invalid(why: &str) -> CardError {
    let why: String = why.chars().take(300).collect();
    CardError::new(
        "invalid_pattern",
        format!("The pattern cannot be used: {why}."),
    )
}

fn too_slow() -> CardError {
    CardError::new(
        "pattern_too_slow",
        "The pattern takes too long on this text. Do without look-around and back-references, or shorten the text.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: Option<usize>) {
        assert_eq!(find(pattern, text), Ok(expected), "{pattern}");
    }

    #[test]
    fn patterns_mean_what_they_mean_in_javascript() {
        check(r"\d", "٣3", Some(2));
        check(r"\w+", "流れ x", Some(7));
        check(r"[\w.-]+@", "流 a.b-c@x", Some(4));
        check(r"[^\d\s]", "1 x", Some(2));
        check(r"[[]", "a[b", Some(1));
        check(r"[\]\/]", "a/b", Some(1));
        check(r"a\/b", "xa/b", Some(1));
        check(r"[a&&b]+", "x&", Some(1));
        check(r"colou?r|gr[ae]y", "the grey", Some(4));
        check(r"^\s*$", "  ", Some(0));
        check(r"\u6d41", "x流", Some(1));
        check(r"(?<year>\d{4})", "in 2026", Some(3));
        check(r"(a)\1", "abaa", Some(2));
        check(r"(?<!x)y", "xyy", Some(2));
        check(r"x(?!y)", "xyx", Some(2));
        check("", "abc", Some(0));
    }

    #[test]
    fn no_pattern_runs_away() {
        let long = "a".repeat(100_000);
        check(r"(a+)+b", &long, None);
        check(r"(a|aa)+$", &long, Some(0));
        let tried = find(r"^(?:a|(?=a)a)*b$", &"a".repeat(9_000));
        assert_eq!(tried.unwrap_err().code, "pattern_too_slow");
        let tried = find(r"(?=x)y", long.get(..20_000).unwrap());
        assert_eq!(tried.unwrap_err().code, "pattern_too_slow");
        for pattern in [
            "((a{100}){100}){100}",
            "(",
            "[",
            "*",
            "a{99999}",
            "\\",
            "(?<x",
        ] {
            assert_eq!(
                find(pattern, "a").unwrap_err().code,
                "invalid_pattern",
                "{pattern}"
            );
        }
        assert_eq!(
            find(&"a".repeat(20_000), "a").unwrap_err().code,
            "invalid_pattern"
        );
        assert_eq!(
            find("a", &"b".repeat(2 << 20)).unwrap_err().code,
            "too_large"
        );
    }
}
