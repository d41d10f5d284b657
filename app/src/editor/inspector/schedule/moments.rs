//! When within the unit of time: day, hour, minute.

use flow::{Timetable, Unit, time_of_day, write_time_of_day};
use leptos::prelude::*;

use super::Form;
use crate::i18n::texts::KindText;
use crate::i18n::{t, use_speech};

/// When within the unit.
#[component]
pub(super) fn Moments(form: Form) -> impl IntoView {
    let table = Memo::new(move |_| form.table.get().unwrap_or_default());
    let unit = Memo::new(move |_| table.with(|table| table.unit));
    let time = move || {
        let table = table.get();
        write_time_of_day(table.hour * 60 + table.minute)
    };
    let set_time = move |event: web_sys::Event| {
        if let Some(minutes) = time_of_day(&event_target_value(&event)) {
            form.retime(|table| (table.hour, table.minute) = (minutes / 60, minutes % 60));
        }
    };
    move || {
        let at_time = matches!(unit.get(), Unit::Day | Unit::Week | Unit::Month).then(|| {
            view! {
                <label class="schedule-field">
                    <span>{t(KindText::AtTime)}</span>
                    <input class="input" type="time" prop:value=time on:change=set_time/>
                </label>
            }
        });
        let at_minute = (unit.get() == Unit::Hour).then(|| {
            view! {
                <label class="schedule-field">
                    <span>{t(KindText::AtMinute)}</span>
                    <input
                        class="input number" type="number" min="0" max="59"
                        prop:value=move || table.with(|table| table.minute.to_string())
                        on:change=move |event| {
                            let minute = event_target_value(&event).parse().unwrap_or(0).min(59);
                            form.retime(|table| table.minute = minute);
                        }
                    />
                </label>
            }
        });
        view! {
            {(unit.get() == Unit::Month).then(|| view! { <MonthFields form table/> })}
            {at_time}
            {at_minute}
            {matches!(unit.get(), Unit::Minute | Unit::Hour | Unit::Week).then(|| view! { <Weekdays form table/> })}
        }
    }
}

#[component]
fn MonthFields(form: Form, table: Memo<Timetable>) -> impl IntoView {
    let speech = use_speech();
    let option = |value: u32, label: String, chosen: u32| {
        view! { <option value=value.to_string() selected=value == chosen prop:selected=value == chosen>{label}</option> }
    };
    let days = move || {
        let chosen = table.with(|table| table.day);
        let last = speech.say(&KindText::LastDay);
        (1..=31)
            .map(|day| (day, day.to_string()))
            .chain([(Timetable::LAST_DAY, last)])
            .map(|(day, label)| option(day, label, chosen))
            .collect_view()
    };
    let months = move || {
        let (count, chosen) = table.with(|table| (table.count, table.month));
        (1..=count.min(12))
            .map(|month| {
                option(
                    month,
                    speech.say(&KindText::MonthNumber { n: month }),
                    chosen,
                )
            })
            .collect_view()
    };
    let has_first = Memo::new(move |_| {
        table.with(|table| table.count > 1 && 12_u32.is_multiple_of(table.count))
    });
    view! {
        <div class="schedule">
            <label class="schedule-field">
                <span>{t(KindText::OnDayOfMonth)}</span>
                <select class="input select" on:change=move |event| {
                    let day = event_target_value(&event).parse().unwrap_or(1);
                    form.retime(|table| table.day = day);
                }>{days}</select>
            </label>
            {move || has_first.get().then(|| view! {
                <label class="schedule-field">
                    <span>{t(KindText::FirstMonth)}</span>
                    <select class="input select" on:change=move |event| {
                        let month = event_target_value(&event).parse().unwrap_or(1);
                        form.retime(|table| table.month = month);
                    }>{months}</select>
                </label>
            })}
        </div>
    }
}

/// Monday first; stored with Sunday as 0.
const WEEK: [(u32, KindText); 7] = [
    (1, KindText::Monday),
    (2, KindText::Tuesday),
    (3, KindText::Wednesday),
    (4, KindText::Thursday),
    (5, KindText::Friday),
    (6, KindText::Saturday),
    (0, KindText::Sunday),
];

#[component]
fn Weekdays(form: Form, table: Memo<Timetable>) -> impl IntoView {
    // None chosen means all of them.
    let is_chosen = move |day: u32| {
        table.with(|table| table.weekdays.is_empty() || table.weekdays.contains(&day))
    };
    let toggle = move |day: u32, on: bool| {
        form.retime(|table| {
            let mut days: Vec<u32> = match table.weekdays.as_slice() {
                [] => (0..7).collect(),
                some => some.to_vec(),
            };
            days.retain(|known| *known != day);
            if on {
                days.push(day);
            }
            days.sort_unstable();
            table.weekdays = if days.len() == 7 { Vec::new() } else { days };
        });
    };
    view! {
        <fieldset class="weekdays">
            <legend>{t(KindText::OnDays)}</legend>
            {WEEK.map(|(day, text)| view! {
                <label class="weekday">
                    <input
                        type="checkbox"
                        prop:checked=move || is_chosen(day)
                        on:change=move |event| toggle(day, event_target_checked(&event))
                    />
                    <span>{t(text)}</span>
                </label>
            }).collect_view()}
        </fieldset>
    }
}
