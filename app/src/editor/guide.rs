//! What the help of a card shows beside its fields: examples, and the events or calls of Okta behind it. Made from the
//! catalogue alone; the palette and the inspector share it.

use flow::{CardKind, CardSpec, FieldSpec};
use leptos::prelude::*;
use serde_json::Value as Json;

use crate::i18n::t;
use crate::i18n::texts::{LookupText, SearchText};

/// Longer values of examples are cut.
const MOST_LETTERS: usize = 160;

/// The examples of a card: computed ones that hold, or one in words.
#[component]
pub(super) fn Examples(
    /// The card.
    spec: CardSpec,
    /// At most so many.
    #[prop(default = usize::MAX)]
    most: usize,
) -> impl IntoView {
    let usage = Some(spec.guide.usage.clone()).filter(|usage| !usage.is_empty());
    let examples: Vec<_> = spec
        .examples
        .iter()
        .take(most)
        .map(|example| {
            let inputs = example
                .inputs
                .iter()
                .map(|(key, value)| (label(&spec.inputs, key), written(value)));
            view! { <Sample inputs=inputs.collect() result=results(&spec, &example.result)/> }
        })
        .collect();
    let is_bare = usage.is_none() && examples.is_empty();
    (!is_bare).then(|| {
        view! {
            <ul class="help-examples">
                {usage.map(|usage| view! { <li class="help-example help-usage">{usage}</li> })}
                {examples}
            </ul>
        }
    })
}

/// What goes in, and what comes out: fields with their values, or the code of the error.
#[component]
fn Sample(
    inputs: Vec<(String, String)>,
    result: Result<Vec<(String, String)>, String>,
) -> impl IntoView {
    let row =
        |(name, value): (String, String)| view! { <dt>{name}</dt><dd><code>{value}</code></dd> };
    let inputs: Vec<_> = inputs.into_iter().map(row).collect();
    let result = match result {
        Ok(rows) => rows
            .into_iter()
            .map(|(name, value)| view! {
                <dt class="help-result">{name}</dt><dd class="help-result"><code>{value}</code></dd>
            })
            .collect_view()
            .into_any(),
        Err(code) => view! {
            <dt class="help-result">{t(LookupText::Result)}</dt>
            <dd class="help-result help-error">{t(SearchText::FailsWith { code })}</dd>
        }
        .into_any(),
    };
    view! {
        <li class="help-example">
            <dl>{inputs}{result}</dl>
        </li>
    }
}

fn results(spec: &CardSpec, result: &Json) -> Result<Vec<(String, String)>, String> {
    match result {
        Json::Object(outputs) => Ok(outputs
            .iter()
            .map(|(key, value)| (label(&spec.outputs, key), written(value)))
            .collect()),
        Json::String(code) => Err(code.clone()),
        other => Ok(vec![(String::new(), written(other))]),
    }
}

/// What a field is called in the reader's language; fields that a user made are called by their key.
fn label(fields: &[FieldSpec], key: &str) -> String {
    let known = fields.iter().find(|field| field.key.key == key);
    known.map_or(key, |field| &field.label).to_owned()
}

fn written(value: &Json) -> String {
    let text = value.to_string();
    match text.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// The event types that start a flow with the card, or the calls that it makes.
#[component]
pub(super) fn Calls(
    /// The card.
    spec: CardSpec,
) -> impl IntoView {
    let calls = spec.guide.calls.clone();
    let name = if spec.kind == CardKind::Event {
        SearchText::StartsWith
    } else {
        SearchText::Calls
    };
    (!calls.is_empty()).then(|| {
        view! {
            <dt>{t(name)}</dt>
            {calls.into_iter().map(|call| view! { <dd class="mono">{call}</dd> }).collect_view()}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::catalogue;
    use flow::CardKey;
    use serde_json::json;

    #[test]
    fn examples_speak_of_fields_as_the_card_does() {
        let catalogue = catalogue();
        let mut spec = catalogue
            .card(&CardKey::new("string", "compose"))
            .unwrap()
            .clone();
        spec.inputs[0].label = "テキスト".into();
        assert_eq!(label(&spec.inputs, "text"), "テキスト");
        assert_eq!(label(&spec.inputs, "own field"), "own field");
        assert_eq!(
            results(&spec, &json!({ "output": "a" })),
            Ok(vec![("output".to_owned(), "\"a\"".to_owned())])
        );
        assert_eq!(
            results(&spec, &json!("wrong_type")),
            Err("wrong_type".to_owned())
        );
        assert_eq!(
            written(&json!("あ".repeat(500))).chars().count(),
            MOST_LETTERS + 1
        );
    }
}
