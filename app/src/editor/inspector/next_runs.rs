//! What comes of a schedule: the next five moments, on the flow's clock and on the reader's.

use api::{SchedulePlan, ScheduleProblem};
use flow::Schedule;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::texts::KindText;
use crate::i18n::{Civil, t, use_local_time, use_speech};
use crate::rpc;

/// The next moments, asked anew whenever the schedule changes.
#[component]
pub(super) fn NextRuns(schedule: Signal<Schedule>) -> impl IntoView {
    let plan = RwSignal::new(None::<SchedulePlan>);
    let asked = StoredValue::new(0_u32);
    Effect::new(move || {
        let schedule = schedule.get();
        asked.update_value(|asked| *asked += 1);
        let mine = asked.get_value();
        spawn_local(async move {
            let answer = rpc::plan_schedule(schedule).await;
            // An answer to an earlier question is no longer of interest.
            if asked.try_get_value() == Some(mine) {
                plan.try_set(answer.ok());
            }
        });
    });
    let zone = Memo::new(move |_| schedule.with(|schedule| schedule.time_zone.clone()));
    view! {
        <section class="next-runs" aria-live="polite">
            <h4>{t(KindText::NextRuns)}</h4>
            {move || plan.get().map(|plan| match plan.problem {
                Some(problem) => view! { <p class="field-error" role="alert">{t(problem_text(problem))}</p> }.into_any(),
                None => view! { <Times plan zone=zone.get()/> }.into_any(),
            })}
        </section>
    }
}

#[component]
fn Times(plan: SchedulePlan, zone: String) -> impl IntoView {
    let (speech, clock) = (use_speech(), use_local_time());
    let rows = plan.next.into_iter().map(|run| {
        let local = move || {
            let civil = Civil::utc(run.local);
            format!("{} {}", civil.date(speech.language()), civil.short_clock())
        };
        let yours = move || {
            let civil = clock.civil(run.at);
            format!("{} {}", civil.date(speech.language()), civil.short_clock())
        };
        view! {
            <tr>
                <td class="number">{local}" "<span class="muted">{run.zone.clone()}</span></td>
                <td class="number">{yours}</td>
            </tr>
        }
    });
    view! {
        <table class="next-runs-table">
            <thead>
                <tr>
                    <th scope="col">{t(KindText::InFlowZone { zone })}</th>
                    <th scope="col">{t(KindText::InYourZone)}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

fn problem_text(problem: ScheduleProblem) -> KindText {
    match problem {
        ScheduleProblem::TimeZone => KindText::WrongZone,
        ScheduleProblem::Fields => KindText::WrongFields,
        ScheduleProblem::Limits => KindText::WrongLimits,
        ScheduleProblem::Never => KindText::NeverRuns,
    }
}
