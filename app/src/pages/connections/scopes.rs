//! The scopes of a connection: what cards need, what the org granted, what is missing.

use api::{CardName, Need, ScopeState};
use leptos::prelude::*;

use crate::i18n::texts::ConnectionText;
use crate::i18n::{Language, Speech, t, use_speech};
use crate::kit::{Icon, Tag, Tone};

/// The table of scopes, and a line that names those that are missing.
#[component]
pub fn Scopes(mut scopes: Vec<ScopeState>) -> impl IntoView {
    let speech = use_speech();
    scopes.sort_by_key(|state| place(state.need));
    let missing: Vec<String> = scopes
        .iter()
        .filter(|state| state.need == Need::Needed && !state.is_granted)
        .map(|state| state.scope.clone())
        .collect();
    let is_empty = scopes.is_empty();
    let rows = scopes.into_iter().map(|state| {
        let cards = StoredValue::new(state.cards);
        view! {
            <tr>
                <td>
                    <span class="mono">{state.scope}</span>
                    {(!cards.with_value(Vec::is_empty))
                        .then(|| {
                            view! {
                                <p class="row-note">
                                    {move || cards.with_value(|cards| names(speech, cards))}
                                </p>
                            }
                        })}
                </td>
                <td class="cell-tight">{need(state.need)}</td>
                <td class="cell-tight">{granted(state.is_granted, state.need)}</td>
            </tr>
        }
    });
    view! {
        <section class="panel" aria-labelledby="scopes">
            <div class="panel-head"><h2 id="scopes">{t(ConnectionText::Scopes)}</h2></div>
            <p class="panel-lead">
                {if is_empty { t(ConnectionText::NoScopes) } else { t(ConnectionText::ScopesText) }}
            </p>
            {(!missing.is_empty())
                .then(|| {
                    view! {
                        <div class="banner panel-banner" data-tone="warn" role="note">
                            <Icon name="triangle-alert"/>
                            <p class="banner-text">
                                {t(ConnectionText::ScopesMissing { scopes: missing.join(", ") })}
                            </p>
                        </div>
                    }
                })}
            {(!is_empty)
                .then(|| {
                    view! {
                        <div class="table-wrap">
                            <table class="table">
                                <thead>
                                    <tr>
                                        <th scope="col">{t(ConnectionText::Scope)}</th>
                                        <th scope="col">{t(ConnectionText::Need)}</th>
                                        <th scope="col">{t(ConnectionText::State)}</th>
                                    </tr>
                                </thead>
                                <tbody>{rows.collect_view()}</tbody>
                            </table>
                        </div>
                    }
                })}
        </section>
    }
}

/// What cards fail without comes first.
fn place(need: Need) -> u8 {
    match need {
        Need::Needed => 0,
        Need::Optional => 1,
        Need::None => 2,
    }
}

fn need(need: Need) -> impl IntoView {
    let text = match need {
        Need::None => ConnectionText::NeedNone,
        Need::Optional => ConnectionText::NeedOptional,
        Need::Needed => ConnectionText::NeedNeeded,
    };
    view! { <span class:muted=need == Need::None>{t(text)}</span> }
}

fn granted(is_granted: bool, need: Need) -> impl IntoView {
    let (tone, icon, text) = match (is_granted, need) {
        (true, _) => (Tone::Ok, "check", ConnectionText::Granted),
        (false, Need::Needed) => (Tone::Warn, "triangle-alert", ConnectionText::Missing),
        (false, _) => (Tone::Plain, "minus", ConnectionText::NotGranted),
    };
    view! { <Tag tone icon>{t(text)}</Tag> }
}

/// The names of cards, a few of them in full.
pub(super) fn names(speech: Speech, cards: &[CardName]) -> String {
    const SHOWN: usize = 6;
    let name = |card: &CardName| match speech.language() {
        Language::English => card.en.clone(),
        Language::Japanese => card.ja.clone(),
    };
    let shown: Vec<String> = cards.iter().take(SHOWN).map(name).collect();
    let separator = match speech.language() {
        Language::English => ", ",
        Language::Japanese => "、",
    };
    let shown = shown.join(separator);
    match cards.len().saturating_sub(SHOWN) {
        0 => shown,
        n => speech.say(&ConnectionText::CardsMore { cards: shown, n }),
    }
}
