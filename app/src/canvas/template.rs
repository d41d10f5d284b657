//! Text with values in it: a row of parts that a field edits as one line of text in which each value counts as one
//! character.

use flow::{Base, Binding, Input, Part};
use serde_json::Value as Json;

/// Tells whether the field holds text in which values can stand.
pub fn holds_text(input: &Input) -> bool {
    !input.ty.list
        && !input.option
        && input.choices.is_empty()
        && matches!(input.ty.base, Base::Text | Base::Any)
}

/// Returns what a field holds as parts.
pub fn parts(binding: &Binding) -> Vec<Part> {
    match binding {
        Binding::Empty => Vec::new(),
        Binding::Constant { value } => match value {
            Json::String(text) if text.is_empty() => Vec::new(),
            Json::Null => Vec::new(),
            Json::String(text) => vec![Part::Text { text: text.clone() }],
            other => vec![Part::Text {
                text: other.to_string(),
            }],
        },
        Binding::Template { parts } => parts.clone(),
        single => vec![Part::Value {
            name: "v1".to_owned(),
            binding: Box::new(single.clone()),
        }],
    }
}

/// Returns what parts mean for the field: nothing, a text, one value, or a template.
pub fn binding(parts: Vec<Part>) -> Binding {
    let mut tidy = tidied(parts);
    match tidy.as_mut_slice() {
        [] => Binding::Empty,
        [Part::Text { text }] => Binding::constant(std::mem::take(text)),
        [Part::Value { binding, .. }] => std::mem::take(binding.as_mut()),
        _ => Binding::Template { parts: tidy },
    }
}

/// Joins neighbouring texts, drops empty ones and gives every value its own name.
fn tidied(parts: Vec<Part>) -> Vec<Part> {
    let mut tidy: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        match (tidy.last_mut(), part) {
            (_, Part::Text { text }) if text.is_empty() => {}
            (Some(Part::Text { text: before }), Part::Text { text }) => before.push_str(&text),
            (_, part) => tidy.push(part),
        }
    }
    let mut taken: Vec<(String, Binding)> = Vec::new();
    for part in &mut tidy {
        if let Part::Value { name, binding } = part {
            let clashes = taken
                .iter()
                .any(|(known, value)| known == name && value != binding.as_ref());
            if clashes || name.is_empty() {
                *name = free(&taken);
            }
            taken.push((name.clone(), binding.as_ref().clone()));
        }
    }
    tidy
}

fn free(taken: &[(String, Binding)]) -> String {
    (1..=taken.len() + 1)
        .map(|number| format!("v{number}"))
        .find(|name| taken.iter().all(|(known, _)| known != name))
        .unwrap_or_default()
}

/// Returns how many characters the parts count.
pub fn length(parts: &[Part]) -> usize {
    parts.iter().map(part_length).sum()
}

fn part_length(part: &Part) -> usize {
    match part {
        Part::Text { text } => text.chars().count(),
        Part::Value { .. } => 1,
    }
}

/// Puts a value at a position; at the end where the position is larger.
pub fn insert(parts: &mut Vec<Part>, at: usize, value: Binding) {
    let value = Part::Value {
        name: String::new(),
        binding: Box::new(value),
    };
    let mut before = 0;
    for index in 0..parts.len() {
        let Some(part) = parts.get(index) else {
            break;
        };
        let length = part_length(part);
        if at < before + length {
            if let Part::Text { text } = part {
                let (left, right) = split(text, at - before);
                parts.splice(
                    index..=index,
                    [Part::Text { text: left }, value, Part::Text { text: right }],
                );
            } else {
                parts.insert(index, value);
            }
            return;
        }
        before += length;
    }
    parts.push(value);
}

/// Returns what stands between two positions.
pub fn slice(parts: &[Part], from: usize, to: usize) -> Vec<Part> {
    let mut found = Vec::new();
    let mut before = 0;
    for part in parts {
        let length = part_length(part);
        let (start, end) = (from.max(before), to.min(before + length));
        if start < end {
            found.push(match part {
                Part::Text { text } => Part::Text {
                    text: text
                        .chars()
                        .skip(start - before)
                        .take(end - start)
                        .collect(),
                },
                value @ Part::Value { .. } => value.clone(),
            });
        }
        before += length;
    }
    found
}

