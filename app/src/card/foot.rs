//! The foot of a card: help, fields and error handling while editing; state and time in a run.

use api::{StepRun, StepState};
use flow::{Severity, StepId};
use leptos::prelude::*;

use crate::canvas::board::{Board, use_board};
use crate::canvas::traced::{PASSES, Walk, goes_round};
use crate::editor::{Editor, problem_text, use_editor};
use crate::i18n::texts::CanvasText;
use crate::i18n::{Speech, duration_ms, t, use_speech};
use crate::kit::Icon;

/// The foot.
#[component]
pub(super) fn Foot(id: StepId) -> impl IntoView {
    let board = use_board();
    match use_editor() {
        Some(editor) => view! { <EditFoot editor id/> }.into_any(),
        None if board.marks.is_comparing() => {
            view! { <footer class="card-foot"></footer> }.into_any()
        }
        None if board.is_run() => view! { <RunFoot id/> }.into_any(),
        None => ().into_any(),
    }
}

#[component]
fn EditFoot(editor: Editor, id: StepId) -> impl IntoView {
    let (board, speech) = (editor.board, use_speech());
    let step = board.step(&id);
    let handles = Memo::new(move |_| {
        step.with(|step| {
            step.as_ref()
                .is_some_and(|step| !step.on_error.is_default())
        })
    });
    let has_note = Memo::new(move |_| {
        step.with(|step| {
            step.as_ref()
                .is_some_and(|step| step.note.is_some() && !step.is_note())
        })
    });
    let trouble = problem_line(board, speech, &id);
    let count = Memo::new(move |_| {
        step.with(|step| {
            let step = step.as_ref()?;
            let all = board
                .catalogue
                .with(|catalogue| catalogue.card(&step.card).map(|spec| spec.outputs.len()))?;
            let shown = step.outputs.iter().filter(|output| !output.hidden).count();
            (all > shown).then(|| speech.say(&CanvasText::OutputsOf { shown, all }))
        })
    });
    let tried = super::trial::TrialState::of(board, &id);
    let pinned = id.clone();
    let open = move |tab: &'static str| {
        let id = id.clone();
        move |_| {
            board.selected.set(Some(id.clone()));
            editor.tab.set(tab);
            editor.inspector.set(true);
        }
    };
    let button = |icon: &'static str, text: CanvasText| (icon, t(text));
    let [help, fields, errors] = [
        button("circle-question-mark", CanvasText::Help),
        button("list-checks", CanvasText::ChooseFields),
        button("shield-alert", CanvasText::ErrorHandling),
    ];
    view! {
        <footer class="card-foot">
            <button type="button" tabindex="-1" aria-label=help.1 title=help.1 on:click=open("help")><Icon name=help.0/></button>
            <button type="button" tabindex="-1" aria-label=fields.1 title=fields.1 on:click=open("fields")><Icon name=fields.0/></button>
            <button
                type="button"
                tabindex="-1"
                class:set=move || handles.get()
                aria-label=errors.1
                title=errors.1
                on:click=open("errors")
            >
                <Icon name=errors.0/>
            </button>
            {move || has_note.get().then(|| view! { <span class="foot-note"><Icon name="sticky-note"/></span> })}
            {super::trial::pin_mark(editor, pinned)}
            {move || match trouble.get() {
                _ if tried.is_there() => tried.shown(speech),
                Some((tone, text)) => view! { <span class="foot-problem ellipsis" data-tone=tone title=text.clone()><Icon name="circle-alert"/>{text.clone()}</span> }.into_any(),
                None => view! { <span class="foot-count number ellipsis">{move || count.get()}</span> }.into_any(),
            }}
        </footer>
        {move || tried.error().map(|text| view! { <p class="card-error ellipsis" title=text.clone()>{text.clone()}</p> })}
    }
}

/// The first problem of a card, and how bad it is.
fn problem_line(board: Board, speech: Speech, id: &StepId) -> Memo<Option<(&'static str, String)>> {
    let id = id.clone();
    Memo::new(move |_| {
        board.problems.with(|problems| {
            let mut mine = problems
                .iter()
                .filter(|problem| problem.step.as_ref() == Some(&id));
            let first = mine.next()?;
            let tone = match first.severity {
                Severity::Error => "bad",
                Severity::Warning => "warn",
            };
            Some((tone, problem_text(speech, first)))
        })
    })
}

