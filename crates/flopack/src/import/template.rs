//! Text with values in it, as Compose and Formula cards have it.

use std::collections::{HashMap, HashSet};

use flow::{Binding, Input, Part};

use super::scope::Scope;
use crate::raw::{self, text};

/// Returns the parts of the text of a Compose or Formula card: literal text, and `Err` with the name of a placeholder.
pub(super) type Parts = Vec<Result<String, String>>;

/// Reads the text of a card that holds values in its text; nothing where there are none.
pub(super) fn template(scope: &Scope<'_>, index: usize) -> Option<Parts> {
    let card = &scope.cards[index];
    if !matches!(card.key.as_str(), "string:compose" | "math:expression") {
        return None;
    }
    let (id, pin) = raw::pins(card.raw, "inputs").find(|(_, pin)| pin["key"] == "_text_")?;
    if scope.incoming.contains_key(&(index, id)) {
        return None;
    }
    let known: HashSet<&str> = raw::pins(card.raw, "inputs")
        .map(|(_, pin)| text(pin, "key"))
        .collect();
    let mut parts: Parts = Vec::new();
    let mut rest = pin["value"]["data"].as_str()?;
    let mut literal = String::new();
    while let Some((before, after)) = rest.split_once("{{{") {
        literal.push_str(before);
        match after.split_once("}}}") {
            Some((name, behind)) if known.contains(name) && name != "_text_" => {
                parts.push(Ok(std::mem::take(&mut literal)));
                parts.push(Err(name.to_owned()));
                rest = behind;
            }
            _ => {
                literal.push_str("{{{");
                rest = after;
            }
        }
    }
    literal.push_str(rest);
    parts.push(Ok(literal));
    (parts.len() > 1).then_some(parts)
}

/// Moves the values of the placeholders into the text.
pub(super) fn fold_template(inputs: &mut Vec<Input>, parts: &Parts) {
    let names: HashSet<&str> = parts
        .iter()
        .filter_map(|part| part.as_ref().err())
        .map(String::as_str)
        .collect();
    let mut values: HashMap<String, Binding> = HashMap::new();
    inputs.retain(|input| {
        let is_placeholder = names.contains(input.key.key.as_str());
        if is_placeholder {
            values
                .entry(input.key.key.clone())
                .or_insert_with(|| input.binding.clone());
        }
        !is_placeholder
    });
    let parts = parts
        .iter()
        .filter(|part| part.as_ref().is_err() || part.as_ref().is_ok_and(|text| !text.is_empty()))
        .map(|part| match part {
            Ok(text) => Part::Text { text: text.clone() },
            Err(name) => Part::Value {
                name: name.clone(),
                binding: Box::new(values.get(name).cloned().unwrap_or_default()),
            },
        })
        .collect();
    if let Some(input) = inputs.iter_mut().find(|input| input.key.key == "_text_") {
        input.binding = Binding::Template { parts };
    }
}
