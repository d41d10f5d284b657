//! The timeline: one row per card in order of start, a bar from start to end, attempts and waits inside it.

use api::{RunView, StepRun, StepState};
use flow::StepId;
use leptos::prelude::*;

use super::state_text;
use crate::canvas::board::Board;
use crate::card::{Tile, state_icon, took};
use crate::i18n::texts::TraceText;
use crate::i18n::{duration_ms, t, use_speech};
use crate::kit::Icon;

/// A row of the timeline.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    step: StepId,
    state: Option<StepState>,
    /// Nesting, from 0.
    depth: usize,
    is_container: bool,
    lane: Option<String>,
    took_us: Option<i64>,
    pieces: Vec<Piece>,
    passes: usize,
}

/// A piece of a bar, in percent of the whole.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    kind: &'static str,
    from: f64,
    length: f64,
}

/// The timeline.
#[component]
pub fn Timeline(
    /// Whose run.
    board: Board,
    /// Without its own heading: what stands around it has one.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let speech = use_speech();
    let rows = Memo::new(move |_| {
        board
            .run
            .with(|run| run.as_ref().map(|run| rows(run)).unwrap_or_default())
    });
    let span = move || {
        board
            .run
            .with(|run| run.as_ref().map_or(1, |run| span_us(run)))
    };
    let ticks = move || {
        ticks(span())
            .into_iter()
            .map(|(at, us)| view! { <span class="tick number" style:left=format!("{at:.2}%")>{duration_ms(us / 1000, speech.language())}</span> })
            .collect_view()
    };
    view! {
        <section class="timeline" data-region=(!bare).then_some("6") aria-label=t(TraceText::Timeline)>
            <header class="timeline-head" class:timeline-bare=bare>
                {(!bare).then(|| view! { <h2>{t(TraceText::Timeline)}</h2> })}
                <ul class="legend">
                    <li><span class="legend-mark" data-kind="working"></span>{t(TraceText::Working)}</li>
                    <li><span class="legend-mark" data-kind="waiting"></span>{t(TraceText::WaitingToRetry)}</li>
                    <li><span class="legend-mark" data-kind="failed"></span>{t(TraceText::FailedAttempt)}</li>
                </ul>
            </header>
            <div class="timeline-scale" aria-hidden="true">
                <span class="timeline-card">{t(TraceText::Card)}</span>
                <span class="timeline-track">{ticks}</span>
                <span class="timeline-took">{t(TraceText::Duration)}</span>
            </div>
            <ol class="timeline-rows">
                <For each=move || rows.get() key=|row| format!("{row:?}") let(row)>
                    <TimelineRow board row/>
                </For>
            </ol>
        </section>
    }
}

#[component]
fn TimelineRow(board: Board, row: Row) -> impl IntoView {
    let speech = use_speech();
    let id = row.step.clone();
    let is_selected = {
        let id = id.clone();
        move || board.selected.read().as_ref() == Some(&id)
    };
    let marked = is_selected.clone();
    let family = untrack(|| board.family(&id));
    let (titled, numbered, iconed) = (id.clone(), id.clone(), id.clone());
    let title = move || board.title(&titled);
    let number = move || board.number(&numbered);
    let icon = Signal::derive(move || {
        board
            .names(|names| {
                let step = names.flow.step(&iconed)?;
                names
                    .catalogue
                    .card(&step.card)
                    .map(|spec| spec.icon.clone())
            })
            .unwrap_or_else(|| "plug".to_owned())
    });
    let pieces = row.pieces.iter().map(|piece| {
        view! { <span class="piece" data-kind=piece.kind style:left=format!("{:.3}%", piece.from) style:width=format!("max({:.3}%, 3px)", piece.length)></span> }
    });
    let pieces = pieces.collect_view();
    let (took_us, state) = (row.took_us, row.state);
    let time = move || match (took_us, state) {
        (Some(us), Some(_)) => took(us, speech),
        // The card and the head of the page say it; the column has no room for it.
        (None, Some(StepState::OutcomeUnknown)) => "?".to_owned(),
        (None, Some(state)) => t(state_text(Some(state))).get(),
        _ => "–".to_owned(),
    };
    view! {
        <li data-family=family class:selected=marked>
            <button
                class="timeline-row"
                type="button"
                data-state=row.state.map(crate::card::state_name)
                aria-pressed=move || is_selected().to_string()
                on:click=move |_| {
                    board.selected.set(Some(id.clone()));
                    board.reveal(&id);
                }
            >
                <span class="timeline-card" style:--depth=row.depth.to_string()>
                    <span class="card-number number">{number}</span>
                    <Tile icon/>
                    <span class="ellipsis">{title}</span>
                    {row.lane.clone().map(|lane| view! { <span class="muted">{lane.to_uppercase()}</span> })}
                    {(row.passes > 1).then(|| view! { <span class="muted number">"× "{row.passes}</span> })}
                </span>
                <span class="timeline-track" class:is-frame=row.is_container>{pieces}</span>
                <span class="timeline-took number">
                    {(row.state == Some(StepState::Failed)).then(|| view! { <Icon name=state_icon(row.state)/> })}
                    {time}
                </span>
            </button>
        </li>
    }
}

