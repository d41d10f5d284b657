//! The bar of problems at the foot of the canvas: how many, which, the way to each, and what repairs it.

use std::collections::{BTreeSet, HashMap};

use flow::{Problem, ProblemCode, Severity};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::problem_words::{code_name, problem_text};
use super::repairing::{Remedy, remedy_text};
use super::state::Editor;
use crate::canvas::board::focus_card;
use crate::i18n::texts::{EditorText, FieldText};
use crate::i18n::{t, use_speech};
use crate::kit::Icon;

/// The longest list that is drawn.
const MOST: usize = 100;

/// The bar of problems.
#[component]
pub fn ProblemBar(editor: Editor) -> impl IntoView {
    let board = editor.board;
    let count = Memo::new(move |_| board.problems.read().len());
    let errors = Memo::new(move |_| {
        let problems = board.problems.read();
        problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    });
    let facts = Memo::new(move |_| facts(editor));
    let is_open = move || editor.problems_open.get() && count.get() > 0;
    view! {
        <section class="problems floating" data-region="4" class:is-open=is_open aria-label=t(EditorText::ProblemList)>
            {move || {
                if count.get() == 0 {
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
                        <Icon name=if errors.get() { "circle-alert" } else { "triangle-alert" }/>
                        <strong>{t(EditorText::Problems { n: count.get() })}</strong>
                        <span class="problems-facts ellipsis">
                            {t(if errors.get() { EditorText::SolveToTurnOn } else { EditorText::MayTurnOn })}
                        </span>
                        <Icon name=if editor.problems_open.get() { "chevron-down" } else { "chevron-up" }/>
                    </button>
                }
                .into_any()
            }}
            {move || is_open().then(|| view! { <List editor/> })}
        </section>
    }
}

/// A problem with the number of others of its kind, at the first of them.
#[derive(Clone, PartialEq)]
struct Listed {
    problem: Problem,
    /// It is the first of several of its kind.
    leads: bool,
}

#[component]
fn List(editor: Editor) -> impl IntoView {
    let board = editor.board;
    let rows = Memo::new(move |_| board.problems.with(|problems| listed(problems)));
    let left = move || board.problems.with(Vec::len).saturating_sub(MOST);
    view! {
        <ul class="problems-list" data-scrolls on:keydown=walk>
            <For each=move || rows.get() key=|row| format!("{:?} {}", row.problem, row.leads) let(row)>
                <ProblemRow editor row/>
            </For>
            {move || (left() > 0).then(|| view! { <li class="hint">{t(FieldText::MoreProblems { n: left() })}</li> })}
        </ul>
    }
}

fn listed(problems: &[Problem]) -> Vec<Listed> {
    let mut counts: HashMap<ProblemCode, usize> = HashMap::new();
    for problem in problems {
        *counts.entry(problem.code).or_default() += 1;
    }
    let mut rows: Vec<Listed> = Vec::new();
    for problem in problems.iter().take(MOST) {
        let leads = counts.remove(&problem.code).is_some_and(|count| count > 1);
        rows.push(Listed {
            problem: problem.clone(),
            leads,
        });
    }
    rows
}

