//! The last hour of a bucket as an area, stacked by who used it, with the limit, the line from which calls wait, and a
//! forecast; the same as a table.

use api::{BucketBudget, Budget};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::curve::{self, AHEAD, PAST, Slot};
use crate::i18n::texts::BudgetText;
use crate::i18n::{count, t, use_local_time};

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
struct Drawn {
    slots: Vec<Slot>,
    limit: i64,
    /// From here on calls wait.
    waits_from: i64,
    left_percent: i64,
    top: i64,
}

fn drawn(budget: &Budget, bucket: &BucketBudget) -> Drawn {
    let slots = curve::slots(bucket, budget.at);
    let limit = bucket.limit.unwrap_or(0);
    Drawn {
        top: curve::top(limit, &slots),
        waits_from: limit - (limit * budget.leave_percent + 99) / 100,
        left_percent: 100 - budget.leave_percent,
        limit,
        slots,
    }
}

/// The chart; pointer and arrow keys walk along the minutes.
#[component]
pub(super) fn Plot(
    #[prop(into)] budget: Signal<Budget>,
    #[prop(into)] bucket: Signal<BucketBudget>,
) -> impl IntoView {
    let drawn = Memo::new(move |_| budget.with(|budget| bucket.with(|it| drawn(budget, it))));
    let over = RwSignal::new(None::<usize>);
    // The chart loses the focus with its page too, when its signals go.
    let seen = move || over.try_get().flatten();
    let leave = move || {
        if over.try_get_untracked().flatten().is_some() {
            over.try_set(None);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let here = over.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" => here.map_or(0, |here| (here + 1).min(PAST - 1)),
            "ArrowLeft" => here.map_or(PAST - 1, |here| here.saturating_sub(1)),
            "Escape" => return over.set(None),
            _ => return,
        };
        event.prevent_default();
        over.set(Some(next));
    };
    let summary = move || {
        bucket.with(|bucket| {
            t(BudgetText::Summary {
                name: bucket.name.clone(),
                ours: bucket.ours,
                others: bucket.others,
                left: bucket.left.unwrap_or(0),
                limit: bucket.limit.unwrap_or(0),
            })
            .get()
        })
    };
    let slots = (0..PAST).map(|minute| {
        view! {
            <div class="budget-slot" on:pointerenter=move |_| over.set(Some(minute))></div>
        }
    });
    view! {
        <p class="visually-hidden">{summary}</p>
        <div
            class="plot"
            role="group"
            aria-label=t(BudgetText::Title)
            tabindex="0"
            on:keydown=on_key
            on:pointerleave=move |_| leave()
            on:blur=move |_| leave()
        >
            <div class="plot-area">
                <Shapes drawn/>
                <Lines drawn/>
                <div class="budget-slots" style=format!("width: {}", percent(curve::x(PAST - 1)))>
                    {slots.collect_view()}
                </div>
                <div class="budget-now" style=format!("left: {}", percent(curve::x(PAST - 1)))></div>
                // How it stands now changes every few seconds: only what keys walk to is read out.
                <div aria-live=move || if seen().is_some() { "polite" } else { "off" }>
                    {move || match over.try_get() {
                        Some(Some(minute)) => view! { <Tip drawn minute/> }.into_any(),
                        Some(None) => view! { <NowTip budget bucket/> }.into_any(),
                        None => ().into_any(),
                    }}
                </div>
            </div>
            <Ticks drawn/>
        </div>
    }
}

/// The grid, the limit, and where calls begin to wait.
#[component]
fn Lines(#[prop(into)] drawn: Signal<Drawn>) -> impl IntoView {
    move || {
        let drawn = drawn.get();
        let at = |figure: i64| format!("top: {}", percent(curve::y(figure, drawn.top)));
        let grid = curve::grid(drawn.limit).into_iter().map(|line| {
            view! {
                <div class="plot-line" style=at(line)><span>{count(line)}</span></div>
            }
        });
        let is_known = drawn.limit > 0;
        let waits = (is_known && drawn.waits_from < drawn.limit).then(|| {
            let text = BudgetText::LeftToOthers {
                n: drawn.waits_from,
                percent: drawn.left_percent,
            };
            view! {
                <div class="plot-line line-waits" style=at(drawn.waits_from)><em>{t(text)}</em></div>
            }
        });
        let limit = is_known.then(|| {
            let text = BudgetText::LimitOf { n: drawn.limit };
            view! {
                <div class="plot-line line-limit" style=at(drawn.limit)>
                    <span>{count(drawn.limit)}</span>
                    <em>{t(text)}</em>
                </div>
            }
        });
        view! {
            {grid.collect_view()}
            {waits}
            {limit}
        }
    }
}

