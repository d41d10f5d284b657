//! What was found, by flow: each place is a link to its card in the editor.

use std::sync::Arc;

use api::{FlowHit, FlowHits, SpotHit};
use flow::Catalogue;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::editor::{find_kind_text, marked};
use crate::i18n::texts::SearchText;
use crate::i18n::{t, use_speech};
use crate::kit::{Icon, LinkButton, Tag, Tone};
use crate::shell::address;

/// Flows with their places.
#[component]
pub(super) fn Results(hits: FlowHits, catalogue: RwSignal<Arc<Catalogue>>) -> impl IntoView {
    let query = use_query_map();
    let n = hits.flows.len();
    let count = if hits.next.is_some() {
        t(SearchText::PageCountMore { n })
    } else {
        t(SearchText::PageCount { n })
    };
    let more = hits.next.map(|next| {
        let href = move || {
            let mut query = query.get();
            query.remove("after");
            query.insert("after", next.clone());
            address("/search", &query)
        };
        view! { <LinkButton icon="arrow-down" href=Signal::derive(href)>{t(SearchText::PageMore)}</LinkButton> }
    });
    let flows = hits
        .flows
        .into_iter()
        .map(|hit| view! { <OfFlow hit catalogue/> });
    view! {
        <p class="search-count hint" role="status">{count}</p>
        <div class="search-results">{flows.collect_view()}</div>
        <div class="pager">{more}</div>
    }
}

#[component]
fn OfFlow(hit: FlowHit, catalogue: RwSignal<Arc<Catalogue>>) -> impl IntoView {
    let href = format!("/flows/{}", hit.id);
    let id = format!("hits-{}", hit.id);
    let flow = hit.id.to_string();
    let spots = hit.spots.into_iter().map(|spot| {
        let flow = flow.clone();
        view! { <Place flow spot catalogue/> }
    });
    let more = hit.more;
    let named_by = id.clone();
    view! {
        <section class="panel search-flow" aria-labelledby=named_by>
            <header class="search-flow-head">
                <Icon name="workflow"/>
                <h2 id=id class="ellipsis"><a href=href>{hit.name}</a></h2>
                {hit.folder.map(|folder| view! { <span class="muted ellipsis">{folder}</span> })}
                {hit.is_on.then(|| view! { <Tag tone=Tone::Ok>{t(SearchText::FlowOn)}</Tag> })}
            </header>
            <ul class="search-spots">{spots.collect_view()}</ul>
            {(more > 0).then(|| view! { <p class="search-more hint">{t(SearchText::MorePlaces { n: more })}</p> })}
        </section>
    }
}

#[component]
fn Place(flow: String, spot: SpotHit, catalogue: RwSignal<Arc<Catalogue>>) -> impl IntoView {
    let speech = use_speech();
    let href = match &spot.step {
        Some(step) => format!("/flows/{flow}?card={step}"),
        None => format!("/flows/{flow}"),
    };
    let card = spot.card.clone();
    let looks = move || {
        let card = card.as_ref()?;
        catalogue.with(|catalogue| {
            let spec = catalogue.card(card)?;
            Some((spec.icon.clone(), spec.family.token()))
        })
    };
    let (icon, family) = (looks.clone(), looks);
    let icon = Signal::derive(move || icon().map_or_else(|| "box".to_owned(), |looks| looks.0));
    let what = {
        let (field, kind) = (spot.field.clone(), spot.kind);
        move || {
            if field.is_empty() {
                speech.say(&find_kind_text(kind))
            } else {
                field.clone()
            }
        }
    };
    view! {
        <li>
            <a class="search-spot" href=href data-family=move || family().map_or("http", |looks| looks.1)>
                {spot.step.is_some().then(|| view! { <crate::card::Tile icon/> })}
                {spot.number.map(|number| view! { <span class="card-number">{number}</span> })}
                <span class="search-title ellipsis">{spot.title}</span>
                <span class="search-what muted ellipsis">{what}</span>
                <span class="search-excerpt ellipsis">{marked(&spot.excerpt, &spot.marks)}</span>
                {spot.version.map(|n| view! { <Tag tone=Tone::Warn>{t(SearchText::InVersion { n })}</Tag> })}
            </a>
        </li>
    }
}
