//! Which flows use a connection, with which cards, and how their events come.

use api::ConnectionCards;
use leptos::prelude::*;

use super::scopes::names;
use crate::i18n::texts::{ConnectionText, SearchText};
use crate::i18n::{Moment, t, use_speech};
use crate::kit::{Tag, Tone};
use crate::pages::search::who_uses;

/// The list of flows.
#[component]
pub fn Uses(
    /// The flows with their cards.
    uses: Vec<ConnectionCards>,
    /// The connection.
    id: String,
    /// When the log of the org was read last for their events.
    polled_at: Option<i64>,
) -> impl IntoView {
    let speech = use_speech();
    let n = uses.len();
    let on = uses.iter().filter(|flow| flow.is_on).count();
    let rows = uses.into_iter().map(|flow| {
        let (tone, icon, word) = if flow.is_on {
            (Tone::Ok, "circle-check", ConnectionText::FlowOn)
        } else {
            (Tone::Plain, "circle-pause", ConnectionText::FlowOff)
        };
        let cards = StoredValue::new(flow.cards);
        view! {
            <li class="row">
                <div class="row-text">
                    <a class="row-name ellipsis" href=format!("/flows/{}", flow.flow)>{flow.name}</a>
                    <span class="row-note">{move || cards.with_value(|cards| names(speech, cards))}</span>
                </div>
                <Tag tone icon>{t(word)}</Tag>
            </li>
        }
    });
    view! {
        <section class="panel" aria-labelledby="uses">
            <div class="panel-head">
                <h2 id="uses">{t(ConnectionText::UsedByFlows)}</h2>
                {(n > 0).then(|| view! { <span class="muted">{t(ConnectionText::FlowCount { n, on })}</span> })}
                <a class="link-button" href=who_uses("connection", &id)>{t(SearchText::WhoUses)}</a>
            </div>
            {(n == 0).then(|| view! { <p class="calm">{t(ConnectionText::NoFlows)}</p> })}
            <ul class="rows">{rows.collect_view()}</ul>
            {polled_at
                .map(|at| {
                    view! {
                        <p class="panel-lead">{t(ConnectionText::Polled)}" "<Moment at/></p>
                    }
                })}
        </section>
    }
}
