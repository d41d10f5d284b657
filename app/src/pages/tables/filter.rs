//! Which rows are shown: a text to find anywhere, and conditions on columns that AND or OR joins.

use api::TableColumn;
use leptos::prelude::*;
use serde_json::json;

use super::state::{Asked, Timer};
use crate::i18n::texts::TableText;
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, Icon};

/// Comparisons as they are stored, with their words.
const OPERATORS: [(&str, TableText); 12] = [
    ("=", TableText::OpEqual),
    ("!=", TableText::OpNotEqual),
    (">", TableText::OpGreater),
    (">=", TableText::OpGreaterOrEqual),
    ("<", TableText::OpLess),
    ("<=", TableText::OpLessOrEqual),
    ("contains", TableText::OpContains),
    ("not contains", TableText::OpNotContains),
    ("starts with", TableText::OpStartsWith),
    ("ends with", TableText::OpEndsWith),
    ("is empty", TableText::OpEmpty),
    ("is not empty", TableText::OpNotEmpty),
];
/// Typing rests for so long before rows are sought.
const REST: std::time::Duration = std::time::Duration::from_millis(300);
/// More conditions than anybody reads.
const MOST: usize = 50;

#[derive(Clone, Copy)]
struct Condition {
    id: usize,
    column: RwSignal<String>,
    operator: RwSignal<&'static str>,
    value: RwSignal<String>,
    or: RwSignal<bool>,
}

impl Condition {
    fn new(id: usize, column: String) -> Self {
        Self {
            id,
            column: RwSignal::new(column),
            operator: RwSignal::new("="),
            value: RwSignal::new(String::new()),
            or: RwSignal::new(false),
        }
    }

    fn needs_value(self) -> bool {
        !matches!(self.operator.get(), "is empty" | "is not empty")
    }
}

/// The field that finds a text, and the button that opens the conditions.
#[component]
pub fn Find(
    /// What is asked.
    asked: RwSignal<Asked>,
    /// The conditions are shown.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let text = RwSignal::new(asked.with_untracked(|asked| asked.text.clone()));
    let rest = Timer::default();
    let count = move || asked.with(|asked| asked.filter.is_some());
    view! {
        <div class="search" role="search">
            <Icon name="search"/>
            <input
                class="input"
                type="search"
                aria-label=t(TableText::Find)
                placeholder=t(TableText::Find)
                bind:value=text
                on:input=move |_| {
                    rest.restart(
                        REST,
                        move || {
                            let wanted = text.get_untracked();
                            if asked.with_untracked(|asked| asked.text != wanted) {
                                asked.update(|asked| asked.text = wanted);
                            }
                        },
                    );
                }
            />
        </div>
        <button
            class="button"
            type="button"
            class:button-on=count
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| is_open.update(|open| *open = !*open)
        >
            <Icon name="list-filter"/>
            {t(TableText::Filter)}
        </button>
    }
}

/// The conditions.
#[component]
pub fn Filter(
    /// What is asked.
    asked: RwSignal<Asked>,
    /// The columns.
    columns: Vec<TableColumn>,
) -> impl IntoView {
    let mut names: Vec<String> = columns.into_iter().map(|column| column.name).collect();
    let first = names.first().cloned().unwrap_or_default();
    names.extend(["Row ID", "Created", "Updated"].map(str::to_owned));
    let names = StoredValue::new(names);
    let conditions = RwSignal::new(vec![Condition::new(0, first.clone())]);
    let first = StoredValue::new(first);
    let find = move || {
        let rows: Vec<_> = conditions
            .get_untracked()
            .into_iter()
            .map(|one| {
                json!({
                    "lhs": one.column.get_untracked(),
                    "op": one.operator.get_untracked(),
                    "rhs": one.value.get_untracked(),
                    "join": if one.or.get_untracked() { "OR" } else { "AND" },
                })
            })
            .collect();
        let filter = (!rows.is_empty()).then(|| json!({ "expr": rows }).to_string());
        asked.update(|asked| asked.filter = filter);
    };
    view! {
        <form
            class="grid-filter"
            aria-label=t(TableText::Filter)
            on:submit=move |event| {
                event.prevent_default();
                find();
            }
        >
            <For each=move || conditions.get() key=|one| one.id let(one)>
                <ConditionRow one conditions names/>
            </For>
            <div class="actions">
                <Button
                    icon="plus"
                    on_press=move || {
                        conditions
                            .update(|all| {
                                let next = all.iter().map(|one| one.id + 1).max().unwrap_or(0);
                                if all.len() < MOST {
                                    all.push(Condition::new(next, first.get_value()));
                                }
                            });
                    }
                >
                    {t(TableText::AddCondition)}
                </Button>
                <Button
                    on_press=move || {
                        conditions.set(Vec::new());
                        find();
                    }
                >
                    {t(TableText::NoFilter)}
                </Button>
                <Button kind=ButtonKind::Primary submit=true>{t(TableText::Apply)}</Button>
            </div>
        </form>
    }
}

#[component]
fn ConditionRow(
    one: Condition,
    conditions: RwSignal<Vec<Condition>>,
    names: StoredValue<Vec<String>>,
) -> impl IntoView {
    let speech = use_speech();
    let columns = names.get_value().into_iter().map(|name| {
        let chosen = name.clone();
        view! {
            <option value=name.clone() selected=move || one.column.get() == chosen>{name.clone()}</option>
        }
    });
    let operators = move || {
        let operators = OPERATORS.into_iter().map(|(stored, word)| {
            view! {
                <option value=stored selected=move || one.operator.get() == stored>
                    {speech.say(&word)}
                </option>
            }
        });
        operators.collect_view()
    };
    let is_last = move || conditions.with(|all| all.last().is_some_and(|last| last.id == one.id));
    view! {
        <div class="filter-row">
            <select
                class="input select"
                aria-label=t(TableText::ColumnName)
                on:change=move |event| one.column.set(event_target_value(&event))
            >
                {columns.collect_view()}
            </select>
            <select
                class="input select"
                aria-label=t(TableText::Comparison)
                on:change=move |event| {
                    let value = event_target_value(&event);
                    let known = OPERATORS.iter().find(|(stored, _)| *stored == value);
                    one.operator.set(known.map_or("=", |(stored, _)| *stored));
                }
            >
                {operators}
            </select>
            <input
                class="input"
                aria-label=t(TableText::Value)
                placeholder=t(TableText::Value)
                disabled=move || !one.needs_value()
                bind:value=one.value
            />
            {move || {
                (!is_last())
                    .then(|| {
                        view! {
                            <select
                                class="input select filter-join"
                                aria-label=t(TableText::Join)
                                on:change=move |event| one.or.set(event_target_value(&event) == "or")
                            >
                                <option value="and" selected=move || !one.or.get()>
                                    {t(TableText::And)}
                                </option>
                                <option value="or" selected=move || one.or.get()>
                                    {t(TableText::Or)}
                                </option>
                            </select>
                        }
                    })
            }}
            <Button
                kind=ButtonKind::Bare
                icon="x"
                label=t(TableText::RemoveCondition)
                on_press=move || conditions.update(|all| all.retain(|other| other.id != one.id))
            />
        </div>
    }
}
