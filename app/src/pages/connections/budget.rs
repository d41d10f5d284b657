//! The rate limits of a connection's org: a chart of the last hour by bucket, how it stands now, and how much of it is
//! left to others. Asks the server again every few seconds.

use std::time::Duration;

use api::{BucketBudget, Budget};
use flow::ConnectionId;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub mod chart;
pub mod choice;
mod curve;
pub mod share;

use crate::i18n::texts::{BudgetText, KitText};
use crate::i18n::{count, t};
use crate::kit::{Button, ButtonKind, Icon, loaded};
use crate::rpc;
use chart::{BudgetTable, Plot};
use choice::Choice;
use share::Share;

/// How often the server is asked again.
const FRESH: Duration = Duration::from_secs(5);

/// The panel on the connection's page.
#[component]
pub fn BudgetPanel(id: ConnectionId) -> impl IntoView {
    let asked = id.clone();
    let first = Resource::new(|| (), move |()| rpc::connection_budget(asked.clone()));
    let id = StoredValue::new(id);
    view! {
        <section class="panel budget" aria-labelledby="budget">
            {loaded(first, move |budget| view! { <Live id=id.get_value() first=budget/> })}
        </section>
    }
}

/// What is shown stays in place while its figures change, so that focus and pointer keep theirs.
#[component]
fn Live(id: ConnectionId, first: Budget) -> impl IntoView {
    let budget = RwSignal::new(first);
    keep_fresh(id.clone(), budget);
    let chosen = RwSignal::new(None::<String>);
    let is_table = RwSignal::new(false);
    let bucket = Memo::new(move |_| budget.with(|budget| choose(budget, chosen.get().as_deref())));
    let is_used = Memo::new(move |_| bucket.with(Option::is_some));
    let bucket = Memo::new(move |_| bucket.get().unwrap_or_else(nothing));
    view! {
        <div class="panel-head budget-head">
            <h2 id="budget">{t(BudgetText::Title)}</h2>
            <Choice budget chosen shown=bucket/>
            <div class="chart-legend">
                <span class="legend-item">{t(BudgetText::Ours)}</span>
                <span class="legend-item legend-others">{t(BudgetText::Others)}</span>
                <Button
                    kind=ButtonKind::Bare
                    icon="table"
                    label=t(KitText::ShowAsTable)
                    on_press=move || is_table.update(|table| *table = !*table)
                />
            </div>
        </div>
        <p class="panel-lead">{t(BudgetText::Lead)}</p>
        <Trouble budget bucket/>
        {move || {
            if !is_used.get() {
                view! { <p class="calm">{t(BudgetText::Unused)}</p> }.into_any()
            } else if is_table.get() {
                view! { <BudgetTable bucket/> }.into_any()
            } else {
                view! { <Plot budget bucket/> }.into_any()
            }
        }}
        <div class="budget-foot">
            <Standing budget bucket/>
            <Share id budget/>
        </div>
    }
}

/// The chosen bucket, else the fullest.
fn choose(budget: &Budget, chosen: Option<&str>) -> Option<BucketBudget> {
    let named = chosen.and_then(|name| budget.buckets.iter().find(|bucket| bucket.name == name));
    let fullest = || {
        let part = |bucket: &&BucketBudget| {
            let limit = bucket.limit.unwrap_or(1).max(1);
            (bucket.ours + bucket.others) * 1_000 / limit
        };
        budget.buckets.iter().max_by_key(part)
    };
    named.or_else(fullest).cloned()
}

fn nothing() -> BucketBudget {
    BucketBudget {
        name: String::new(),
        limit: None,
        ours: 0,
        others: 0,
        left: None,
        resets_at: None,
        blocked_until: None,
        under_way: 0,
        waiting: 0,
        minutes: Vec::new(),
    }
}

/// Asks again while the page is open; effects run in the browser only.
fn keep_fresh(id: ConnectionId, budget: RwSignal<Budget>) {
    Effect::new(move |_| {
        let id = id.clone();
        let ask = move || {
            let id = id.clone();
            spawn_local(async move {
                // A page that was left, or a server that is away: what is shown stays.
                if let Ok(fresh) = rpc::connection_budget(id).await
                    && budget.try_set(fresh).is_some()
                {
                    leptos::logging::debug_warn!("the page with the rate limits was left");
                }
            });
        };
        if let Ok(timer) = set_interval_with_handle(ask, FRESH) {
            on_cleanup(move || timer.clear());
        }
    });
}

#[component]
fn Trouble(
    #[prop(into)] budget: Signal<Budget>,
    #[prop(into)] bucket: Signal<BucketBudget>,
) -> impl IntoView {
    let text = Memo::new(move |_| {
        if budget.with(|budget| budget.paused_until.is_some()) {
            Some(BudgetText::Paused)
        } else if bucket.with(|bucket| bucket.blocked_until.is_some()) {
            Some(BudgetText::Blocked)
        } else {
            None
        }
    });
    view! {
        <div role="status">
            {move || {
                text.get()
                    .map(|text| {
                        view! {
                            <p class="budget-trouble"><Icon name="triangle-alert"/>{t(text)}</p>
                        }
                    })
            }}
        </div>
    }
}

/// How the chosen bucket stands now.
#[component]
fn Standing(
    #[prop(into)] budget: Signal<Budget>,
    #[prop(into)] bucket: Signal<BucketBudget>,
) -> impl IntoView {
    let number = move |figure: fn(&BucketBudget) -> i64| move || count(bucket.with(figure));
    let left = move || bucket.with(|bucket| bucket.left.map_or_else(dash, count));
    let under_way = move || {
        budget.with(|budget| match budget.places {
            0 => dash(),
            places => format!("{} / {}", count(budget.under_way), count(places)),
        })
    };
    view! {
        <dl class="fact-list">
            <div>
                <dt>{t(BudgetText::Ours)}</dt>
                <dd class="number">{number(|bucket| bucket.ours)}</dd>
            </div>
            <div>
                <dt>{t(BudgetText::Others)}</dt>
                <dd class="number">{number(|bucket| bucket.others)}</dd>
            </div>
            <div>
                <dt>{t(BudgetText::Left)}</dt>
                <dd class="number">{left}</dd>
            </div>
            <div>
                <dt>{t(BudgetText::Waiting)}</dt>
                <dd class="number">{number(|bucket| bucket.waiting)}</dd>
            </div>
            <div>
                <dt>{t(BudgetText::UnderWay)}</dt>
                <dd class="number">{under_way}</dd>
            </div>
        </dl>
    }
}

fn dash() -> String {
    "–".to_owned()
}
