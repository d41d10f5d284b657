//! The flows as they will be, on the right.

use api::PackFlow;
use flow::{CardKey, Family};
use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::ImportText;
use crate::kit::{Icon, Tag, flow_kind};

/// Cards of one flow that are drawn.
const MOST_CARDS: usize = 12;
/// Flows that are drawn.
const MOST_FLOWS: usize = 40;

/// Each flow as a column of small cards.
#[component]
pub fn Preview(
    /// The flows of the pack.
    flows: Vec<PackFlow>,
) -> impl IntoView {
    let notes: usize = flows.iter().map(|flow| flow.notes).sum();
    let flows = flows.into_iter().take(MOST_FLOWS).map(column);
    view! {
        <aside class="import-preview" aria-labelledby="preview">
            <h2 id="preview">{t(ImportText::AsTheyWillBe)}</h2>
            {flows.collect_view()}
            {(notes > 0).then(|| view! { <p class="hint">{t(ImportText::NotesToo { n: notes })}</p> })}
        </aside>
    }
}

fn column(flow: PackFlow) -> impl IntoView {
    let is_helper = flow.kind == flow::FlowKind::Helper;
    let more = flow.cards.len().saturating_sub(MOST_CARDS);
    let cards = flow
        .cards
        .into_iter()
        .take(MOST_CARDS)
        .enumerate()
        .map(|(index, (key, title))| {
            let (family, icon) = look(&key, index == 0);
            view! {
                <li class="small-card" data-family=family.token()>
                    <span class="tile tile-small"><Icon name=icon/></span>
                    <span class="ellipsis" title=title.clone()>{title.clone()}</span>
                    <span class="small-card-number">{index + 1}</span>
                </li>
            }
        });
    view! {
        <section class="preview-flow">
            <header>
                <h3 class="ellipsis" title=flow.name.clone()>{flow.name.clone()}</h3>
                <Tag>
                    {if is_helper { t(flow_kind(flow.kind).2) } else { t(ImportText::AddedOff) }}
                </Tag>
            </header>
            <ol>{cards.collect_view()}</ol>
            {(more > 0).then(|| view! { <p class="hint">{t(ImportText::MoreCards { n: more })}</p> })}
        </section>
    }
}

/// Returns how a card looks by its module alone; the catalogue is not loaded here.
fn look(key: &CardKey, is_first: bool) -> (Family, &'static str) {
    match key.module() {
        "control" if is_first => (Family::Event, "workflow"),
        _ if is_first => (Family::Event, "zap"),
        "okta" => (Family::Okta, "user"),
        "control" | "error" => (Family::Logic, "split"),
        "string" | "text" => (Family::Text, "type"),
        "number" | "math" => (Family::Text, "hash"),
        "boolean" | "logic" => (Family::Text, "toggle-left"),
        "object" | "json" | "xml" | "url" => (Family::Data, "braces"),
        "list" => (Family::List, "list"),
        "flow" | "helper" => (Family::List, "workflow"),
        "stash" | "file" | "folder" => (Family::Table, "table-2"),
        "date" | "time" | "datetime" => (Family::Time, "calendar"),
        _ => (Family::Http, "globe"),
    }
}
