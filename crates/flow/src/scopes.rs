//! OAuth scopes: which of them the cards of a flow need of their connections, and which of those a connection lacks. The
//! form of scopes is Okta's: `okta.<resource>.read` and `okta.<resource>.manage`, where the second includes the first.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::card::CardSpec;
use crate::document::{Binding, FieldKey, Part, Step};
use crate::id::ConnectionId;

/// The scopes that were granted to each connection.
pub type Granted = BTreeMap<ConnectionId, Vec<String>>;

/// The scopes of a card that calls whatever path its author writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathScopes {
    /// The input with the method.
    pub method: FieldKey,
    /// The input with the path.
    pub path: FieldKey,
    /// Beginnings of paths (`*` stands for one part), and the resource that the scope of such a call names; the longest
    /// that fits counts.
    pub resources: Vec<(String, String)>,
}

/// Tells whether a scope is among those granted, or is included in one of them.
pub fn covers(granted: &[String], needed: &str) -> bool {
    let includes = needed
        .strip_suffix(".read")
        .map(|resource| format!("{resource}.manage"));
    granted
        .iter()
        .any(|scope| scope == needed || Some(scope) == includes.as_ref())
}

/// Returns the scopes that a card of a flow needs, as far as that can be told before it runs.
pub fn needed_scopes(step: &Step, spec: &CardSpec) -> Vec<String> {
    let by_path = scope_by_path(step, spec);
    spec.scopes.iter().cloned().chain(by_path).collect()
}

/// Returns the scope of a card that calls whatever path its author writes, where that path is one we know.
pub fn scope_by_path(step: &Step, spec: &CardSpec) -> Option<String> {
    spec.path_scopes.as_ref()?.scope_of(step)
}

/// Returns those of `needed` that the card's connection lacks. A connection whose scopes nobody knows lacks none.
pub fn missing_scopes<'a>(
    step: &Step,
    needed: impl IntoIterator<Item = &'a String>,
    granted: &Granted,
) -> Vec<String> {
    let known = step.connection.as_ref().and_then(|id| granted.get(id));
    let Some(granted) = known.filter(|granted| !granted.is_empty()) else {
        return Vec::new();
    };
    let lacks = |scope: &&String| !covers(granted, scope);
    needed.into_iter().filter(lacks).cloned().collect()
}

/// Stands for a value in a path that is known only when the flow runs.
const VALUE: &str = "\u{0}";

impl PathScopes {
    fn scope_of(&self, step: &Step) -> Option<String> {
        let binding = |key: &FieldKey| {
            let input = step.inputs.iter().find(|input| input.key == *key);
            input.map_or(&Binding::Empty, |input| &input.binding)
        };
        let path = written(binding(&self.path))?;
        let path: Vec<&str> = path
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .split('/')
            .filter(|part| !part.is_empty())
            .collect();
        let (_, resource) = self
            .resources
            .iter()
            .filter(|(pattern, _)| fits(pattern, &path))
            .max_by_key(|(pattern, _)| pattern.matches('/').count())?;
        let method = written(binding(&self.method))?;
        let reads = method.is_empty() || method.starts_with("GET");
        let operation = if reads { "read" } else { "manage" };
        Some(format!("okta.{resource}.{operation}"))
    }
}

/// Whether a path begins like a pattern, in which `*` stands for any one part.
fn fits(pattern: &str, path: &[&str]) -> bool {
    let pattern: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    pattern.len() <= path.len()
        && pattern
            .iter()
            .zip(path)
            .all(|(wanted, part)| *wanted == "*" || wanted == part)
}

/// The text of an input as far as it is written down; nothing where all of it comes from elsewhere.
fn written(binding: &Binding) -> Option<String> {
    match binding {
        Binding::Empty => Some(String::new()),
        Binding::Constant { value } => value.as_str().map(|text| text.trim().to_owned()),
        Binding::Template { parts } => Some(
            parts
                .iter()
                .map(|part| match part {
                    Part::Text { text } => text.as_str(),
                    Part::Value { .. } => VALUE,
                })
                .collect(),
        ),
        Binding::Output { .. } | Binding::Item { .. } => None,
    }
}

#[cfg(test)]
mod tests;
