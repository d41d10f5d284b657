//! The run panel below the canvas: the run that was started here, card by card, while it goes on.

use api::RunStatus;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

use super::state::Editor;
use super::trial::kind_text;
use crate::i18n::t;
use crate::i18n::texts::{KitText, RunningText};
use crate::kit::{Button, ButtonKind, ErrorBox, LinkButton, Loading, RunTag, Tag, Tone};
use crate::live::use_run_news;
use crate::pages::run_page::again::AgainButton;
use crate::pages::run_page::cancel::CancelRun;
use crate::pages::run_page::{PanelTabs, PanelView};

const LOWEST: f64 = 120.0;
const HIGHEST: f64 = 640.0;
const STEP: f64 = 24.0;

/// The run panel.
#[component]
pub fn RunPanel(editor: Editor) -> impl IntoView {
    let (board, trials) = (editor.board, editor.trials);
    let is_private = Memo::new(move |_| {
        board
            .run
            .with(|run| run.as_ref().is_some_and(|run| run.is_private))
    });
    let has_run = move || board.run.with(Option::is_some);
    view! {
        <section
            class="run-panel"
            data-region="6"
            aria-label=t(RunningText::Panel)
            style:height=move || format!("{:.0}px", trials.height.get())
            on:keydown=move |event| editor.leave_panel(&event)
        >
            <Handle editor/>
            <header class="run-panel-head">
                <PanelTabs board/>
                <State editor/>
                <span class="run-panel-space"></span>
                <Actions editor/>
            </header>
            <div class="run-panel-body">
                {move || is_private.get().then(|| view! { <p class="hint run-panel-empty">{t(RunningText::NotKept)}</p> })}
                {move || match (trials.refused.get(), trials.run.read().is_some(), has_run()) {
                    (Some(refusal), _, false) => view! { <ErrorBox refusal/> }.into_any(),
                    (_, true, false) => view! { <Loading/> }.into_any(),
                    (_, false, _) => view! { <p class="hint run-panel-empty">{t(RunningText::NoRunYet)}</p> }.into_any(),
                    _ => view! { <PanelView board/> }.into_any(),
                }}
            </div>
        </section>
    }
}

/// Listens to what becomes of the run that is watched, also while the panel is closed.
#[component]
pub fn RunWatcher(editor: Editor) -> impl IntoView {
    let trials = editor.trials;
    let is_watching = Memo::new(move |_| trials.run.read().is_some());
    move || is_watching.get().then(|| view! { <Listener editor/> })
}

#[component]
fn Listener(editor: Editor) -> impl IntoView {
    let trials = editor.trials;
    let news = use_run_news(move |news| {
        let watched = trials.run.try_get_untracked().flatten();
        watched.is_some() && (watched.as_ref() == Some(&news.id) || watched == news.parent)
    });
    Effect::new(move || {
        news.track();
        trials.run.track();
        editor.fetch_run();
    });
    Effect::new(move || {
        if editor.board.traced.asked.read().is_some() {
            trials.open.set(true);
        }
    });
}

/// What ran, and where it stands.
#[component]
fn State(editor: Editor) -> impl IntoView {
    let row =
        Memo::new(move |_| (editor.board.run).with(|run| run.as_ref().map(|run| run.row.clone())));
    let last = move || {
        let run = editor.board.run.get()?;
        let last = run.steps.iter().find(|did| did.is_last)?;
        let number = editor.board.number(&last.step)?;
        (run.row.status == RunStatus::Stopped).then_some(number)
    };
    move || {
        let row = row.get()?;
        let state = match (last(), row.status) {
            (Some(number), _) => {
                let text = t(RunningText::StoppedAt { number });
                view! { <Tag tone=Tone::Ok icon="circle-pause">{text}</Tag> }.into_any()
            }
            (None, status) => view! { <RunTag status/> }.into_any(),
        };
        Some(view! {
            <span class="run-panel-state">
                {state}
                <span class="muted">{t(kind_text(row.trial))}</span>
            </span>
        })
    }
}

#[component]
fn Actions(editor: Editor) -> impl IntoView {
    let (board, trials) = (editor.board, editor.trials);
    let pins = Memo::new(move |_| board.flow.with(|flow| flow.pins.len()));
    let run = Memo::new(move |_| {
        board
            .run
            .with(|run| run.as_ref().map(|run| run.row.id.clone()))
    });
    view! {
        {move || (pins.get() > 0).then(|| view! {
            <Button kind=ButtonKind::Bare icon="pin" on_press=move || editor.unpin_all()>{t(RunningText::UnpinAll { n: pins.get() })}</Button>
        })}
        <CancelRun board/>
        {move || run.get().map(|id| view! {
            <AgainButton board on_started=move |run| { board.tried.base.set(None); editor.watch(run) }/>
            <LinkButton href=format!("/runs/{id}") icon="external-link">{t(RunningText::OpenRun)}</LinkButton>
            <Button kind=ButtonKind::Bare on_press=move || editor.forget_runs()>{t(RunningText::ClearValues)}</Button>
        })}
        <Button kind=ButtonKind::Bare icon="x" label=t(KitText::Close) on_press=move || trials.open.set(false)/>
    }
}

/// The upper edge, by which the panel is made higher and lower.
#[component]
fn Handle(editor: Editor) -> impl IntoView {
    let height = editor.trials.height;
    let from = StoredValue::new(None::<(f64, f64)>);
    let set = move |to: f64| height.set(to.clamp(LOWEST, HIGHEST));
    let take = move |event: PointerEvent| {
        use wasm_bindgen::JsCast;
        let element = event
            .current_target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if element.is_some_and(|element| element.set_pointer_capture(event.pointer_id()).is_ok()) {
            from.set_value(Some((f64::from(event.client_y()), height.get_untracked())));
        }
    };
    let drag = move |event: PointerEvent| {
        if let Some((y, was)) = from.get_value() {
            set(was + y - f64::from(event.client_y()));
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => STEP,
            "ArrowDown" => -STEP,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        set(height.get_untracked() + by);
    };
    view! {
        <div
            class="run-panel-handle"
            role="separator"
            tabindex="0"
            aria-orientation="horizontal"
            aria-label=t(RunningText::Resize)
            aria-valuemin=LOWEST.to_string()
            aria-valuemax=HIGHEST.to_string()
            aria-valuenow=move || format!("{:.0}", height.get())
            on:pointerdown=take
            on:pointermove=drag
            on:pointerup=move |_| from.set_value(None)
            on:pointercancel=move |_| from.set_value(None)
            on:keydown=on_key
        ></div>
    }
}
