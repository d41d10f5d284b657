//! What somebody should look at, one action each.

use api::Attention as Item;
use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::{ConnectionText, HomeText};
use crate::kit::{Icon, LinkButton, Tag, Tone};

/// The list of what needs attention.
#[component]
pub(super) fn Attention(items: Vec<Item>) -> impl IntoView {
    let number = items.len();
    let is_empty = items.is_empty();
    let rows = items.into_iter().map(row);
    view! {
        <section class="panel attention" aria-labelledby="attention">
            <div class="panel-head">
                <h2 id="attention">{t(HomeText::NeedsAttention)}</h2>
                {(!is_empty).then(|| view! { <Tag tone=Tone::Bad>{number}</Tag> })}
            </div>
            {is_empty
                .then(|| {
                    view! {
                        <p class="calm">
                            <Icon name="circle-check"/>
                            {t(HomeText::NothingNeeded)}
                        </p>
                    }
                })}
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
}

fn row(item: Item) -> impl IntoView {
    let (tone, icon, name, text, href, action) = match item {
        Item::FailedRun {
            run,
            flow_name,
            error,
            count,
            ..
        } => (
            Tone::Bad,
            "circle-x",
            flow_name,
            t(HomeText::FailedTimes { n: count, error }),
            format!("/runs/{run}"),
            t(HomeText::Open),
        ),
        Item::Limit {
            connection,
            name,
            bucket,
            left,
            limit,
            waiting,
        } => (
            Tone::Warn,
            "hourglass",
            name,
            t(HomeText::LimitScarce {
                bucket,
                left,
                limit,
                waiting,
            }),
            format!("/connections/{connection}"),
            t(HomeText::Open),
        ),
        Item::Connection { connection, name } => (
            Tone::Warn,
            "plug",
            name,
            t(HomeText::Reauthorize),
            format!("/connections/{connection}"),
            t(ConnectionText::Reauthorize),
        ),
    };
    let named = name.clone();
    view! {
        <li class="row">
            <span class="tone-icon" data-tone=tone.tag()><Icon name=icon/></span>
            <div class="row-text">
                <p class="row-name ellipsis" title=named.clone()>{name}</p>
                <p class="row-note" title=text>{text}</p>
            </div>
            <LinkButton href=href>
                {action}
                <span class="visually-hidden">{format!(" {named}")}</span>
            </LinkButton>
        </li>
    }
}
