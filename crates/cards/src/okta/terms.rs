//! Conditions of searches, in the expression language of Okta's `filter` and `search`.

use flow::{Args, Value};

use super::declare::{Action, To};

/// Returns the conditions that the inputs make, joined with `and`; nothing where all are empty.
pub(super) fn expression(action: &Action, args: &Args) -> Option<String> {
    let mut terms = Vec::new();
    for put in action.inputs {
        let value = args.get(put.field.group, put.field.key);
        if value.is_empty() {
            continue;
        }
        match put.to {
            To::Term(attribute) => terms.push(equals(attribute, value)),
            To::OwnTerm => terms.push(value.to_text().trim().to_owned()),
            _ => {}
        }
    }
    // Attributes of the org's schema that are not in the catalogue have keys such as `profile.costCenter`.
    for arg in &args.inputs {
        let known = action
            .inputs
            .iter()
            .any(|put| arg.key.is(put.field.group, put.field.key));
        if !known
            && arg.key.group.as_deref() == Some("Inputs")
            && is_attribute(&arg.key.key)
            && !arg.value.is_empty()
        {
            terms.push(equals(&arg.key.key, &arg.value));
        }
    }
    match terms.len() {
        0 | 1 => terms.pop(),
        _ => Some(
            terms
                .iter()
                .map(|term| bracketed(term))
                .collect::<Vec<_>>()
                .join(" and "),
        ),
    }
}

fn is_attribute(key: &str) -> bool {
    key.starts_with("profile.")
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

fn equals(attribute: &str, value: &Value) -> String {
    match value {
        Value::Bool(_) | Value::Number(_) => format!("{attribute} eq {}", value.to_text()),
        _ => format!(
            "{attribute} eq \"{}\"",
            value.to_text().replace('\\', "\\\\").replace('"', "\\\"")
        ),
    }
}

/// A condition of the user's own may hold an `or`.
fn bracketed(term: &str) -> String {
    if term.to_lowercase().contains(" or ") {
        format!("({term})")
    } else {
        term.to_owned()
    }
}

#[cfg(test)]
mod tests;
