//! Runs by hour, or whatever the parts of the span are, as stacked bars. The geometry is percent of the plot, so that text
//! keeps its size at every width.

use api::PartBar;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::i18n::texts::{HomeText, KitText};
use crate::i18n::{Language, count, t, use_local_time, use_speech};
use crate::kit::{Button, ButtonKind};

const HOUR_MS: i64 = 3_600_000;

/// The chart with its legend, a tooltip that follows pointer and arrow keys, and the same figures as a table.
#[component]
pub(super) fn RunsChart(parts: Memo<Vec<PartBar>>, part_ms: Memo<i64>) -> impl IntoView {
    let speech = use_speech();
    let is_table = RwSignal::new(false);
    let title = Signal::derive(move || {
        speech.say(&match part_ms.get() {
            part if part < HOUR_MS => HomeText::RunsByMinutes,
            HOUR_MS => HomeText::RunsByHour,
            part if part < 24 * HOUR_MS => HomeText::RunsByHours,
            _ => HomeText::RunsByDay,
        })
    });
    let summary = move || {
        let (runs, failed) = parts.with(|parts| {
            (
                parts.iter().map(total).sum(),
                parts.iter().map(|part| part.failed).sum(),
            )
        });
        speech.say(&HomeText::ChartSummary { runs, failed })
    };
    view! {
        <section class="panel hours" aria-labelledby="hours">
            <div class="panel-head">
                <h2 id="hours">{title}</h2>
                <div class="chart-legend">
                    <span class="legend-item">{t(HomeText::Succeeded)}</span>
                    <span class="legend-item legend-waited">{t(HomeText::SucceededAfterWaiting)}</span>
                    <span class="legend-item legend-failed">{t(HomeText::Failed)}</span>
                    <Button
                        kind=ButtonKind::Bare
                        icon="table"
                        label=t(KitText::ShowAsTable)
                        on_press=move || is_table.update(|table| *table = !*table)
                    />
                </div>
            </div>
            <p class="visually-hidden">{summary}</p>
            {move || {
                if is_table.get() {
                    view! { <PartsTable parts part_ms/> }.into_any()
                } else {
                    view! { <Plot parts part_ms title/> }.into_any()
                }
            }}
        </section>
    }
}

fn total(part: &PartBar) -> i64 {
    part.succeeded + part.waited + part.failed
}

