//! The list of earlier values beside a field: by card, what fits first; typed text filters it.

use flow::{InputRef, OutputRef, StepId, Type};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::state::{Editor, ValueList};
use crate::canvas::board::Board;
use crate::canvas::mapping::{Offer, Target, items, map_over, offers};
use crate::canvas::template;
use crate::card::{focus_at, type_name};
use crate::i18n::texts::{CanvasText, EditorText, FieldText};
use crate::i18n::{t, use_speech};
use crate::kit::Icon;

/// The longest list that is drawn; typing narrows it.
const MOST: usize = 60;

impl Editor {
    /// Opens the list of earlier values beside a field.
    pub fn open_values(self, at: &InputRef, element: &HtmlElement, caret: usize) {
        if self.air.with_untracked(Option::is_some) {
            return;
        }
        let near = element.closest(".field-box").ok().flatten();
        let rect = near.map_or_else(
            || element.get_bounding_client_rect(),
            |near| {
                near.unchecked_into::<HtmlElement>()
                    .get_bounding_client_rect()
            },
        );
        let end = self.board.flow.with_untracked(|flow| {
            let input = flow.input(at);
            input.map_or(0, |input| {
                template::length(&template::parts(&input.binding))
            })
        });
        let list = ValueList {
            at: at.clone(),
            anchor: (rect.left(), rect.top(), rect.width(), rect.bottom()),
            filter: String::new(),
            caret: caret.min(end),
            typed: 0,
            chosen: None,
        };
        self.want_last_values();
        let has_some = !rows(self.board, &list).is_empty();
        self.values.set(has_some.then_some(list));
    }

    /// From what the org offers to the values of earlier cards, for the same field.
    pub fn from_picker_to_values(self) {
        let Some(at) = self.picker.get_untracked().map(|picker| picker.at) else {
            return;
        };
        self.picker.set(None);
        let active = document().active_element();
        if let Some(element) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
            self.open_values(&at, &element, 0);
        }
    }

    /// Text was typed while the list may be open: what stands between the place where it was opened and the caret
    /// narrows it. `text` counts each value as one character.
    pub fn filter_values(self, at: &InputRef, text: &str, caret: usize) {
        self.values.update(|list| {
            let Some(open) = list.as_mut().filter(|list| list.at == *at) else {
                return;
            };
            let typed: String = text
                .chars()
                .skip(open.caret)
                .take(caret.saturating_sub(open.caret))
                .collect();
            open.filter = typed.trim().to_lowercase();
            open.typed = typed.chars().count();
            open.chosen = None;
            let is_left = caret < open.caret || typed.contains('\n');
            if is_left || rows(self.board, open).is_empty() {
                *list = None;
            }
        });
    }

    /// Moves the highlight.
    pub fn walk_values(self, by: isize) {
        self.values.update(|list| {
            if let Some(list) = list {
                let count = rows(self.board, list).len().max(1);
                list.chosen = Some(match list.chosen {
                    None if by > 0 => 0,
                    None => count - 1,
                    Some(here) => (here + count).saturating_add_signed(by) % count,
                });
            }
        });
    }

    /// Tells whether a row is highlighted, so that Enter takes it.
    pub fn takes_value(self) -> bool {
        self.values
            .with_untracked(|list| list.as_ref().is_some_and(|list| list.chosen.is_some()))
    }

    /// Puts the highlighted value into the field.
    pub fn insert_chosen(self) {
        let Some(list) = self.values.get_untracked() else {
            return;
        };
        let found = list
            .chosen
            .and_then(|index| rows(self.board, &list).get(index).cloned());
        if let Some(row) = found {
            self.insert_value(&list, &row.value);
        }
    }

    fn insert_value(self, list: &ValueList, value: &Value) {
        self.values.set(None);
        match value {
            Value::Output(source) if list.typed > 0 => {
                // What was typed only looked for the value, so both are one step of undo.
                let range = Some((list.caret, list.caret + list.typed));
                let edit = self
                    .board
                    .flow
                    .with_untracked(|flow| map_over(flow, source, &list.at, range));
                if let Some(edit) = edit {
                    self.type_into(edit, &format!("{:?}", list.at));
                    self.say_mapped(&list.at);
                }
            }
            Value::Output(source) => self.map(source, &list.at, Some(list.caret)),
            Value::Item(path) => {
                self.bind(&list.at, flow::Binding::Item { path: path.clone() });
            }
        }
        self.end_visit();
        focus_at(&list.at, list.caret + 1);
    }

    /// The field lost the focus: the list closes, unless it was clicked.
    pub fn close_values_soon(self) {
        let before = self.values.get_untracked().map(|list| list.at);
        set_timeout(
            move || {
                let same = self
                    .values
                    .try_with_untracked(|list| list.as_ref().map(|list| list.at.clone()) == before);
                if same == Some(true) && before_is_left() {
                    self.values.set(None);
                }
            },
            std::time::Duration::from_millis(150),
        );
    }
}

/// Tells whether the focus is outside of all fields.
fn before_is_left() -> bool {
    let active = document().active_element();
    active.is_none_or(|element| {
        element
            .closest(".field-box, .values")
            .is_ok_and(|found| found.is_none())
    })
}

