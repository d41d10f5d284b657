//! The four figures, each with its course and compared with the same span before.

use api::{Figures, Home, HomeQuery, HomeSpan, PartBar};
use leptos::prelude::*;

use super::figure::Figure;
use crate::i18n::texts::HomeText;
use crate::i18n::{count, duration_ms, percent, t, use_speech};

/// Runs, success, time, waiting.
#[component]
pub(super) fn FigureRow(home: RwSignal<Home>, query: Memo<HomeQuery>) -> impl IntoView {
    let speech = use_speech();
    let now = Memo::new(move |_| home.with(|home| home.figures.clone()));
    let before = Memo::new(move |_| home.with(|home| home.before.clone()));
    let parts = Memo::new(move |_| home.with(|home| home.parts.clone()));
    let course = move |value: fn(&PartBar) -> Option<i64>| {
        Signal::derive(move || parts.with(|parts| parts.iter().map(value).collect::<Vec<_>>()))
    };
    let compared = move |change: Option<String>| {
        let is_month = query.with(|query| query.span == HomeSpan::Month);
        speech.say(&match (change, is_month) {
            (Some(change), false) => HomeText::OnLastWeek { change },
            (Some(change), true) => HomeText::OnLastMonth { change },
            (None, false) => HomeText::NoneLastWeek,
            (None, true) => HomeText::NoneLastMonth,
        })
    };
    let length = move |ms: Option<i64>| match ms {
        Some(ms) => duration_ms(ms, speech.language()),
        None => "–".to_owned(),
    };
    let ended = |figures: &Figures| figures.succeeded + figures.failed;
    view! {
        <dl class="figures">
            <Figure
                name=t(HomeText::Runs)
                figure=Signal::derive(move || count(now.with(|now| now.runs)))
                note=Signal::derive(move || compared(growth(now.with(|now| now.runs), before.with(|before| before.runs))))
                tone="runs"
                course=course(|part| Some(part.succeeded + part.waited + part.failed))
            />
            <Figure
                name=t(HomeText::Succeeded)
                figure=Signal::derive(move || now.with(|now| percent(now.succeeded, ended(now))))
                note=Signal::derive(move || compared(points(&now.get(), &before.get())))
                is_worse=Signal::derive(move || is_worse(&now.get(), &before.get()))
                tone="good"
                course=course(|part| {
                    let all = part.succeeded + part.waited + part.failed;
                    (all > 0).then(|| (part.succeeded + part.waited) * 1_000 / all)
                })
            />
            <Figure
                name=t(HomeText::MedianRun)
                figure=Signal::derive(move || length(now.with(|now| now.median_ms)))
                note=Signal::derive(move || speech.say(&HomeText::P95 { took: length(now.with(|now| now.p95_ms)) }))
                tone="time"
                course=course(|part| part.median_ms)
            />
            <Figure
                name=t(HomeText::WaitedForOkta)
                figure=Signal::derive(move || length(Some(now.with(|now| now.waited_ms))))
                note=Signal::derive(move || speech.say(&HomeText::Lost { n: now.with(|now| now.lost) }))
                is_worse=Signal::derive(move || now.with(|now| now.lost > 0))
                tone="waited"
                course=course(|part| Some(part.waited_ms))
            />
        </dl>
    }
}

/// By how much more or less there is, in percent; nothing where there was nothing.
fn growth(now: i64, before: i64) -> Option<String> {
    if before <= 0 {
        return None;
    }
    let change = i128::from(now - before) * 200 / i128::from(before);
    let percent = (change + change.signum()) / 2;
    let percent = i64::try_from(percent).unwrap_or(i64::MAX);
    Some(match percent {
        0 => "±0%".to_owned(),
        1.. => format!("+{}%", count(percent)),
        _ => format!("{}%", count(percent)),
    })
}

/// Tenths of a percent that succeeded.
fn success(figures: &Figures) -> Option<i64> {
    let all = figures.succeeded + figures.failed;
    (all > 0).then(|| figures.succeeded * 1_000 / all)
}

/// By how many points success grew or shrank.
fn points(now: &Figures, before: &Figures) -> Option<String> {
    let before = success(before)?;
    let change = success(now).unwrap_or(before) - before;
    let sign = match change {
        0 => "±",
        1.. => "+",
        _ => "−",
    };
    Some(format!("{sign}{}.{}", change.abs() / 10, change.abs() % 10))
}

/// Clearly fewer runs succeed than before.
fn is_worse(now: &Figures, before: &Figures) -> bool {
    match (success(now), success(before)) {
        (Some(now), Some(before)) => now + 5 <= before,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(succeeded: i64, failed: i64) -> Figures {
        Figures {
            succeeded,
            failed,
            ..Figures::default()
        }
    }

    #[test]
    fn growth_is_rounded_and_has_a_sign() {
        for (now, before, text) in [
            (112, 100, Some("+12%")),
            (50, 100, Some("−50%")),
            (100, 100, Some("±0%")),
            (9, 0, None),
            (0, 3, Some("−100%")),
            (5_000, 2, Some("+249,900%")),
        ] {
            assert_eq!(growth(now, before).as_deref(), text, "{now} {before}");
        }
    }

    #[test]
    fn success_is_compared_in_points() {
        let (good, bad) = (figures(997, 3), figures(988, 12));
        assert_eq!(points(&bad, &good).as_deref(), Some("−0.9"));
        assert_eq!(points(&good, &bad).as_deref(), Some("+0.9"));
        assert_eq!(points(&good, &figures(0, 0)), None);
        assert!(is_worse(&bad, &good) && !is_worse(&good, &bad));
    }
}
