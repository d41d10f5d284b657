//! Help for a card: what it does, its fields, examples that hold.

use flow::{CardSpec, FieldSpec};
use leptos::prelude::*;

use crate::card::type_name;
use crate::i18n::texts::EditorText;
use crate::i18n::{t, use_speech};

/// Help for a card.
#[component]
pub(super) fn Help(spec: Option<CardSpec>) -> impl IntoView {
    let Some(spec) = spec else {
        return view! { <section class="inspector-part"><p>{t(EditorText::UnknownHelp)}</p></section> }.into_any();
    };
    let examples = spec.examples.clone().into_iter().map(|example| {
        let inputs = example
            .inputs
            .iter()
            .map(|(key, value)| format!("{key}: {value}"))
            .collect::<Vec<_>>();
        view! {
            <li class="help-example">
                <code>{inputs.join("\n")}</code>
                <code>"→ "{example.result.to_string()}</code>
            </li>
        }
    });
    let examples = examples.collect_view();
    view! {
        <section class="inspector-part">
            <p class="help-text">{spec.help.clone()}</p>
            <p class="hint mono">{spec.key.to_string()}</p>
        </section>
        {fields(EditorText::Inputs, &spec.inputs)}
        {fields(EditorText::Outputs, &spec.outputs)}
        {(!spec.examples.is_empty()).then(|| view! {
            <section class="inspector-part">
                <h3>{t(EditorText::Examples)}</h3>
                <ul>{examples}</ul>
            </section>
        })}
    }
    .into_any()
}

fn fields(heading: EditorText, fields: &[FieldSpec]) -> Option<impl IntoView + use<>> {
    let speech = use_speech();
    let rows = fields
        .iter()
        .map(|field| {
            let (label, ty, required) = (field.label.clone(), field.ty.clone(), field.required);
            view! {
                <li class="help-field">
                    <span>{label}</span>
                    {required.then(|| view! { <span class="field-required">{t(EditorText::Required)}</span> })}
                    <span class="muted">{move || type_name(speech, &ty)}</span>
                </li>
            }
        })
        .collect_view();
    (!fields.is_empty()).then(
        || view! { <section class="inspector-part"><h3>{t(heading)}</h3><ul>{rows}</ul></section> },
    )
}
