//! The flow itself: description, what is kept, its schedule, its address.

use flow::{Access, FlowEdit, FlowKind, Schedule};
use leptos::prelude::*;

use crate::editor::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::{EditorText, KitText};
use crate::kit::Icon;

/// The flow itself.
#[component]
pub(super) fn AboutFlow(editor: Editor) -> impl IntoView {
    let board = editor.board;
    let flow = board.flow;
    let close = t(KitText::Close);
    view! {
        <header class="inspector-head">
            <span class="card-tile"><Icon name="workflow"/></span>
            <div class="card-names">
                <h2 class="ellipsis">{move || flow.with(|flow| flow.name.clone())}</h2>
                <p class="card-sub">{t(EditorText::AboutFlow)}</p>
            </div>
            <button class="bar-button" type="button" aria-label=close title=close on:click=move |_| editor.inspector.set(false)>
                <Icon name="x"/>
            </button>
        </header>
        <div class="inspector-body">
            <section class="inspector-part">
                <div class="field">
                    <label for="flow-description">{t(EditorText::Description)}</label>
                    <textarea
                        class="input"
                        id="flow-description"
                        rows="4"
                        prop:value=move || flow.with(|flow| flow.description.clone())
                        on:change=move |event| {
                            editor.edit(FlowEdit::Describe { description: event_target_value(&event) });
                        }
                    ></textarea>
                </div>
                <label class="choose-row">
                    <input
                        type="checkbox"
                        prop:checked=move || flow.with(|flow| flow.saves_data)
                        on:change=move |event| {
                            editor.edit(FlowEdit::KeepData { saves_data: event_target_checked(&event) });
                        }
                    />
                    <span>{t(EditorText::SaveData)}</span>
                </label>
            </section>
            <StartFacts editor/>
        </div>
    }
}

/// What starts the flow: its schedule or its address.
#[component]
pub(super) fn StartFacts(editor: Editor) -> impl IntoView {
    let kind = Memo::new(move |_| editor.board.flow.with(flow::Flow::kind));
    move || match kind.get() {
        FlowKind::Helper | FlowKind::Scheduled => Some(view! { <ScheduleForm editor/> }.into_any()),
        FlowKind::ApiEndpoint => Some(view! { <EndpointForm editor/> }.into_any()),
        FlowKind::Event | FlowKind::Delegated | FlowKind::Manual => None,
    }
}

#[component]
fn ScheduleForm(editor: Editor) -> impl IntoView {
    let schedule = Memo::new(move |_| editor.board.flow.with(|flow| flow.schedule.clone()));
    let toggle = move |event: web_sys::Event| {
        let schedule = event_target_checked(&event).then(daily);
        editor.edit(FlowEdit::Plan { schedule });
    };
    let field = move |label: EditorText, read: fn(&mut Schedule) -> &mut String| {
        let shown = move || {
            let mut schedule = schedule.get().unwrap_or_else(daily);
            read(&mut schedule).clone()
        };
        let set = move |event: web_sys::Event| {
            let mut schedule = schedule.get_untracked().unwrap_or_else(daily);
            *read(&mut schedule) = event_target_value(&event).trim().to_owned();
            editor.edit(FlowEdit::Plan {
                schedule: Some(schedule),
            });
        };
        view! {
            <label class="schedule-field">
                <span>{t(label)}</span>
                <input class="input mono" prop:value=shown on:change=set/>
            </label>
        }
    };
    view! {
        <section class="inspector-part">
            <h3>{t(EditorText::Schedule)}</h3>
            <label class="choose-row">
                <input type="checkbox" prop:checked=move || schedule.with(Option::is_some) on:change=toggle/>
                <span>{t(EditorText::RunOnSchedule)}</span>
            </label>
            {move || schedule.with(Option::is_some).then(|| view! {
                <div class="schedule">
                    {field(EditorText::Minutes, |schedule| &mut schedule.minutes)}
                    {field(EditorText::Hours, |schedule| &mut schedule.hours)}
                    {field(EditorText::DayOfMonth, |schedule| &mut schedule.day_of_month)}
                    {field(EditorText::Month, |schedule| &mut schedule.month)}
                    {field(EditorText::DayOfWeek, |schedule| &mut schedule.day_of_week)}
                    {field(EditorText::TimeZone, |schedule| &mut schedule.time_zone)}
                </div>
                <p class="hint">{t(EditorText::ScheduleHint)}</p>
            })}
        </section>
    }
}

/// Every day at nine.
fn daily() -> Schedule {
    Schedule {
        seconds: "0".to_owned(),
        minutes: "0".to_owned(),
        hours: "9".to_owned(),
        day_of_month: "*".to_owned(),
        month: "*".to_owned(),
        day_of_week: "*".to_owned(),
        time_zone: "UTC".to_owned(),
    }
}

#[component]
fn EndpointForm(editor: Editor) -> impl IntoView {
    let access = Memo::new(move |_| editor.board.flow.with(|flow| flow.access));
    let value = move || match access.get() {
        Some(Access::Public) => "public",
        Some(Access::OAuth) => "oauth",
        Some(Access::ClientToken) | None => "token",
    };
    let choose = move |event: web_sys::Event| {
        let access = match event_target_value(&event).as_str() {
            "public" => Access::Public,
            "oauth" => Access::OAuth,
            _ => Access::ClientToken,
        };
        editor.edit(FlowEdit::Open {
            access: Some(access),
        });
    };
    let option = move |name: &'static str, text: EditorText| {
        view! { <option value=name selected=move || value() == name prop:selected=move || value() == name>{t(text)}</option> }
    };
    view! {
        <section class="inspector-part">
            <h3>{t(EditorText::Endpoint)}</h3>
            <div class="field">
                <label for="flow-access">{t(EditorText::WhoMayCall)}</label>
                <select class="input select" id="flow-access" on:change=choose>
                    {option("token", EditorText::AccessToken)}
                    {option("oauth", EditorText::AccessOAuth)}
                    {option("public", EditorText::AccessPublic)}
                </select>
            </div>
            {move || editor.endpoint.get().map(|endpoint| view! {
                <div class="field">
                    <span class="label">{t(EditorText::InvokeUrl)}</span>
                    <code class="mono endpoint">{endpoint.url}</code>
                </div>
                {endpoint.client_token.map(|token| view! {
                    <div class="field">
                        <span class="label">{t(EditorText::ClientToken)}</span>
                        <code class="mono endpoint">{token}</code>
                    </div>
                })}
            })}
        </section>
    }
}
