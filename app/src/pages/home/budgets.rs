//! How full the rate limits are now, and how full they will be at the end of the minute.

use std::time::Duration;

use api::{BudgetBar, Home};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::texts::HomeText;
use crate::i18n::{t, use_speech};
use crate::rpc;

/// How often the limits are asked for again while nothing else is heard.
const FRESH: Duration = Duration::from_secs(10);

/// The fullest buckets: used, forecast hatched, limit.
#[component]
pub(super) fn Budgets(home: RwSignal<Home>) -> impl IntoView {
    let bars = Memo::new(move |_| home.with(|home| home.budgets.clone()));
    keep_fresh(home);
    view! {
        <section class="panel budgets" aria-labelledby="budgets">
            <div class="panel-head">
                <h2 id="budgets">{t(HomeText::Budget)}</h2>
                <span class="muted budget-note">{t(HomeText::BudgetNote)}</span>
            </div>
            {move || bars.with(Vec::is_empty).then(|| view! { <p class="calm">{t(HomeText::BudgetNone)}</p> })}
            <ul class="budget-bars">
                {move || bars.get().into_iter().map(|bar| view! { <Bar bar/> }).collect_view()}
            </ul>
        </section>
    }
}

fn keep_fresh(home: RwSignal<Home>) {
    Effect::new(move || {
        let ask = move || {
            spawn_local(async move {
                if let Ok(new) = rpc::home(api::HomeQuery::default()).await {
                    home.try_update(|home| home.budgets = new.budgets);
                }
            });
        };
        if let Ok(handle) = set_interval_with_handle(ask, FRESH) {
            on_cleanup(move || handle.clear());
        }
    });
}

#[component]
fn Bar(bar: BudgetBar) -> impl IntoView {
    let speech = use_speech();
    let BudgetBar {
        connection,
        name,
        bucket,
        used,
        limit,
        forecast,
    } = bar;
    let spoken = {
        let (name, bucket) = (name.clone(), bucket.clone());
        move || {
            let (name, bucket) = (name.clone(), bucket.clone());
            speech.say(&HomeText::BudgetSpoken {
                name,
                bucket,
                used,
                limit,
                forecast,
            })
        }
    };
    let width = |value: i64| {
        let tenths = value.clamp(0, limit).saturating_mul(1_000) / limit.max(1);
        format!("{}.{}%", tenths / 10, tenths % 10)
    };
    let is_scarce = forecast * 10 > limit * 8;
    view! {
        <li>
            <a class="budget-row" href=format!("/connections/{connection}") aria-label=spoken>
                <span class="budget-name ellipsis"><strong>{name}</strong>" "<code>{bucket}</code></span>
                <span class="number">{t(HomeText::BudgetOf { used, limit })}</span>
                <span class="budget-track" data-scarce=is_scarce.then_some("true") aria-hidden="true">
                    <span class="budget-forecast" style=format!("width: {}", width(forecast))></span>
                    <span class="budget-used" style=format!("width: {}", width(used))></span>
                </span>
            </a>
        </li>
    }
}