/// What a row puts into the field.
#[derive(Clone, PartialEq)]
enum Value {
    /// An output of an earlier card.
    Output(OutputRef),
    /// The current item of the list that the card goes through, or one key of it.
    Item(Option<String>),
}

impl Value {
    /// The card that the value comes from; none for the current item.
    fn card(&self) -> Option<StepId> {
        match self {
            Self::Output(source) => Some(source.step.clone()),
            Self::Item(_) => None,
        }
    }
}

/// The rows of one card, with their positions in the whole list.
type Rows = (Option<StepId>, Vec<(usize, Row)>);

/// A row of the list.
#[derive(Clone, PartialEq)]
struct Row {
    value: Value,
    ty: Type,
    label: String,
    converts: bool,
}

fn rows(board: Board, list: &ValueList) -> Vec<Row> {
    let is_asked_for = |label: &str| label.to_lowercase().contains(&list.filter);
    let of_item = board.flow.with_untracked(|flow| items(flow, &list.at));
    let mut found: Vec<Row> = of_item
        .into_iter()
        .map(|(path, ty)| Row {
            label: path
                .clone()
                .unwrap_or_else(|| board.speech.say_now(&CanvasText::Item)),
            value: Value::Item(path),
            ty,
            converts: false,
        })
        .filter(|row| is_asked_for(&row.label))
        .collect();
    let offers = board.flow.with_untracked(|flow| offers(flow, &list.at));
    for Offer { values, .. } in offers {
        for (source, ty, answer) in values.into_iter().filter(|value| value.2.takes()) {
            let label = board.names_now(|names| names.source(&source));
            if is_asked_for(&label) && found.len() < MOST {
                found.push(Row {
                    value: Value::Output(source),
                    ty,
                    label,
                    converts: matches!(answer, Target::Converts(_)),
                });
            }
        }
    }
    found
}

/// The list of earlier values.
#[component]
pub fn ValuesPopover(editor: Editor) -> impl IntoView {
    let board = editor.board;
    let found = Memo::new(move |_| {
        let list = editor.values.get()?;
        Some((list.anchor, rows(board, &list)))
    });
    let is_open = Memo::new(move |_| found.with(Option::is_some));
    let left = move || found.with(|found| found.as_ref().map_or(0.0, |found| found.0.0));
    let top = move || found.with(|found| found.as_ref().map_or(0.0, |found| found.0.3 + 4.0));
    let groups = move || {
        let (_, rows) = found.get()?;
        let mut groups: Vec<Rows> = Vec::new();
        for (index, row) in rows.into_iter().enumerate() {
            let of = row.value.card();
            match groups.last_mut() {
                Some((step, members)) if *step == of => members.push((index, row)),
                _ => groups.push((of, vec![(index, row)])),
            }
        }
        Some(
            groups
                .into_iter()
                .map(|(step, rows)| view! { <Group editor step rows/> })
                .collect_view(),
        )
    };
    move || {
        is_open.get().then(|| {
            view! {
                <div
                    class="values floating"
                    role="listbox"
                    aria-label=t(EditorText::EarlierValues)
                    style:left=move || format!("min({:.0}px, calc(100vw - 300px))", left())
                    style:top=move || format!("min({:.0}px, calc(100vh - 320px))", top())
                    on:pointerdown=|event| event.prevent_default()
                >
                    {groups}
                    <p class="values-hint hint">{t(EditorText::ValuesHint)}</p>
                </div>
            }
        })
    }
}

#[component]
fn Group(editor: Editor, step: Option<StepId>, rows: Vec<(usize, Row)>) -> impl IntoView {
    let (board, speech) = (editor.board, use_speech());
    let (number, title, family) = untrack(|| match &step {
        Some(id) => (board.number(id), board.title(id), board.family(id)),
        None => (None, board.speech.say(&CanvasText::Item), "list"),
    });
    let heading = title.clone();
    let rows = rows.into_iter().map(move |(index, row)| {
        let value = row.value.clone();
        let last = match &row.value {
            Value::Output(source) => Some(source.clone()),
            Value::Item(_) => None,
        };
        let last = Memo::new(move |_| last.as_ref().and_then(|source| editor.last_value(source)));
        view! {
            <button
                class="values-row"
                type="button"
                role="option"
                tabindex="-1"
                aria-selected=move || editor.values.with(|list| list.as_ref().is_some_and(|list| list.chosen == Some(index))).to_string()
                on:click=move |_| {
                    if let Some(list) = editor.values.get_untracked() {
                        editor.insert_value(&list, &value);
                    }
                }
            >
                <span class="values-name ellipsis">{row.label.clone()}</span>
                {move || last.get().map(|value| {
                    let title = speech.say(&FieldText::LastValue { value: value.clone() });
                    view! { <span class="values-last ellipsis" title=title>{value}</span> }
                })}
                {row.converts.then(|| view! { <Icon name="arrow-left-right"/> })}
                <span class="badge" data-badge=row.ty.badge() title={ let ty = row.ty.clone(); move || type_name(speech, &ty) }></span>
            </button>
        }
    });
    view! {
        <div class="values-group" role="group" aria-label=title data-family=family>
            <p class="values-head" aria-hidden="true">
                <span class="pill-number number">{number}</span>
                {heading}
            </p>
            {rows.collect_view()}
        </div>
    }
}
