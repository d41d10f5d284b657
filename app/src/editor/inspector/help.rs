//! Help for a card: what it does, what it needs, its fields, examples that hold, and the way to Okta's own page.

use flow::{CardKind, CardSpec, FieldSpec};
use leptos::prelude::*;

use crate::card::type_name;
use crate::editor::guide::{Calls, Examples};
use crate::i18n::texts::{EditorText, LookupText};
use crate::i18n::{Language, t, use_speech};
use crate::kit::Icon;

/// Help for a card.
#[component]
pub(super) fn Help(spec: Option<CardSpec>) -> impl IntoView {
    let Some(spec) = spec else {
        return view! { <section class="inspector-part"><p>{t(EditorText::UnknownHelp)}</p></section> }.into_any();
    };
    let (options, inputs): (Vec<FieldSpec>, Vec<FieldSpec>) =
        spec.inputs.iter().cloned().partition(|field| field.option);
    let has_example = !spec.examples.is_empty() || !spec.guide.usage.is_empty();
    view! {
        <section class="inspector-part">
            <p class="help-text">{spec.help.clone()}</p>
            <Facts spec=spec.clone()/>
        </section>
        {fields(LookupText::Options, options)}
        {fields(LookupText::Inputs, inputs)}
        {fields(LookupText::Outputs, spec.outputs.clone())}
        {has_example.then(|| view! {
            <section class="inspector-part">
                <h3>{t(EditorText::Examples)}</h3>
                <Examples spec/>
            </section>
        })}
    }
    .into_any()
}

/// Names, scopes and the page of Okta.
#[component]
fn Facts(spec: CardSpec) -> impl IntoView {
    let speech = use_speech();
    let page = {
        let spec = spec.clone();
        move || okta_page(&spec, speech.language())
    };
    let scopes = spec.scopes.join(" ");
    view! {
        <dl class="help-facts">
            <dt>{t(LookupText::NameInOkta)}</dt>
            <dd>{spec.name_en.clone()}" "<span class="mono muted">{spec.key.to_string()}</span></dd>
            <Calls spec=spec.clone()/>
            {(!scopes.is_empty()).then(|| view! {
                <dt>{t(LookupText::Scopes)}</dt>
                <dd class="mono">{scopes}</dd>
            })}
        </dl>
        {move || page().map(|href| view! {
            <a class="help-link" href=href target="_blank" rel="noopener noreferrer">
                {t(LookupText::OktaHelp)}<Icon name="external-link"/>
            </a>
        })}
    }
}

/// Okta names the pages of its connector after the cards' methods.
fn okta_page(spec: &CardSpec, language: Language) -> Option<String> {
    spec.connector
        .as_ref()
        .filter(|connector| *connector == "okta")?;
    let locale = match language {
        Language::English => "en-us",
        Language::Japanese => "ja-jp",
    };
    let kind = if spec.kind == CardKind::Event {
        "events"
    } else {
        "actions"
    };
    let page = match spec.key.method() {
        "searchUsers" => "findusers".to_owned(),
        method => method.to_lowercase(),
    };
    Some(format!(
        "https://help.okta.com/wf/{locale}/content/topics/workflows/connector-reference/okta/{kind}/{page}.htm"
    ))
}

fn fields(heading: LookupText, fields: Vec<FieldSpec>) -> Option<impl IntoView + use<>> {
    (!fields.is_empty()).then(|| {
        let rows = fields.into_iter().map(|field| view! { <FieldHelp field/> });
        view! {
            <section class="inspector-part">
                <h3>{t(heading)}</h3>
                <ul class="help-fields">{rows.collect_view()}</ul>
            </section>
        }
    })
}

/// A field: its group and name, its type, and what it may hold.
#[component]
fn FieldHelp(field: FieldSpec) -> impl IntoView {
    let speech = use_speech();
    let (ty, badge) = (field.ty.clone(), field.ty.badge());
    let group = field.key.group.filter(|_| !field.option);
    let names: Vec<String> = field
        .choices
        .iter()
        .map(|choice| choice.label.clone())
        .collect();
    view! {
        <li class="help-field">
            <span class="help-name">
                {group.map(|group| view! { <span class="muted">{group}" › "</span> })}
                {field.label}
                {field.required.then(|| view! { <span class="choose-required">{t(EditorText::Required)}</span> })}
            </span>
            <span class="help-type muted">{move || type_name(speech, &ty)}<span class="badge" data-badge=badge></span></span>
            {(!names.is_empty()).then(|| view! {
                <span class="help-choices hint">{t(LookupText::ChoicesOf { names: names.join(" · ") })}</span>
            })}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::catalogue;
    use flow::CardKey;

    #[test]
    fn cards_of_okta_lead_to_their_page() {
        let catalogue = catalogue();
        let page = |module, method, language| {
            let key = CardKey::new(module, method);
            okta_page(catalogue.card(&key).unwrap(), language)
        };
        assert_eq!(
            page("okta", "readUser", Language::Japanese).as_deref(),
            Some(
                "https://help.okta.com/wf/ja-jp/content/topics/workflows/connector-reference/okta/actions/readuser.htm"
            )
        );
        assert_eq!(page("string", "compose", Language::English), None);
    }
}