/// Puts other parts in the place of what stands between two positions.
pub fn replace(parts: &[Part], from: usize, to: usize, new: Vec<Part>) -> Vec<Part> {
    let mut all = slice(parts, 0, from);
    all.extend(new);
    all.extend(slice(parts, to.max(from), usize::MAX));
    all
}

/// Tells whether a value stands right behind a position.
pub fn is_value(parts: &[Part], at: usize) -> bool {
    matches!(slice(parts, at, at + 1).as_slice(), [Part::Value { .. }])
}

/// The most that is taken from a clipboard.
const MOST: usize = 200_000;

/// Writes parts for the clipboard, so that they come back as they are.
pub fn to_clipboard(parts: &[Part]) -> String {
    serde_json::to_string(parts).unwrap_or_default()
}

/// Reads parts from the clipboard. Only texts and values are taken, whatever else it says.
pub fn from_clipboard(text: &str) -> Option<Vec<Part>> {
    if text.len() > MOST {
        return None;
    }
    let parts: Vec<Part> = serde_json::from_str(text).ok()?;
    let is_plain = |part: &Part| match part {
        Part::Text { .. } => true,
        Part::Value { binding, .. } => {
            matches!(
                binding.as_ref(),
                Binding::Output { .. } | Binding::Item { .. }
            )
        }
    };
    let named = parts.into_iter().filter(is_plain).map(|part| match part {
        // Names are given anew where the parts arrive.
        Part::Value { binding, .. } => Part::Value {
            name: String::new(),
            binding,
        },
        text => text,
    });
    Some(named.collect())
}

fn split(text: &str, at: usize) -> (String, String) {
    (
        text.chars().take(at).collect(),
        text.chars().skip(at).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::output;

    fn value(key: &str) -> Binding {
        Binding::output(output("a", key))
    }

    fn shown(binding: &Binding) -> String {
        parts(binding)
            .iter()
            .map(|part| match part {
                Part::Text { text } => text.clone(),
                Part::Value { name, binding } => match binding.as_ref() {
                    Binding::Output { source, .. } => format!("<{name}={}>", source.field.key),
                    _ => "?".into(),
                },
            })
            .collect()
    }

    #[track_caller]
    fn check(before: Binding, at: usize, expected: &str) {
        let mut edited = parts(&before);
        insert(&mut edited, at, value("x"));
        assert_eq!(shown(&binding(edited)), expected);
    }

    #[test]
    fn values_go_where_the_caret_is() {
        check(Binding::Empty, 0, "<v1=x>");
        check(Binding::constant("hello"), 0, "<v1=x>hello");
        check(Binding::constant("hello"), 2, "he<v1=x>llo");
        check(Binding::constant("日本"), 1, "日<v1=x>本");
        check(Binding::constant("hello"), 99, "hello<v1=x>");
        check(value("y"), 0, "<v1=x><v2=y>");
        check(value("y"), 1, "<v1=y><v2=x>");
    }

    #[test]
    fn parts_are_cut_out_and_put_in() {
        let mut all = parts(&Binding::constant("日本 text"));
        insert(&mut all, 2, value("x"));
        let shown_of = |parts: Vec<Part>| shown(&binding(parts));
        assert_eq!(shown_of(slice(&all, 1, 4)), "本<v1=x> ");
        assert_eq!(shown_of(slice(&all, 3, usize::MAX)), " text");
        assert_eq!(shown_of(slice(&all, 4, 2)), "");
        assert!(is_value(&all, 2) && !is_value(&all, 1) && !is_value(&all, 99));
        assert_eq!(shown_of(replace(&all, 1, 3, vec![])), "日 text");
        let copied = from_clipboard(&to_clipboard(&slice(&all, 1, 4))).unwrap();
        assert_eq!(
            shown_of(replace(&all, 0, 0, copied)),
            "本<v1=x> 日本<v2=x> text"
        );
        assert_eq!(from_clipboard("hello"), None);
        let strange = r#"[{"kind":"value","name":"x","binding":{"kind":"constant","value":1}}]"#;
        assert_eq!(from_clipboard(strange), Some(vec![]));
    }

    #[test]
    fn the_simplest_binding_is_kept() {
        let text = |text: &str| Part::Text { text: text.into() };
        assert_eq!(binding(vec![]), Binding::Empty);
        assert_eq!(
            binding(vec![text("a"), text(""), text("b")]),
            Binding::constant("ab")
        );
        assert_eq!(binding(parts(&value("y"))), value("y"));
        assert_eq!(length(&parts(&Binding::constant("日本"))), 2);
    }
}
