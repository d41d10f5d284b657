//! The bar of problems at the foot of the canvas: how many, which, and the way to each.

use std::collections::BTreeSet;

use flow::{FlowEdit, Problem, ProblemCode, Severity};
use leptos::prelude::*;

use super::state::Editor;
use crate::i18n::texts::{EditorText, KindText};
use crate::i18n::{Speech, t, use_speech};
use crate::kit::Icon;

/// Returns the sentence for a problem.
pub fn problem_text(speech: Speech, problem: &Problem) -> String {
    if let Some(text) = kind_text(problem.code) {
        return speech.say(&text);
    }
    speech.say(&match problem.code {
        ProblemCode::Empty => EditorText::ProblemEmpty,
        ProblemCode::NoEvent => EditorText::ProblemNoEvent,
        ProblemCode::MisplacedEvent => EditorText::ProblemMisplacedEvent,
        ProblemCode::UnknownCard => EditorText::ProblemUnknownCard,
        ProblemCode::NoConnection => EditorText::ProblemNoConnection,
        ProblemCode::RequiredEmpty => EditorText::ProblemRequiredEmpty,
        ProblemCode::SourceGone => EditorText::ProblemSourceGone,
        ProblemCode::SourceLater => EditorText::ProblemSourceLater,
        ProblemCode::TypeMismatch => EditorText::ProblemTypeMismatch,
        ProblemCode::MissingScope => EditorText::ProblemMissingScope {
            scopes: problem.scopes.join(", "),
        },
        ProblemCode::NoHelper => EditorText::ProblemNoHelper,
        _ => EditorText::ProblemNoSchedule,
    })
}

/// Sentences about comparisons and about what a kind of flow cannot have.
fn kind_text(code: ProblemCode) -> Option<KindText> {
    Some(match code {
        ProblemCode::ComparesTextNumber => KindText::ComparesTextNumber,
        ProblemCode::ComparesTextDate => KindText::ComparesTextDate,
        ProblemCode::ComparesTextTruth => KindText::ComparesTextTruth,
        ProblemCode::ComparesNumbersAsText => KindText::ComparesNumbersAsText,
        ProblemCode::ComparesOtherTypes => KindText::ComparesOtherTypes,
        ProblemCode::NotInDelegated => KindText::NotInDelegated,
        ProblemCode::DelegatedInput => KindText::DelegatedInput,
        _ => return None,
    })
}

/// Tells whether a problem is about what is compared.
pub(crate) fn is_comparison(code: ProblemCode) -> bool {
    repair_text(code).is_some() || code == ProblemCode::ComparesOtherTypes
}

/// Returns what the button says that makes both sides of a comparison the same type.
pub(crate) fn repair_text(code: ProblemCode) -> Option<KindText> {
    Some(match code {
        ProblemCode::ComparesTextNumber | ProblemCode::ComparesNumbersAsText => {
            KindText::CompareAsNumbers
        }
        ProblemCode::ComparesTextDate => KindText::CompareAsDates,
        ProblemCode::ComparesTextTruth => KindText::CompareAsTexts,
        _ => return None,
    })
}

/// Returns the edit that makes both sides of a comparison the same type, where there is one.
pub(crate) fn comparison_repair(editor: Editor, problem: &Problem) -> Option<FlowEdit> {
    repair_text(problem.code)?;
    let at = problem.input.as_ref()?;
    editor
        .board
        .flow
        .with_untracked(|flow| flow::repair_comparison(flow, at))
}

/// The bar of problems.
#[component]
pub fn ProblemBar(editor: Editor) -> impl IntoView {
    let board = editor.board;
    let count = move || board.problems.read().len();
    let errors = move || {
        board
            .problems
            .read()
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    };
    let facts = Memo::new(move |_| facts(editor));
    let rows = move || {
        let problems = board.problems.get();
        problems
            .into_iter()
            .map(|problem| view! { <ProblemRow editor problem/> })
            .collect_view()
    };
    view! {
        <section class="problems floating" data-region="4" class:is-open=move || { editor.problems_open.get() && count() > 0 } aria-label=t(EditorText::ProblemList)>
            {move || {
                if count() == 0 {
                    return view! {
                        <p class="problems-line">
                            <span class="problems-none"><Icon name="circle-check"/>{t(EditorText::NoProblems)}</span>
                            <span class="problems-facts ellipsis">{move || facts.get()}</span>
                        </p>
                    }
                    .into_any();
                }
                view! {
                    <button
                        class="problems-line"
                        type="button"
                        aria-expanded=move || editor.problems_open.get().to_string()
                        on:click=move |_| editor.problems_open.update(|open| *open = !*open)
                    >
                        <Icon name=if errors() { "circle-alert" } else { "triangle-alert" }/>
                        <strong>{t(EditorText::Problems { n: count() })}</strong>
                        <span class="problems-facts ellipsis">
                            {t(if errors() { EditorText::SolveToTurnOn } else { EditorText::MayTurnOn })}
                        </span>
                        <Icon name=if editor.problems_open.get() { "chevron-down" } else { "chevron-up" }/>
                    </button>
                }
                .into_any()
            }}
            {move || (editor.problems_open.get() && count() > 0).then(|| view! { <ul class="problems-list" data-scrolls>{rows()}</ul> })}
        </section>
    }
}

