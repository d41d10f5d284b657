//! Texts that look like passwords, keys and tokens: whoever may read the flow, its versions and its exports can read them.
//! A look at form and names, so it may be wrong both ways: a warning.

use serde_json::Value as Json;

use super::{Problem, ProblemCode};
use crate::document::{Binding, Input, Part, Step};
use crate::types::Base;
use crate::walk::counted;

/// A name says that what it names is secret.
const NAMES: [&str; 9] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "apikey",
    "apitoken",
    "accesstoken",
    "privatekey",
    "clientsecret",
];
/// How keys and tokens of well-known services begin, and the least length of what follows.
const BEGINNINGS: [(&str, usize); 14] = [
    ("SSWS ", 30),
    ("Bearer ", 20),
    ("Basic ", 12),
    ("ghp_", 30),
    ("gho_", 30),
    ("github_pat_", 30),
    ("glpat-", 18),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("xoxa-", 20),
    ("sk_live_", 16),
    ("rk_live_", 16),
    ("AKIA", 16),
    ("AIza", 30),
];

pub(super) fn check(step: &Step, found: &mut Vec<Problem>) {
    for (at, input) in counted(step) {
        if holds_secret(input) {
            found.push(Problem::warning(ProblemCode::LooksSecret, step).at(at));
        }
    }
}

fn holds_secret(input: &Input) -> bool {
    if input.option || input.hidden || input.ty.base == Base::Flow || !input.choices.is_empty() {
        return false;
    }
    match &input.binding {
        Binding::Constant { value } => {
            let is_named = is_secret_name(&input.key.key) || is_secret_name(&input.label);
            let is_plain = value.as_str().is_some_and(|text| text.trim().len() >= 6);
            (is_named && is_plain) || in_json(value, 0)
        }
        Binding::Template { parts } => parts.iter().any(|part| match part {
            Part::Text { text } => text.split_inclusive('\n').any(looks_secret),
            Part::Value { .. } => false,
        }),
        Binding::Empty | Binding::Output { .. } | Binding::Item { .. } => false,
    }
}

fn in_json(value: &Json, depth: usize) -> bool {
    const DEEPEST: usize = 8;
    if depth > DEEPEST {
        return false;
    }
    match value {
        Json::String(text) => looks_secret(text),
        Json::Array(items) => items.iter().any(|item| in_json(item, depth + 1)),
        Json::Object(fields) => fields.iter().any(|(key, value)| {
            let is_plain = value.as_str().is_some_and(|text| text.trim().len() >= 6);
            (is_secret_name(key) && is_plain) || in_json(value, depth + 1)
        }),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

/// Tells whether what has this name is a secret, such as `Client Secret` or `apiKey`.
pub fn is_secret_name(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    NAMES.iter().any(|known| plain.ends_with(known)) || plain.contains("パスワード")
}

/// Tells whether a text has the form of a key or a token of a well-known kind.
pub fn looks_secret(text: &str) -> bool {
    let text = text.trim();
    if text.contains("-----BEGIN") && text.contains("PRIVATE KEY-----") {
        return true;
    }
    let begins = |(beginning, least): &(&str, usize)| {
        let rest = text.strip_prefix(beginning).unwrap_or_default();
        rest.len() >= *least && rest.bytes().all(is_token_byte)
    };
    BEGINNINGS.iter().any(begins) || is_okta_token(text) || is_jwt(text)
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'=' | b'+' | b'/' | b'~')
}

/// Tokens of Okta's API begin with `00` and have 42 characters; ids have 20.
fn is_okta_token(text: &str) -> bool {
    text.len() == 42 && text.starts_with("00") && text.bytes().all(is_token_byte)
}

fn is_jwt(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3
        && text.starts_with("eyJ")
        && parts
            .iter()
            .all(|part| part.len() >= 8 && part.bytes().all(is_token_byte))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{FieldKey, Type};

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "cases are short to write")]
    fn check(key: &str, value: Json, expected: bool) {
        let input = Input {
            binding: Binding::Constant {
                value: value.clone(),
            },
            ..Input::new(FieldKey::plain(key), Type::one(Base::Text))
        };
        assert_eq!(holds_secret(&input), expected, "{key}: {value}");
    }

    #[test]
    fn keys_and_tokens_are_noticed_by_their_form_and_by_names() {
        let token = format!("00{}", "aB3-".repeat(10));
        check("text", json!(token), true);
        check(
            "headers",
            json!({"Authorization": format!("SSWS {token}")}),
            true,
        );
        check("text", json!("Bearer of good news"), false);
        check("text", json!("00u1a2b3c4D5e6F7g8h9"), false);
        check("text", json!(format!("eyJ{0}.{0}.{0}", "abcdefgh")), true);
        check(
            "body",
            json!({"deep": [{"client_secret": "s3cr3t-value"}]}),
            true,
        );
        check("Password", json!("Winter2026"), true);
        check("Password", json!("x"), false);
        check("パスワード", json!("Winter2026"), true);
        check("passwordPolicy", json!("strict and long"), false);
        check(
            "text",
            json!("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----"),
            true,
        );
        check("key", json!("department"), false);
    }
}