#[component]
fn Plot(parts: Memo<Vec<PartBar>>, part_ms: Memo<i64>, title: Signal<String>) -> impl IntoView {
    let over = RwSignal::new(None::<usize>);
    // The chart loses the focus with its page too, when its signals go.
    let seen = move || over.try_get().flatten();
    let leave = move || {
        if over.try_get_untracked().flatten().is_some() {
            over.try_set(None);
        }
    };
    let number = Memo::new(move |_| parts.with(Vec::len));
    let lines =
        Memo::new(move |_| parts.with(|parts| scale(parts.iter().map(total).max().unwrap_or(0))));
    let top = Memo::new(move |_| lines.with(|lines| lines.last().copied().unwrap_or(1).max(1)));
    let on_key = move |event: KeyboardEvent| {
        let (here, last) = (
            over.get_untracked(),
            number.get_untracked().saturating_sub(1),
        );
        let next = match event.key().as_str() {
            "ArrowRight" => here.map_or(0, |here| (here + 1).min(last)),
            "ArrowLeft" => here.map_or(last, |here| here.saturating_sub(1)),
            "Home" => 0,
            "End" => last,
            "Escape" => return over.set(None),
            _ => return,
        };
        event.prevent_default();
        over.set(Some(next));
    };
    let grid = move || {
        lines
            .get()
            .into_iter()
            .map(|line| {
                let bottom = format!("bottom: {}", part(line, top.get()));
                view! { <div class="plot-line" style=bottom><span>{count(line)}</span></div> }
            })
            .collect_view()
    };
    let bars = move || {
        let top = top.get();
        parts
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, bar)| {
                let height = |value| format!("height: {}", part(value, top));
                view! {
                    <div
                        class="bar"
                        class:bar-over=move || seen() == Some(index)
                        on:pointerenter=move |_| over.set(Some(index))
                    >
                        <div class="bar-failed" style=height(bar.failed)></div>
                        <div class="bar-waited" style=height(bar.waited)></div>
                        <div class="bar-succeeded" style=height(bar.succeeded)></div>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <div
            class="plot"
            role="group"
            aria-label=title
            tabindex="0"
            on:keydown=on_key
            on:pointerleave=move |_| leave()
            on:blur=move |_| leave()
        >
            <div class="plot-area">
                {grid}
                <div class="bars">{bars}</div>
                <div aria-live="polite">
                    {move || {
                        let index = seen()?;
                        let bar = parts.with(|parts| parts.get(index).cloned())?;
                        Some(view! { <Tip bar index number=number.get() part_ms=part_ms.get()/> })
                    }}
                </div>
            </div>
            <Ticks parts part_ms/>
        </div>
    }
}

#[component]
fn Ticks(parts: Memo<Vec<PartBar>>, part_ms: Memo<i64>) -> impl IntoView {
    let (local, speech) = (use_local_time(), use_speech());
    let ticks = move || {
        let number = parts.with(Vec::len);
        // About eight labels, whatever the parts are.
        let every = (number / 8).max(1);
        let starts = parts.with(|parts| {
            parts
                .iter()
                .map(|part| part.at)
                .enumerate()
                .step_by(every)
                .collect::<Vec<_>>()
        });
        starts
            .into_iter()
            .map(|(index, at)| {
                let left = format!("left: {}", middle(index, number));
                let text = move || start(local.civil(at), part_ms.get(), speech.language());
                view! { <span style=left>{text}</span> }
            })
            .collect_view()
    };
    view! { <div class="plot-ticks" aria-hidden="true">{ticks}</div> }
}

/// Writes when a part began: the clock, for longer ones the day, too.
fn start(at: crate::i18n::Civil, part_ms: i64, language: Language) -> String {
    if part_ms <= HOUR_MS {
        return at.short_clock();
    }
    let day = match language {
        Language::English => {
            let date = at.date(language);
            date.rsplit_once(' ')
                .map_or(date.clone(), |(day, _)| day.to_owned())
        }
        Language::Japanese => format!("{}/{}", at.month, at.day),
    };
    if part_ms < 24 * HOUR_MS {
        format!("{day} {}", at.short_clock())
    } else {
        day
    }
}

#[component]
fn Tip(bar: PartBar, index: usize, number: usize, part_ms: i64) -> impl IntoView {
    let (local, speech) = (use_local_time(), use_speech());
    let span = move || {
        let from = start(local.civil(bar.at), part_ms, speech.language());
        if part_ms >= 24 * HOUR_MS {
            return from;
        }
        format!("{from} – {}", local.civil(bar.at + part_ms).short_clock())
    };
    let place = format!("left: {}", middle(index, number));
    view! {
        <div class="tip" class:tip-left={index * 2 > number} style=place>
            <p class="muted number">{span}</p>
            <p class="legend-item legend-failed">
                {t(HomeText::Failed)} <span class="number">{count(bar.failed)}</span>
            </p>
            <p class="legend-item legend-waited">
                {t(HomeText::Waited)} <span class="number">{count(bar.waited)}</span>
            </p>
            <p class="legend-item">
                {t(HomeText::Succeeded)} <span class="number">{count(bar.succeeded)}</span>
            </p>
        </div>
    }
}

#[component]
fn PartsTable(parts: Memo<Vec<PartBar>>, part_ms: Memo<i64>) -> impl IntoView {
    let (local, speech) = (use_local_time(), use_speech());
    let rows =
        move || {
            parts.get().into_iter().map(|bar| view! {
            <tr>
                <td class="cell-main number">
                    {move || start(local.civil(bar.at), part_ms.get(), speech.language())}
                </td>
                <td class="cell-number">{count(bar.succeeded)}</td>
                <td class="cell-number">{count(bar.waited)}</td>
                <td class="cell-number">{count(bar.failed)}</td>
            </tr>
        }).collect_view()
        };
    view! {
        <div class="table-wrap hours-table" tabindex="0" role="group" aria-labelledby="hours">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t(HomeText::Time)}</th>
                        <th scope="col" class="cell-number">{t(HomeText::Succeeded)}</th>
                        <th scope="col" class="cell-number">{t(HomeText::Waited)}</th>
                        <th scope="col" class="cell-number">{t(HomeText::Failed)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
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