#[component]
fn ProblemRow(editor: Editor, problem: Problem) -> impl IntoView {
    let (board, speech) = (editor.board, use_speech());
    let number = problem.step.as_ref().and_then(|id| board.number(id));
    let place = problem.step.as_ref().map(|id| {
        let title = board.title(id);
        match &problem.input {
            Some(at) => format!("{title} › {}", board.names(|names| names.input_at(at))),
            None => title,
        }
    });
    let text = problem_text(speech, &problem);
    let repair = repair(editor, &problem);
    let tone = if problem.severity == Severity::Error {
        "bad"
    } else {
        "warn"
    };
    view! {
        <li data-tone=tone>
            <button
                class="problem-row"
                type="button"
                on:click=move |_| {
                    if let Some(id) = &problem.step {
                        board.go_to(id);
                    }
                }
            >
                <span class="card-number number">{number}</span>
                <span class="ellipsis">{place.map(|place| format!("{place}: "))}{text}</span>
            </button>
            {repair}
        </li>
    }
}

/// The one button that repairs a problem, where there is one.
pub(crate) fn repair(editor: Editor, problem: &Problem) -> Option<AnyView> {
    let step = problem.step.clone()?;
    let at = problem.input.clone();
    if problem.code == ProblemCode::MissingScope {
        let connection = editor.connection_of(&step)?;
        return Some(
            view! {
                <a class="button" href=format!("/connections/{connection}")>
                    <Icon name="refresh-cw"/>
                    {t(EditorText::ToConnection)}
                </a>
            }
            .into_any(),
        );
    }
    if let (Some(edit), Some(text)) = (
        comparison_repair(editor, problem),
        repair_text(problem.code),
    ) {
        return Some(
            view! {
                <button class="button" type="button" on:click=move |_| { editor.edit(edit.clone()); }>
                    <Icon name="wand-sparkles"/>
                    {t(text)}
                </button>
            }
            .into_any(),
        );
    }
    let (text, act): (EditorText, Box<dyn Fn()>) = match problem.code {
        ProblemCode::NoConnection => {
            let connection = editor.only_connection(&step)?;
            let name = connection.1;
            (
                EditorText::Assign { name },
                Box::new(move || editor.connect(&step, Some(connection.0.clone()))),
            )
        }
        ProblemCode::SourceGone | ProblemCode::SourceLater => {
            let at = at?;
            (
                EditorText::Unlink,
                Box::new(move || {
                    editor.bind(&at, flow::Binding::Empty);
                }),
            )
        }
        ProblemCode::MisplacedEvent => (
            EditorText::Remove,
            Box::new(move || editor.ask_delete(&step)),
        ),
        _ => return None,
    };
    Some(
        view! {
            <button class="button" type="button" on:click=move |_| act()>
                <Icon name="wand-sparkles"/>
                {t(text)}
            </button>
        }
        .into_any(),
    )
}

/// How many cards there are and which scopes they need.
fn facts(editor: Editor) -> String {
    let board = editor.board;
    let (cards, scopes) = board.names(|names| {
        let steps = names.flow.all_steps();
        let scopes: BTreeSet<String> = steps
            .iter()
            .filter_map(|step| names.catalogue.card(&step.card))
            .flat_map(|card| card.scopes.iter().cloned())
            .collect();
        (steps.iter().filter(|step| !step.is_note()).count(), scopes)
    });
    if scopes.is_empty() {
        return editor.speech.say(&EditorText::Cards { n: cards });
    }
    let scopes: Vec<String> = scopes.into_iter().collect();
    editor.speech.say(&EditorText::CardsAndScopes {
        n: cards,
        scopes: scopes.join(", "),
    })
}