/// The length of the run so far, at least a millisecond.
fn span_us(run: &RunView) -> i64 {
    let last = run
        .steps
        .iter()
        .map(|did| end_us(run, did))
        .max()
        .unwrap_or(0);
    last.max(run.row.duration_ms.unwrap_or(0) * 1_000)
        .max(1_000)
}

fn start_us(run: &RunView, did: &StepRun) -> i64 {
    (did.started_at - run.row.started_at).max(0) * 1_000
}

fn end_us(run: &RunView, did: &StepRun) -> i64 {
    start_us(run, did) + did.took_us.unwrap_or(0)
}

/// The rows in reading order: cards that were not reached keep theirs, several passes share one.
fn rows(run: &RunView) -> Vec<Row> {
    let mut found = Vec::new();
    collect(run, &run.flow.steps, 0, &mut found);
    found
}

fn collect(run: &RunView, steps: &[flow::Step], depth: usize, found: &mut Vec<Row>) {
    for step in steps.iter().filter(|step| !step.is_note()) {
        let passes: Vec<&StepRun> = run.steps.iter().filter(|did| did.step == step.id).collect();
        let worst = passes
            .iter()
            .find(|did| did.state == StepState::Failed)
            .or(passes.last());
        let is_container = !step.lanes.is_empty();
        let taken = worst.and_then(|did| did.lane.clone());
        found.push(Row {
            step: step.id.clone(),
            state: worst.map(|did| did.state),
            depth,
            is_container,
            lane: taken.clone(),
            took_us: total(&passes),
            pieces: passes
                .iter()
                .flat_map(|did| pieces(run, did, is_container))
                .collect(),
            passes: passes.len(),
        });
        for lane in &step.lanes {
            let is_taken = taken
                .as_deref()
                .is_none_or(|taken| taken == lane.id.as_str() || lane.id.as_str() == "try");
            if is_taken {
                collect(run, &lane.steps, depth + 1, found);
            }
        }
    }
}

fn total(passes: &[&StepRun]) -> Option<i64> {
    let took: Vec<i64> = passes.iter().filter_map(|did| did.took_us).collect();
    (!took.is_empty()).then(|| took.iter().sum())
}

/// The pieces of one pass: a card with several calls shows each attempt and the waits between them.
fn pieces(run: &RunView, did: &StepRun, is_container: bool) -> Vec<Piece> {
    #[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
    let percent = |us: i64| us as f64 * 100.0 / span_us(run) as f64;
    let (start, end) = (start_us(run, did), end_us(run, did).max(start_us(run, did)));
    let whole = |kind| {
        vec![Piece {
            kind,
            from: percent(start),
            length: percent(end - start),
        }]
    };
    if is_container {
        return whole("frame");
    }
    if did.calls.len() < 2 {
        return whole(match did.state {
            StepState::Failed => "failed",
            StepState::Waiting => "waiting",
            StepState::Running => "running",
            StepState::Succeeded | StepState::OutcomeUnknown => "working",
        });
    }
    let mut pieces = Vec::new();
    let mut before = start;
    for call in &did.calls {
        let from = ((call.at - run.row.started_at).max(0) * 1_000).max(before);
        if from > before {
            pieces.push(Piece {
                kind: "waiting",
                from: percent(before),
                length: percent(from - before),
            });
        }
        let is_bad = call.status.is_none_or(|status| status >= 400);
        let length = call.took_ms.max(0) * 1_000;
        pieces.push(Piece {
            kind: if is_bad { "failed" } else { "working" },
            from: percent(from),
            length: percent(length),
        });
        before = from + length;
    }
    pieces
}

/// At most seven round marks for a span, as places in percent and microseconds.
fn ticks(span: i64) -> Vec<(f64, i64)> {
    const MOST: i64 = 7;
    let mut step = 1_000;
    for factor in [2, 5, 10].into_iter().cycle() {
        if span / step <= MOST {
            break;
        }
        let power = 10_i64.pow(step.ilog10());
        step = match factor {
            10 => power * 10,
            _ => power * factor,
        };
    }
    #[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
    let percent = |us: i64| us as f64 * 100.0 / span as f64;
    (0..=span / step)
        .map(|index| (percent(index * step), index * step))
        .filter(|(at, _)| *at < 96.0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_few() {
        for (span, step) in [
            (6_840_000, 1_000_000),
            (1_000, 1_000),
            (90_000, 20_000),
            (12_000_000, 2_000_000),
        ] {
            let found = ticks(span);
            assert!(found.len() <= 8, "{span}: {found:?}");
            if let [_, second, ..] = found.as_slice() {
                assert_eq!(second.1, step, "{span}");
            }
        }
    }
}
