//! When a scheduled flow runs: filled in as words, or as cron fields where they say more; and what comes of it.

use flow::{FlowEdit, Schedule, Timetable, Unit};
use leptos::prelude::*;

use super::next_runs::NextRuns;
use crate::editor::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::{EditorText, KindText};

pub mod limits;
pub mod moments;

use limits::{DayField, OverlapField, WindowFields, ZoneField};
use moments::Moments;

/// The schedule of the flow; for a helper flow only the offer to have one.
#[component]
pub(super) fn ScheduleForm(editor: Editor) -> impl IntoView {
    let schedule = Memo::new(move |_| editor.board.flow.with(|flow| flow.schedule.clone()));
    let toggle = move |event: web_sys::Event| {
        let schedule = event_target_checked(&event).then(|| Schedule::daily(viewers_zone()));
        editor.edit(FlowEdit::Plan { schedule });
    };
    let is_planned = Memo::new(move |_| schedule.with(Option::is_some));
    view! {
        <section class="inspector-part">
            <h3>{t(EditorText::Schedule)}</h3>
            <label class="choose-row">
                <input type="checkbox" prop:checked=move || is_planned.get() on:change=toggle/>
                <span>{t(EditorText::RunOnSchedule)}</span>
            </label>
            {move || is_planned.get().then(|| view! { <Planned editor schedule/> })}
        </section>
    }
}

/// What the form reads and how it writes.
#[derive(Clone, Copy)]
pub struct Form {
    schedule: Signal<Schedule>,
    /// Nothing where only cron fields can say it.
    table: Memo<Option<Timetable>>,
    change: Callback<Schedule>,
    /// The beginning of the ids of its fields.
    name: &'static str,
    /// It plans runs, which may meet; imports never do.
    is_run: bool,
}

impl Form {
    /// Changes what stands beside the cron fields.
    fn edit(self, change: impl FnOnce(&mut Schedule)) {
        let mut schedule = self.schedule.get_untracked();
        change(&mut schedule);
        self.change.run(schedule);
    }

    /// Changes the timetable, and with it the cron fields.
    fn retime(self, change: impl FnOnce(&mut Timetable)) {
        let mut table = self.table.get_untracked().unwrap_or_default();
        change(&mut table);
        self.edit(|schedule| {
            schedule.window = schedule.shown_window();
            table.write(schedule, &today());
        });
    }
}

#[component]
fn Planned(editor: Editor, schedule: Memo<Option<Schedule>>) -> impl IntoView {
    let schedule = Signal::derive(move || schedule.get().unwrap_or_default());
    let table = Memo::new(move |_| Timetable::read(&schedule.get()));
    let change = Callback::new(move |schedule: Schedule| {
        editor.edit(FlowEdit::Plan {
            schedule: Some(schedule),
        });
    });
    let form = Form {
        schedule,
        table,
        change,
        name: "schedule",
        is_run: true,
    };
    view! { <Fields form/> }
}

/// The fields of a schedule that belongs to no flow.
#[component]
pub(crate) fn ScheduleFields(
    /// The schedule.
    #[prop(into)]
    schedule: Signal<Schedule>,
    /// It was changed.
    #[prop(into)]
    change: Callback<Schedule>,
    /// Tells its fields apart from those of another schedule on the page.
    name: &'static str,
) -> impl IntoView {
    let table = Memo::new(move |_| Timetable::read(&schedule.get()));
    let form = Form {
        schedule,
        table,
        change,
        name,
        is_run: false,
    };
    view! { <Fields form/> }
}

#[component]
fn Fields(form: Form) -> impl IntoView {
    let (schedule, table) = (form.schedule, form.table);
    let by_cron = RwSignal::new(table.with_untracked(Option::is_none));
    let is_cron = Memo::new(move |_| by_cron.get() || table.with(Option::is_none));
    view! {
        <div class="schedule-form">
            <Rhythm form by_cron is_cron/>
            {move || if is_cron.get() {
                view! { <CronFields form/> }.into_any()
            } else {
                view! { <Moments form/> }.into_any()
            }}
            <ZoneField form/>
            <WindowFields form/>
            <div class="schedule">
                <DayField form label=KindText::NotBefore read=|schedule| &mut schedule.starts/>
                <DayField form label=KindText::NotAfter read=|schedule| &mut schedule.ends/>
            </div>
            {form.is_run.then(|| view! { <OverlapField form/> })}
            <NextRuns schedule/>
        </div>
    }
}

