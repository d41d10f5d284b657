//! What is wrong with a field, told at the field: on the canvas an icon whose sentence shows on hover and focus and whose
//! click repairs, in the inspector a line with the sentence and its repairs.

use flow::{InputRef, Problem, Severity, StepId, leaves_container_only};
use leptos::prelude::*;

use super::stop::stop;
use crate::canvas::board::{Board, use_board};
use crate::editor::{Editor, InPanel, Remedy, problem_text, remedy_text, use_editor};
use crate::i18n::texts::FieldText;
use crate::i18n::{t, use_speech};
use crate::kit::Icon;

/// What is wrong with a field, the worst first.
#[component]
pub(super) fn FieldTrouble(at: InputRef) -> impl IntoView {
    let board = use_board();
    let editor = use_editor();
    let in_panel = use_context::<InPanel>().is_some();
    let problem = trouble_of(board, at);
    move || {
        let (editor, problem) = (editor?, problem.get()?);
        Some(if in_panel {
            view! { <Line editor problem/> }.into_any()
        } else {
            view! { <Mark editor problem/> }.into_any()
        })
    }
}

fn trouble_of(board: Board, at: InputRef) -> Memo<Option<Problem>> {
    Memo::new(move |_| {
        board.problems.with(|problems| {
            let mut here = problems
                .iter()
                .filter(|problem| problem.input.as_ref() == Some(&at));
            let first = here.next()?;
            let worse = here.find(|problem| problem.severity == Severity::Error);
            let is_bad = first.severity == Severity::Error;
            Some(worse.filter(|_| !is_bad).unwrap_or(first).clone())
        })
    })
}

fn tone(problem: &Problem) -> (&'static str, &'static str) {
    match problem.severity {
        Severity::Error => ("bad", "circle-alert"),
        Severity::Warning => ("warn", "triangle-alert"),
    }
}

/// The icon on the canvas. Its click makes the repair that changes the flow; without one it leads to the list.
#[component]
fn Mark(editor: Editor, problem: Problem) -> impl IntoView {
    let (board, speech) = (editor.board, use_speech());
    let (tone, icon) = tone(&problem);
    let remedy = StoredValue::new(untrack(|| editor.remedy(&problem)));
    let problem = StoredValue::new(problem);
    let said = move || problem.with_value(|problem| problem_text(speech, problem));
    let offered = move || {
        remedy.with_value(|remedy| {
            let remedy = remedy.as_ref()?;
            Some(remedy_text(board, speech, remedy))
        })
    };
    let name = move || match offered() {
        Some(text) => format!("{}. {text}", said()),
        None => said(),
    };
    // What repairs it may have changed since it was drawn.
    let act = move |_| match editor.remedy(&problem.get_value()) {
        Some(Remedy::Connection(_)) | None => editor.problems_open.set(true),
        Some(remedy) => editor.mend(&remedy),
    };
    view! {
        <button class="field-warning" data-tone=tone type="button" tabindex=stop() aria-label=name on:click=act>
            <Icon name=icon/>
            <span class="field-told" aria-hidden="true">
                {said}
                {move || offered().map(|text| view! { <strong><Icon name="wand-sparkles"/>{text}</strong> })}
            </span>
        </button>
    }
}

/// The line in the inspector.
#[component]
fn Line(editor: Editor, problem: Problem) -> impl IntoView {
    const MOST: usize = 3;
    let (board, speech) = (editor.board, use_speech());
    let (tone, icon) = tone(&problem);
    let remedies = untrack(|| editor.remedies(&problem));
    let buttons = remedies.into_iter().take(MOST).map(move |remedy| {
        let link = match &remedy {
            Remedy::Connection(href) => Some(href.clone()),
            _ => None,
        };
        let remedy = StoredValue::new(remedy);
        let text = move || remedy.with_value(|remedy| remedy_text(board, speech, remedy));
        match link {
            Some(href) => {
                view! { <a class="button button-small" href=href>{text}</a> }.into_any()
            }
            None => view! {
                <button class="button button-small" type="button" on:click=move |_| editor.mend(&remedy.get_value())>
                    <Icon name="wand-sparkles"/>
                    {text}
                </button>
            }
            .into_any(),
        }
    });
    view! {
        <div class="field-problem" data-tone=tone>
            <p><Icon name=icon/>{move || problem_text(speech, &problem)}</p>
            <div class="field-ways">{buttons.collect_view()}</div>
        </div>
    }
}

/// On Return and Continue If inside of If/ElseIf or If Error: they end the row of the container, not the flow.
#[component]
pub(super) fn LeavesHint(id: StepId) -> impl IntoView {
    let board = use_board();
    let leaves = Memo::new(move |_| board.flow.with(|flow| leaves_container_only(flow, &id)));
    let name = t(FieldText::LeavesContainer);
    move || {
        leaves.get().then(|| {
            view! {
                <span class="card-leaves" role="img" aria-label=name title=name><Icon name="log-out"/></span>
            }
        })
    }
}