/// Up and down go from row to row, right and left between a row and its buttons.
fn walk(event: KeyboardEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let Some(item) = target
        .as_ref()
        .and_then(|target| target.closest("li").ok().flatten())
    else {
        return;
    };
    let row = |item: Option<web_sys::Element>| {
        let found = item.and_then(|item| item.query_selector(".problem-row").ok().flatten());
        found.and_then(|found| found.dyn_into::<HtmlElement>().ok())
    };
    let list = item.parent_element();
    let beside = |element: Option<web_sys::Element>| {
        element.and_then(|element| element.dyn_into::<HtmlElement>().ok())
    };
    let next = match event.key().as_str() {
        "ArrowDown" => row(item.next_element_sibling()),
        "ArrowUp" => row(item.previous_element_sibling()),
        "Home" => row(list.and_then(|list| list.first_element_child())),
        "End" => row(list.and_then(|list| list.last_element_child())),
        "ArrowRight" => beside(target.and_then(|target| target.next_element_sibling())),
        "ArrowLeft" => beside(target.and_then(|target| target.previous_element_sibling())),
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    if next.is_some_and(|next| next.focus().is_err()) {
        leptos::logging::warn!("a problem cannot be focused");
    }
}

#[component]
fn ProblemRow(editor: Editor, row: Listed) -> impl IntoView {
    let (board, speech) = (editor.board, use_speech());
    let Listed { problem, leads } = row;
    let step = problem.step.clone();
    let number = {
        let step = step.clone();
        move || step.as_ref().and_then(|id| board.number(id))
    };
    let place = {
        let problem = problem.clone();
        move || {
            let id = problem.step.as_ref()?;
            let title = board.title(id);
            Some(match &problem.input {
                Some(at) => format!("{title} › {}: ", board.names(|names| names.input_at(at))),
                None => format!("{title}: "),
            })
        }
    };
    let text = {
        let problem = problem.clone();
        move || problem_text(speech, &problem)
    };
    let tone = if problem.severity == Severity::Error {
        "bad"
    } else {
        "warn"
    };
    let code = code_name(problem.code);
    view! {
        <li data-tone=tone data-code=code>
            <button
                class="problem-row"
                type="button"
                on:click=move |_| {
                    if let Some(id) = &step {
                        board.go_to(id);
                    }
                }
            >
                <span class="card-number number">{number}</span>
                <span class="problem-said">{place}{text}</span>
            </button>
            <Mend editor problem leads/>
        </li>
    }
}

/// The button that repairs a problem, and the one that repairs all of its kind.
#[component]
pub(crate) fn Mend(editor: Editor, problem: Problem, leads: bool) -> impl IntoView {
    let (board, speech) = (editor.board, use_speech());
    let remedy = {
        let problem = problem.clone();
        Memo::new(move |_| {
            board.problems.track();
            untrack(|| editor.remedy(&problem))
        })
    };
    let code = problem.code;
    let problem = StoredValue::new(problem);
    let act = move || {
        // What repairs it may have changed since it was drawn.
        let now = problem.with_value(|problem| editor.remedy(problem));
        let step = problem.with_value(|problem| problem.step.clone());
        let is_edit = matches!(now, Some(Remedy::Edit(_)));
        if let Some(remedy) = now {
            editor.mend(&remedy);
        }
        if is_edit {
            focus_after(step);
        }
    };
    move || {
        let remedy = remedy.get().filter(|_| !editor.draft.is_read_only.get())?;
        let text = remedy_text(board, speech, &remedy);
        let leads = leads && matches!(remedy, Remedy::Edit(_));
        let one = match remedy {
            Remedy::Connection(href) => view! {
                <a class="button button-small" href=href><Icon name="refresh-cw"/>{text}</a>
            }
            .into_any(),
            Remedy::Edit(_) => view! {
                <button class="button button-small" type="button" on:click=move |_| act()><Icon name="wand-sparkles"/>{text}</button>
            }
            .into_any(),
            Remedy::Field(..) | Remedy::AddEvent => view! {
                <button class="button button-small" type="button" on:click=move |_| act()>{text}</button>
            }
            .into_any(),
        };
        let all = leads.then(|| {
            let label = t(FieldText::RepairAll);
            let act = move |_| {
                editor.mend_all(code);
                focus_after(None);
            };
            view! {
                <button class="button button-small" type="button" aria-label=label title=label on:click=act>
                    <Icon name="list-checks"/>
                </button>
            }
        });
        Some((one, all))
    }
}

/// After a repair the next problem has the focus; after the last one the card that was repaired.
fn focus_after(step: Option<flow::StepId>) {
    request_animation_frame(move || {
        let first = document()
            .query_selector(".problems-list .problem-row")
            .ok()
            .flatten();
        match first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
            Some(first) => {
                if first.focus().is_err() {
                    leptos::logging::warn!("a problem cannot be focused");
                }
            }
            None => {
                if let Some(step) = step {
                    focus_card(&step);
                }
            }
        }
    });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_several_of_a_kind_repairs_them_all() {
        let problem = |code| Problem::of_flow(code, Severity::Error);
        let (empty, other) = (ProblemCode::RequiredEmpty, ProblemCode::NoEvent);
        let rows = listed(&[problem(empty), problem(other), problem(empty)]);
        let leads: Vec<_> = rows.iter().map(|row| row.leads).collect();
        assert_eq!(leads, [true, false, false]);
        let many = vec![problem(empty); MOST + 5];
        assert_eq!(listed(&many).len(), MOST);
    }
}