#[component]
fn Shapes(#[prop(into)] drawn: Signal<Drawn>) -> impl IntoView {
    let line = move || drawn.with(|drawn| curve::line(&drawn.slots, drawn.top, Slot::used));
    let area = move |figure: fn(&Slot) -> i64| {
        move || drawn.with(|drawn| curve::area(&drawn.slots, drawn.top, figure))
    };
    let now = curve::x(PAST - 1);
    let ahead = move |part: fn(curve::Forecast, i64, i64) -> String| {
        move || {
            drawn
                .with(|drawn| {
                    let from = drawn.slots.last().map_or(0, Slot::used);
                    let ahead = curve::forecast(&drawn.slots, drawn.limit)?;
                    Some(part(ahead, curve::y(from, drawn.top), drawn.top))
                })
                .unwrap_or_default()
        }
    };
    let band = ahead(|ahead, from, top| {
        let (least, most) = (curve::y(ahead.least, top), curve::y(ahead.most, top));
        format!("M{} {from}L1000 {most}V{least}Z", curve::x(PAST - 1))
    });
    let likely = ahead(|ahead, from, top| {
        format!(
            "M{} {from}L1000 {}",
            curve::x(PAST - 1),
            curve::y(ahead.likely, top)
        )
    });
    view! {
        <svg
            class="budget-shapes"
            viewBox="0 0 1000 1000"
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <rect class="shape-ahead" x=now y="0" width=1_000 - now height="1000"/>
            <path class="shape-band" d=band/>
            <path class="shape-others" d=area(Slot::used)/>
            <path class="shape-ours" d=area(|slot| slot.ours)/>
            <path class="shape-line" d=line/>
            <path class="shape-likely" d=likely/>
        </svg>
    }
}

#[component]
fn Ticks(#[prop(into)] drawn: Signal<Drawn>) -> impl IntoView {
    let local = use_local_time();
    let now = PAST - 1;
    let tick = move |minute: usize, ahead: i64| {
        let left = format!("left: {}", percent(curve::x(minute)));
        let text = move || {
            let at = drawn.with(|drawn| {
                let index = minute.min(PAST - 1);
                drawn.slots.get(index).map_or(0, |slot| slot.at)
            });
            local.civil(at + ahead * 60_000).short_clock()
        };
        view! { <span style=left>{text}</span> }
    };
    let left = format!("left: {}", percent(curve::x(now)));
    view! {
        <div class="plot-ticks" aria-hidden="true">
            {tick(0, 0)} {tick(now - 45, 0)} {tick(now - 30, 0)} {tick(now - 15, 0)}
            <span style=left>{t(BudgetText::Now)}</span>
            {tick(now + AHEAD, AHEAD as i64)}
        </div>
    }
}

#[component]
fn Tip(#[prop(into)] drawn: Signal<Drawn>, minute: usize) -> impl IntoView {
    let local = use_local_time();
    let slot = move || drawn.with(|drawn| drawn.slots.get(minute).copied().unwrap_or_default());
    let place = format!("left: {}", percent(curve::x(minute)));
    view! {
        <div class="tip" class:tip-left=(minute * 2 > PAST) style=place>
            <p class="muted number">{move || local.civil(slot().at).short_clock()}</p>
            <p class="legend-item">
                {t(BudgetText::Ours)} <span class="number">{move || count(slot().ours)}</span>
            </p>
            <p class="legend-item legend-others">
                {t(BudgetText::Others)} <span class="number">{move || count(slot().others)}</span>
            </p>
        </div>
    }
}

/// How it stands, beside the line of now.
#[component]
fn NowTip(
    #[prop(into)] budget: Signal<Budget>,
    #[prop(into)] bucket: Signal<BucketBudget>,
) -> impl IntoView {
    let standing = move || {
        bucket.with(|bucket| {
            let used = bucket.ours + bucket.others;
            let limit = bucket.limit.unwrap_or(0);
            t(BudgetText::Standing { used, limit }).get()
        })
    };
    let reset = move || {
        let at = budget.with(|budget| budget.at);
        match bucket.with(|bucket| bucket.resets_at) {
            Some(resets_at) => {
                let n = ((resets_at - at + 999) / 1_000).max(0);
                t(BudgetText::ResetsIn { n }).get()
            }
            None => t(BudgetText::NoWindow).get(),
        }
    };
    let place = format!("left: {}", percent(curve::x(PAST - 1)));
    view! {
        <div class="budget-tip" style=place>
            <p class="number">{standing}</p>
            <p>{reset}</p>
        </div>
    }
}

/// The minutes in which something was called, the newest first.
#[component]
pub(super) fn BudgetTable(#[prop(into)] bucket: Signal<BucketBudget>) -> impl IntoView {
    let local = use_local_time();
    let rows = move || {
        let minutes = bucket.get().minutes;
        let rows = minutes.into_iter().rev().map(|minute| {
            view! {
                <tr>
                    <td class="cell-main number">{move || local.civil(minute.at).short_clock()}</td>
                    <td class="cell-number">{count(minute.ours)}</td>
                    <td class="cell-number">{count(minute.others)}</td>
                    <td class="cell-number">{count(minute.waiting)}</td>
                    <td class="cell-number">{count(minute.limit)}</td>
                </tr>
            }
        });
        rows.collect_view()
    };
    view! {
        <div class="table-wrap hours-table" tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t(BudgetText::Minute)}</th>
                        <th scope="col" class="cell-number">{t(BudgetText::Ours)}</th>
                        <th scope="col" class="cell-number">{t(BudgetText::Others)}</th>
                        <th scope="col" class="cell-number">{t(BudgetText::Waiting)}</th>
                        <th scope="col" class="cell-number">{t(BudgetText::Limit)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Thousandths as percent.
fn percent(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}
