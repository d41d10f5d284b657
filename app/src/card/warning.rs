//! What is surprising about a comparison, told at the field that a click repairs.

use flow::InputRef;
use leptos::prelude::*;

use super::stop::stop;
use crate::canvas::board::use_board;
use crate::editor::{comparison_repair, is_comparison, problem_text, repair_text, use_editor};
use crate::i18n::use_speech;
use crate::kit::Icon;

/// What is surprising about a comparison, at its field: one click makes both sides the same type where that can be done.
#[component]
pub(super) fn ComparisonWarning(at: InputRef) -> impl IntoView {
    let (board, speech) = (use_board(), use_speech());
    let editor = use_editor();
    let problem = Memo::new(move |_| {
        board.problems.with(|problems| {
            let mut here = problems
                .iter()
                .filter(|problem| problem.input.as_ref() == Some(&at));
            here.find(|problem| is_comparison(problem.code)).cloned()
        })
    });
    move || {
        let (editor, problem) = (editor?, problem.get()?);
        let repair = comparison_repair(editor, &problem);
        let said = problem_text(speech, &problem);
        let offered = repair.as_ref().and_then(|_| repair_text(problem.code));
        let name = match offered {
            Some(text) => format!("{said}. {}", speech.say(&text)),
            None => said,
        };
        let act = move |_| match repair.clone() {
            Some(edit) => {
                editor.edit(edit);
            }
            None => editor.problems_open.set(true),
        };
        Some(view! {
            <button class="field-warning" type="button" tabindex=stop() aria-label=name.clone() title=name on:click=act>
                <Icon name="triangle-alert"/>
            </button>
        })
    }
}
