//! What narrows a schedule: its time zone, times of the day, first and last day, and what happens when runs meet.

use flow::{Overlap, Schedule, Unit, Window};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Form, today};
use crate::i18n::t;
use crate::i18n::texts::{EditorText, KindText};
use crate::rpc;

#[component]
pub(super) fn ZoneField(form: Form) -> impl IntoView {
    let zones = RwSignal::new(Vec::<String>::new());
    Effect::new(move || {
        spawn_local(async move {
            if let Ok(known) = rpc::time_zones().await {
                zones.try_set(known);
            }
        });
    });
    let id = format!("{}-zone", form.name);
    let (list, note) = (format!("{id}-list"), format!("{id}-note"));
    view! {
        <div class="field">
            <label for=id.clone()>{t(EditorText::TimeZone)}</label>
            <input
                class="input" id=id list=list.clone() autocomplete="off" spellcheck="false"
                aria-describedby=note.clone()
                prop:value=move || form.schedule.with(|schedule| schedule.time_zone.clone())
                on:change=move |event| {
                    let zone = event_target_value(&event).trim().to_owned();
                    form.edit(|schedule| schedule.time_zone = zone);
                }
            />
            <datalist id=list>
                {move || zones.get().into_iter().map(|zone| view! { <option value=zone></option> }).collect_view()}
            </datalist>
            <p class="hint" id=note>{t(KindText::ZoneHint)}</p>
        </div>
    }
}

#[component]
pub(super) fn WindowFields(form: Form) -> impl IntoView {
    let window = Memo::new(move |_| form.schedule.with(Schedule::shown_window));
    let is_fine = Memo::new(move |_| {
        form.table.with(|table| {
            table
                .as_ref()
                .is_none_or(|table| matches!(table.unit, Unit::Minute | Unit::Hour))
        }) || window.with(Option::is_some)
    });
    let set = move |window: Option<Window>| {
        let is_timed = form.table.with_untracked(Option::is_some);
        let table = form.table.get_untracked().unwrap_or_default();
        form.edit(|schedule| {
            schedule.window = window;
            if is_timed {
                table.write(schedule, &today());
            }
        });
    };
    let field = move |label: KindText, read: fn(&mut Window) -> &mut String| {
        let shown = move || window.get().map(|mut window| read(&mut window).clone());
        view! {
            <label class="schedule-field">
                <span>{t(label)}</span>
                <input class="input" type="time" prop:value=shown on:change=move |event| {
                    if let Some(mut changed) = window.get_untracked() {
                        *read(&mut changed) = event_target_value(&event);
                        set(Some(changed));
                    }
                }/>
            </label>
        }
    };
    move || {
        is_fine.get().then(|| view! {
            <label class="choose-row">
                <input
                    type="checkbox"
                    prop:checked=move || window.with(Option::is_some)
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        set(on.then(|| Window { from: "09:00".to_owned(), to: "17:00".to_owned() }));
                    }
                />
                <span>{t(KindText::OnlyBetween)}</span>
            </label>
            {move || window.with(Option::is_some).then(|| view! {
                <div class="schedule">
                    {field(KindText::WindowFrom, |window| &mut window.from)}
                    {field(KindText::WindowTo, |window| &mut window.to)}
                </div>
            })}
        })
    }
}

#[component]
pub(super) fn DayField(
    form: Form,
    label: KindText,
    read: fn(&mut Schedule) -> &mut Option<String>,
) -> impl IntoView {
    let shown = move || {
        let day = read(&mut form.schedule.get()).clone().unwrap_or_default();
        day.chars().take(10).collect::<String>()
    };
    view! {
        <label class="schedule-field">
            <span>{t(label)}</span>
            <input class="input" type="date" prop:value=shown on:change=move |event| {
                let day = event_target_value(&event);
                form.edit(|schedule| *read(schedule) = (!day.is_empty()).then_some(day));
            }/>
        </label>
    }
}

#[component]
pub(super) fn OverlapField(form: Form) -> impl IntoView {
    let is_queue = move || {
        form.schedule
            .with(|schedule| schedule.overlap == Overlap::Queue)
    };
    view! {
        <div class="field">
            <label for="schedule-overlap">{t(KindText::OverlapLabel)}</label>
            <select class="input select" id="schedule-overlap" on:change=move |event| {
                let overlap = if event_target_value(&event) == "queue" { Overlap::Queue } else { Overlap::Skip };
                form.edit(|schedule| schedule.overlap = overlap);
            }>
                <option value="skip" selected=move || !is_queue() prop:selected=move || !is_queue()>{t(KindText::OverlapSkip)}</option>
                <option value="queue" selected=is_queue prop:selected=is_queue>{t(KindText::OverlapQueue)}</option>
            </select>
            <p class="hint">{t(KindText::OverlapHint)}</p>
        </div>
    }
}
