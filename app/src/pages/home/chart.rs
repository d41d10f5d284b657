//! Runs by hour as stacked bars. The geometry is percent of the plot, so that text keeps its size at every width.

use api::HourBar;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::i18n::texts::{HomeText, KitText};
use crate::i18n::{count, t, use_local_time};
use crate::kit::{Button, ButtonKind};

/// The chart with its legend, a tooltip that follows pointer and arrow keys, and the same figures as a table.
#[component]
pub(super) fn HoursChart(hours: Vec<HourBar>) -> impl IntoView {
    let runs = hours.iter().map(|hour| hour.succeeded + hour.failed).sum();
    let failed = hours.iter().map(|hour| hour.failed).sum();
    let is_table = RwSignal::new(false);
    let hours = StoredValue::new(hours);
    view! {
        <section class="panel hours" aria-labelledby="hours">
            <div class="panel-head">
                <h2 id="hours">{t(HomeText::RunsByHour)}</h2>
                <div class="chart-legend">
                    <span class="legend-item">{t(HomeText::Succeeded)}</span>
                    <span class="legend-item legend-failed">{t(HomeText::Failed)}</span>
                    <Button
                        kind=ButtonKind::Bare
                        icon="table"
                        label=t(KitText::ShowAsTable)
                        on_press=move || is_table.update(|table| *table = !*table)
                    />
                </div>
            </div>
            <p class="visually-hidden">{t(HomeText::ChartSummary { runs, failed })}</p>
            {move || {
                let hours = hours.get_value();
                if is_table.get() {
                    view! { <HoursTable hours/> }.into_any()
                } else {
                    view! { <Plot hours/> }.into_any()
                }
            }}
        </section>
    }
}

#[component]
fn Plot(hours: Vec<HourBar>) -> impl IntoView {
    let local = use_local_time();
    let highest = hours.iter().map(|hour| hour.succeeded + hour.failed).max();
    let lines = scale(highest.unwrap_or(0));
    let top = lines.last().copied().unwrap_or(1).max(1);
    let number = hours.len();
    let over = RwSignal::new(None::<usize>);
    let on_key = move |event: KeyboardEvent| {
        let here = over.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" => here.map_or(0, |here| (here + 1).min(number.saturating_sub(1))),
            "ArrowLeft" => here.map_or(number.saturating_sub(1), |here| here.saturating_sub(1)),
            "Escape" => return over.set(None),
            _ => return,
        };
        event.prevent_default();
        over.set(Some(next));
    };
    let grid = lines.into_iter().map(|line| {
        let bottom = format!("bottom: {}", part(line, top));
        view! {
            <div class="plot-line" style=bottom>
                <span>{count(line)}</span>
            </div>
        }
    });
    let bars = hours.iter().enumerate().map(|(index, hour)| {
        let failed = format!("height: {}", part(hour.failed, top));
        let succeeded = format!("height: {}", part(hour.succeeded, top));
        view! {
            <div
                class="bar"
                class:bar-over=move || over.get() == Some(index)
                on:pointerenter=move |_| over.set(Some(index))
            >
                <div class="bar-failed" style=failed></div>
                <div class="bar-succeeded" style=succeeded></div>
            </div>
        }
    });
    let ticks = hours.iter().enumerate().filter(|(index, _)| index % 3 == 0);
    let ticks = ticks.map(|(index, hour)| {
        let at = hour.at;
        let left = format!("left: {}", middle(index, number));
        view! { <span style=left>{move || local.civil(at).short_clock()}</span> }
    });
    view! {
        <div
            class="plot"
            role="group"
            aria-label=t(HomeText::RunsByHour)
            tabindex="0"
            on:keydown=on_key
            on:pointerleave=move |_| over.set(None)
            on:blur=move |_| over.set(None)
        >
            <div class="plot-area">
                {grid.collect_view()}
                <div class="bars">{bars.collect_view()}</div>
                <div aria-live="polite">
                    {
                        let hours = hours.clone();
                        move || {
                            let index = over.get()?;
                            let hour = hours.get(index)?.clone();
                            Some(view! { <Tip hour index number/> })
                        }
                    }
                </div>
            </div>
            <div class="plot-ticks" aria-hidden="true">{ticks.collect_view()}</div>
        </div>
    }
}

#[component]
fn Tip(hour: HourBar, index: usize, number: usize) -> impl IntoView {
    let local = use_local_time();
    let start = move || local.civil(hour.at).short_clock();
    let end = move || local.civil(hour.at + 3_600_000).short_clock();
    let place = format!("left: {}", middle(index, number));
    view! {
        <div class="tip" class:tip-left={index * 2 > number} style=place>
            <p class="muted number">{move || format!("{} – {}", start(), end())}</p>
            <p class="legend-item legend-failed">
                {t(HomeText::Failed)} <span class="number">{count(hour.failed)}</span>
            </p>
            <p class="legend-item">
                {t(HomeText::Succeeded)} <span class="number">{count(hour.succeeded)}</span>
            </p>
        </div>
    }
}

#[component]
fn HoursTable(hours: Vec<HourBar>) -> impl IntoView {
    let local = use_local_time();
    let rows = hours.into_iter().map(|hour| {
        view! {
            <tr>
                <td class="cell-main number">{move || local.civil(hour.at).short_clock()}</td>
                <td class="cell-number">{count(hour.succeeded)}</td>
                <td class="cell-number">{count(hour.failed)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap hours-table" tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t(HomeText::Hour)}</th>
                        <th scope="col" class="cell-number">{t(HomeText::Succeeded)}</th>
                        <th scope="col" class="cell-number">{t(HomeText::Failed)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// Returns 5 round grid lines from 0 of which the last is not below `highest`.
fn scale(highest: i64) -> Vec<i64> {
    let quarter = (highest.max(4) + 3) / 4;
    let magnitude = 10_i64.pow(quarter.ilog10());
    let steps = [1, 2, 3, 5, 10].map(|step| step * magnitude);
    let step = steps.into_iter().find(|step| *step >= quarter);
    let step = step.unwrap_or(quarter);
    (0..=4).map(|line| line * step).collect()
}

fn part(value: i64, whole: i64) -> String {
    let hundredths = value.max(0).saturating_mul(10_000) / whole.max(1);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// Returns the middle of a column.
fn middle(index: usize, number: usize) -> String {
    let hundredths = (index * 2 + 1) * 5_000 / number.max(1);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grid_lines_are_round_and_reach_the_top() {
        for (highest, lines) in [
            (0, [0, 1, 2, 3, 4]),
            (5, [0, 2, 4, 6, 8]),
            (44, [0, 20, 40, 60, 80]),
            (1_020, [0, 300, 600, 900, 1_200]),
        ] {
            assert_eq!(scale(highest), lines, "{highest}");
        }
    }

    #[test]
    fn parts_are_percents() {
        assert_eq!(part(1, 3), "33.33%");
        assert_eq!(part(-5, 10), "0.00%");
        assert_eq!(middle(0, 24), "2.08%");
    }
}