#[component]
fn RunFoot(id: StepId) -> impl IntoView {
    let (board, speech) = (use_board(), use_speech());
    let did = board.step_run(&id);
    let state = move || did.with(|did| did.as_ref().map(|did| did.state));
    let took = move || {
        did.with(|did| did.as_ref().and_then(|did| did.took_us))
            .map(|us| took(us, speech))
    };
    let right = move || {
        did.with(|did| {
            let did = did.as_ref()?;
            if !did.children.is_empty() {
                return Some(speech.say(&CanvasText::Helpers {
                    n: did.helpers.max(did.children.len()),
                }));
            }
            let n = did.calls.len();
            // Pages of a list are calls too, and no attempts.
            let was_retried = did.calls.iter().any(|call| call.attempt > 1);
            match (was_retried, n) {
                (true, _) => Some(speech.say(&CanvasText::Attempts { n })),
                (false, 2..) => Some(speech.say(&CanvasText::Calls { n })),
                (false, _) => None,
            }
        })
    };
    let error = move || did.with(|did| did.as_ref().and_then(error_line));
    let child = move || {
        did.with(|did| {
            let first = did.as_ref()?.children.first()?;
            Some((
                format!("/runs/{}", first.run),
                did.as_ref().map_or(0, |did| did.children.len()),
            ))
        })
    };
    view! {
        <footer class="card-foot card-foot-run">
            <span class="foot-state">
                {move || view! { <Icon name=state_icon(state())/> }}
                {move || match state() {
                    None => t(CanvasText::NotReached).get(),
                    Some(StepState::Running) => t(CanvasText::StateRunning).get(),
                    Some(StepState::Waiting) => t(CanvasText::StateWaiting).get(),
                    Some(_) => took().unwrap_or_default(),
                }}
            </span>
            {move || match child() {
                Some((href, 1)) => view! { <a class="foot-count" href=href>"↳ "{t(CanvasText::HelperRun)}</a> }.into_any(),
                _ => view! { <span class="foot-count number">{right}</span> }.into_any(),
            }}
        </footer>
        {move || error().map(|text| view! { <p class="card-error ellipsis" title=text.clone()>{text.clone()}</p> })}
    }
}

/// Returns the error of a card in one line.
pub(super) fn error_line(did: &StepRun) -> Option<String> {
    let error = did.error.as_ref()?;
    Some(error.message.clone())
}

/// Writes a time in microseconds: `0.4 ms`, else as everywhere.
pub(crate) fn took(us: i64, speech: Speech) -> String {
    if us < 100 {
        return "< 0.1 ms".to_owned();
    }
    if us < 1_000 {
        return format!("{}.{} ms", us / 1_000, us % 1_000 / 100);
    }
    duration_ms(us / 1_000, speech.language())
}

/// Returns the name of a state for the style sheet.
pub(crate) fn state_name(state: StepState) -> &'static str {
    match state {
        StepState::Running => "running",
        StepState::Waiting => "waiting",
        StepState::Succeeded => "succeeded",
        StepState::Failed => "failed",
        StepState::OutcomeUnknown => "unknown",
    }
}

/// Returns the icon of a state.
pub(crate) fn state_icon(state: Option<StepState>) -> &'static str {
    match state {
        None => "circle-dashed",
        Some(StepState::Running) => "circle-play",
        Some(StepState::Waiting) => "clock",
        Some(StepState::Succeeded) => "circle-check",
        Some(StepState::Failed) => "circle-x",
        Some(StepState::OutcomeUnknown) => "circle-question-mark",
    }
}

/// In the header of a card that went round: which pass is shown in the run panel.
pub(super) fn passes(board: Board, id: &StepId) -> impl IntoView + use<> {
    let id = id.clone();
    let did = board.step_run(&id);
    let count = Memo::new(move |_| {
        did.with(|did| {
            let did = did.as_ref().filter(|did| goes_round(did))?;
            Some(did.helpers as u64).filter(|count| *count > 1)
        })
    });
    let chosen = {
        let id = id.clone();
        move || board.traced.passes.read().get(&id).copied().unwrap_or(1)
    };
    let go = move |by: Walk| {
        board.selected.set(Some(id.clone()));
        board.traced.tab.set(PASSES);
        board.walk_passes(&id, by);
    };
    let (earlier, later) = (t(CanvasText::EarlierPass), t(CanvasText::LaterPass));
    move || {
        let (back, on, chosen) = (go.clone(), go.clone(), chosen.clone());
        count.get().map(|count| view! {
            <span class="card-passes number">
                <button type="button" tabindex="-1" aria-label=earlier on:click=move |_| back(Walk::Back)><Icon name="chevron-left"/></button>
                {move || format!("{}/{count}", chosen())}
                <button type="button" tabindex="-1" aria-label=later on:click=move |_| on(Walk::On)><Icon name="chevron-right"/></button>
            </span>
        })
    }
}
