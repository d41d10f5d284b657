//! A date with its time: a grid of days that the keyboard walks as the ARIA Authoring Practices have it, and a clock.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use flow::literal::{Leap, leap, weeks};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::clock::to_local;
use crate::i18n::texts::{FieldText, KindText};
use crate::i18n::{Language, t, use_speech};
use crate::kit::Icon;

/// A calendar with a time of day, on the reader's clock.
#[component]
pub fn DatePicker(
    /// What is chosen.
    #[prop(into)]
    value: Signal<Option<NaiveDateTime>>,
    /// Another moment was chosen.
    #[prop(into)]
    on_change: Callback<NaiveDateTime>,
    /// The choice is made.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let now = now();
    let begins = value.get_untracked().unwrap_or(now).date();
    // The day that the keyboard is on; its month is shown.
    let here = RwSignal::new(begins);
    let time = Memo::new(move |_| {
        let at = value.get().map_or(NaiveTime::MIN, |value| value.time());
        at.with_nanosecond(0).unwrap_or(at)
    });
    let choose = move |day: NaiveDate| {
        here.set(day);
        on_change.run(day.and_time(time.get_untracked()));
    };
    let grid = NodeRef::<html::Table>::new();
    let focus_day = move || {
        request_animation_frame(move || {
            let grid = grid.try_get_untracked().flatten();
            let day = grid.and_then(|grid| grid.query_selector("[tabindex='0']").ok().flatten());
            if let Some(day) = day.and_then(|day| day.dyn_into::<HtmlElement>().ok())
                && day.focus().is_err()
            {
                leptos::logging::warn!("a day cannot be focused");
            }
        });
    };
    let on_key = move |event: KeyboardEvent| {
        let by = match (event.key().as_str(), event.shift_key()) {
            ("ArrowLeft", _) => Leap::Days(-1),
            ("ArrowRight", _) => Leap::Days(1),
            ("ArrowUp", _) => Leap::Days(-7),
            ("ArrowDown", _) => Leap::Days(7),
            ("Home", _) => Leap::WeekStart,
            ("End", _) => Leap::WeekEnd,
            ("PageUp", false) => Leap::Months(-1),
            ("PageDown", false) => Leap::Months(1),
            ("PageUp", true) => Leap::Months(-12),
            ("PageDown", true) => Leap::Months(12),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        here.update(|day| *day = leap(*day, by));
        focus_day();
    };
    Effect::new(move || {
        if grid.get().is_some() {
            focus_day();
        }
    });
    let set_time = move |event: web_sys::Event| {
        let text = event_target_value(&event);
        if let Some(minutes) = flow::time_of_day(&text) {
            let at = NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0);
            let day = value
                .get_untracked()
                .map_or(here.get_untracked(), |value| value.date());
            on_change.run(day.and_time(at.unwrap_or_default()));
        }
    };
    let shown_time = move || {
        let time = time.get();
        flow::write_time_of_day(time.hour() * 60 + time.minute())
    };
    view! {
        <div class="date-picker">
            <Months here/>
            <table class="date-grid" role="grid" aria-labelledby="date-month" node_ref=grid on:keydown=on_key>
                <thead><tr>{weekdays()}</tr></thead>
                <tbody>
                    {move || {
                        let shown = here.get();
                        let chosen = value.get().map(|value| value.date());
                        weeks(shown)
                            .into_iter()
                            .map(|week| {
                                let days = week.into_iter().map(|day| view! { <Day day shown chosen today=now.date() on_choose=choose/> });
                                view! { <tr>{days.collect_view()}</tr> }
                            })
                            .collect_view()
                    }}
                </tbody>
            </table>
            <div class="date-foot">
                <label class="date-time">
                    <span>{t(FieldText::TimeOfDay)}</span>
                    <input class="input" type="time" prop:value=shown_time on:change=set_time/>
                </label>
                <button class="button button-small" type="button" on:click=move |_| {
                    here.set(now.date());
                    on_change.run(now);
                }>{t(FieldText::Now)}</button>
                <button class="button button-small" type="button" on:click=move |_| on_done.run(())>{t(FieldText::Done)}</button>
            </div>
        </div>
    }
}

/// The month that is shown, and the way to others.
#[component]
fn Months(here: RwSignal<NaiveDate>) -> impl IntoView {
    let speech = use_speech();
    let name = move || {
        let day = here.get();
        match speech.language() {
            Language::English => day.format("%B %Y").to_string(),
            Language::Japanese => format!("{}年{}月", day.year(), day.month()),
        }
    };
    let step = move |by: i32| here.update(|day| *day = leap(*day, Leap::Months(by)));
    let (previous, next) = (t(FieldText::PreviousMonth), t(FieldText::NextMonth));
    view! {
        <div class="date-months">
            <button class="bar-button" type="button" aria-label=previous title=previous on:click=move |_| step(-1)><Icon name="chevron-left"/></button>
            <strong id="date-month" aria-live="polite">{name}</strong>
            <button class="bar-button" type="button" aria-label=next title=next on:click=move |_| step(1)><Icon name="chevron-right"/></button>
        </div>
    }
}

fn weekdays() -> impl IntoView {
    let names = [
        KindText::Sunday,
        KindText::Monday,
        KindText::Tuesday,
        KindText::Wednesday,
        KindText::Thursday,
        KindText::Friday,
        KindText::Saturday,
    ];
    let heads = names.map(|name| view! { <th scope="col">{t(name)}</th> });
    heads.into_iter().collect_view()
}

#[component]
fn Day(
    day: NaiveDate,
    shown: NaiveDate,
    chosen: Option<NaiveDate>,
    today: NaiveDate,
    #[prop(into)] on_choose: Callback<NaiveDate>,
) -> impl IntoView {
    let is_other = day.month() != shown.month();
    let is_chosen = chosen == Some(day);
    view! {
        <td>
            <button
                class="date-day number"
                class:other=is_other
                class:today=day == today
                type="button"
                tabindex=if day == shown { "0" } else { "-1" }
                aria-label=day.format("%Y-%m-%d").to_string()
                aria-pressed=is_chosen.to_string()
                aria-current=(day == today).then_some("date")
                on:click=move |_| on_choose.run(day)
            >
                {day.day()}
            </button>
        </td>
    }
}

/// This minute on the reader's clock.
fn now() -> NaiveDateTime {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970")]
    let millis = js_sys::Date::now() as i64;
    let utc = chrono::DateTime::from_timestamp_millis(millis - millis.rem_euclid(60_000));
    utc.map(to_local).unwrap_or_default()
}