const UNITS: [(&str, Unit, KindText); 5] = [
    ("minute", Unit::Minute, KindText::UnitMinutes),
    ("hour", Unit::Hour, KindText::UnitHours),
    ("day", Unit::Day, KindText::UnitDays),
    ("week", Unit::Week, KindText::UnitWeeks),
    ("month", Unit::Month, KindText::UnitMonths),
];

/// Every so many units.
#[component]
fn Rhythm(form: Form, by_cron: RwSignal<bool>, is_cron: Memo<bool>) -> impl IntoView {
    let count = move || {
        form.table
            .with(|table| table.as_ref().map_or(1, |table| table.count))
    };
    let unit = move || {
        let chosen = form
            .table
            .with(|table| table.as_ref().map(|table| table.unit));
        let word = UNITS.iter().find(|(_, unit, _)| Some(*unit) == chosen);
        word.filter(|_| !is_cron.get())
            .map_or("cron", |(word, ..)| word)
    };
    let choose = move |event: web_sys::Event| {
        let value = event_target_value(&event);
        match UNITS.iter().find(|(word, ..)| *word == value) {
            Some((_, unit, _)) => {
                by_cron.set(false);
                form.retime(|table| {
                    table.unit = *unit;
                    if *unit == Unit::Minute && table.count == 1 {
                        table.count = 15;
                    }
                    if *unit == Unit::Week && table.weekdays.is_empty() {
                        table.weekdays = vec![1];
                    }
                    if matches!(unit, Unit::Day | Unit::Month) {
                        table.weekdays.clear();
                    }
                });
            }
            None => by_cron.set(true),
        }
    };
    let option = move |word: &'static str, text: KindText| {
        view! { <option value=word selected=move || unit() == word prop:selected=move || unit() == word>{t(text)}</option> }
    };
    view! {
        <div class="schedule schedule-rhythm">
            {move || (!is_cron.get()).then(|| view! {
                <label class="schedule-field">
                    <span>{t(KindText::EveryCount)}</span>
                    <input
                        class="input number" type="number" min="1" max="1000"
                        prop:value=move || count().to_string()
                        on:change=move |event| {
                            let count = event_target_value(&event).parse().unwrap_or(1).clamp(1, 1_000);
                            form.retime(|table| table.count = count);
                        }
                    />
                </label>
            })}
            <label class="schedule-field">
                <span>{t(KindText::UnitOfTime)}</span>
                <select class="input select" on:change=choose>
                    {UNITS.map(|(word, _, text)| option(word, text)).collect_view()}
                    {option("cron", KindText::UnitCron)}
                </select>
            </label>
        </div>
    }
}

#[component]
fn CronFields(form: Form) -> impl IntoView {
    let field = move |label: EditorText, read: fn(&mut Schedule) -> &mut String| {
        let shown = move || read(&mut form.schedule.get()).clone();
        let set = move |event: web_sys::Event| {
            let text = event_target_value(&event).trim().to_owned();
            form.edit(|schedule| *read(schedule) = text);
        };
        view! {
            <label class="schedule-field">
                <span>{t(label)}</span>
                <input class="input mono" spellcheck="false" prop:value=shown on:change=set/>
            </label>
        }
    };
    view! {
        <div class="schedule">
            {field(EditorText::Minutes, |schedule| &mut schedule.minutes)}
            {field(EditorText::Hours, |schedule| &mut schedule.hours)}
            {field(EditorText::DayOfMonth, |schedule| &mut schedule.day_of_month)}
            {field(EditorText::Month, |schedule| &mut schedule.month)}
            {field(EditorText::DayOfWeek, |schedule| &mut schedule.day_of_week)}
        </div>
        <p class="hint">{t(EditorText::ScheduleHint)}</p>
    }
}

/// The day on the reader's clock, as schedules write it.
fn today() -> String {
    let now = js_sys::Date::new_0();
    format!(
        "{:04}-{:02}-{:02}",
        now.get_full_year(),
        now.get_month() + 1,
        now.get_date()
    )
}

/// The time zone of the reader, by its name in the tz database.
pub(crate) fn viewers_zone() -> String {
    let options = js_sys::Intl::DateTimeFormat::default().resolved_options();
    js_sys::Reflect::get(&options, &"timeZone".into())
        .ok()
        .and_then(|zone| zone.as_string())
        .unwrap_or_else(|| "UTC".to_owned())
}
