//! When imports begin by themselves.

use api::ImportTimetable;
use flow::Schedule;
use leptos::prelude::*;

use super::Draft;
use super::choices::Truth;
use crate::editor::inspector::schedule::{ScheduleFields, viewers_zone};
use crate::i18n::t;
use crate::i18n::texts::RuleText;

/// One of the two schedules.
type Read = fn(&mut ImportTimetable) -> &mut Option<Schedule>;

/// Both schedules.
#[component]
pub(super) fn TimetablePanel(draft: Draft) -> impl IntoView {
    view! {
        <section class="panel">
            <div class="panel-head"><h2>{t(RuleText::Timetable)}</h2></div>
            <p class="panel-lead">{t(RuleText::TimetableText)}</p>
            <div class="panel-body rule-choices">
                <One draft text=RuleText::PlanChanges name="changes" read=|table: &mut ImportTimetable| &mut table.changes/>
                <One draft text=RuleText::PlanFull name="full" read=|table: &mut ImportTimetable| &mut table.full/>
                <p class="hint">{t(RuleText::FullNeeded)}</p>
            </div>
        </section>
    }
}

#[component]
fn One(draft: Draft, text: RuleText, name: &'static str, read: Read) -> impl IntoView {
    let schedule = Memo::new(move |_| read(&mut draft.timetable.get()).clone());
    let is_on = Memo::new(move |_| schedule.with(Option::is_some));
    let set = move |schedule: Option<Schedule>| {
        draft.timetable.update(|table| *read(table) = schedule);
    };
    let shown = Signal::derive(move || schedule.get().unwrap_or_default());
    view! {
        <Truth text is=is_on set=move |on: bool| set(on.then(|| Schedule::daily(viewers_zone())))/>
        {move || is_on.get().then(|| view! {
            <div class="rule-schedule">
                <ScheduleFields schedule=shown change=move |schedule| set(Some(schedule)) name/>
            </div>
        })}
    }
}
