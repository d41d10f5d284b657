//! Which rows are shown: a text to find anywhere, and conditions on columns that AND or OR joins.

use api::TableColumn;
use leptos::prelude::*;
use serde_json::{Value as Json, json};

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

/// One comparison as it is being written.
#[derive(Clone, Copy)]
struct Condition {
    id: usize,
    column: RwSignal<String>,
    operator: RwSignal<String>,
    value: RwSignal<String>,
    /// Key of the input from which the value comes, instead.
    from: RwSignal<Option<String>>,
    or: RwSignal<bool>,
}

impl Condition {
    fn new(id: usize, column: String) -> Self {
        Self {
            id,
            column: RwSignal::new(column),
            operator: RwSignal::new("=".to_owned()),
            value: RwSignal::new(String::new()),
            from: RwSignal::new(None),
            or: RwSignal::new(false),
        }
    }

    /// Reads a row of a filter as it is stored.
    fn read(id: usize, row: &Json) -> Self {
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let one = Self::new(id, text("lhs"));
        one.operator.set(text("op"));
        one.value.set(match &row["rhs"] {
            Json::Null => String::new(),
            Json::String(text) => text.clone(),
            other => other.to_string(),
        });
        one.from
            .set(row["rhd"]["outputId"].as_str().map(str::to_owned));
        one.or.set(text("join").eq_ignore_ascii_case("or"));
        one
    }

    fn stored(self) -> Json {
        let mut row = json!({
            "lhs": self.column.get_untracked(),
            "op": self.operator.get_untracked(),
            "join": if self.or.get_untracked() { "OR" } else { "AND" },
        });
        match self.from.get_untracked() {
            Some(key) => row["rhd"] = json!({ "methodId": "", "outputId": key }),
            None => row["rhs"] = Json::from(self.value.get_untracked()),
        }
        row
    }

    fn needs_value(self) -> bool {
        !matches!(self.operator.get().as_str(), "is empty" | "is not empty")
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

/// The conditions on the rows that are shown.
#[component]
pub fn Filter(
    /// What is asked.
    asked: RwSignal<Asked>,
    /// The columns.
    columns: Vec<TableColumn>,
) -> impl IntoView {
    let names = columns.into_iter().map(|column| column.name).collect();
    let initial = asked.with_untracked(|asked| {
        let text = asked.filter.as_deref()?;
        serde_json::from_str(text).ok()
    });
    let apply = move |filter: Option<Json>| {
        asked.update(|asked| asked.filter = filter.map(|filter| filter.to_string()));
    };
    view! { <Conditions names initial on_apply=apply/> }
}

/// Conditions on columns. Applying gives them as they are stored on cards; nothing where there is none.
#[component]
pub fn Conditions(
    /// The columns.
    names: Vec<String>,
    /// What is stored.
    initial: Option<Json>,
    /// A value may come from another card.
    #[prop(optional)]
    can_map: bool,
    /// What to do with them.
    #[prop(into)]
    on_apply: Callback<Option<Json>>,
) -> impl IntoView {
    let first = StoredValue::new(names.first().cloned().unwrap_or_default());
    let mut names = names;
    names.extend(["Row ID", "Created", "Updated"].map(str::to_owned));
    let names = StoredValue::new(names);
    let rows = initial
        .as_ref()
        .and_then(|filter| filter["expr"].as_array());
    let mut read: Vec<Condition> = rows
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(id, row)| Condition::read(id, row))
        .collect();
    if read.is_empty() && !can_map {
        read.push(Condition::new(0, first.get_value()));
    }
    let conditions = RwSignal::new(read);
    let find = move || {
        let rows: Vec<Json> = conditions
            .get_untracked()
            .into_iter()
            .map(Condition::stored)
            .collect();
        on_apply.run((!rows.is_empty()).then(|| json!({ "expr": rows })));
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
                <ConditionRow one conditions names can_map/>
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
                <Button submit=true>{t(TableText::Apply)}</Button>
            </div>
        </form>
    }
}

#[component]
fn ConditionRow(
    one: Condition,
    conditions: RwSignal<Vec<Condition>>,
    names: StoredValue<Vec<String>>,
    can_map: bool,
) -> impl IntoView {
    let speech = use_speech();
    let mut all = names.get_value();
    let known = one.column.get_untracked();
    if !all.contains(&known) {
        all.push(known);
    }
    let columns = all.into_iter().map(|name| {
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
                on:change=move |event| one.operator.set(event_target_value(&event))
            >
                {operators}
            </select>
            {move || match one.from.get() {
                Some(_) => view! { <span class="muted">{t(TableText::MappedOnCard)}</span> }.into_any(),
                None => {
                    view! {
                        <input
                            class="input"
                            aria-label=t(TableText::Value)
                            placeholder=t(TableText::Value)
                            disabled=move || !one.needs_value()
                            bind:value=one.value
                        />
                    }
                        .into_any()
                }
            }}
            {can_map.then(|| view! { <MapButton one conditions/> })}
            {move || (!is_last()).then(|| view! { <JoinChoice or=one.or/> })}
            <Button
                kind=ButtonKind::Bare
                icon="x"
                label=t(TableText::RemoveCondition)
                on_press=move || conditions.update(|all| all.retain(|other| other.id != one.id))
            />
        </div>
    }
}

/// Has the value come from an input of its own on the card, or be typed here again.
#[component]
fn MapButton(one: Condition, conditions: RwSignal<Vec<Condition>>) -> impl IntoView {
    let speech = use_speech();
    let label = Signal::derive(move || {
        let text = match one.from.with(Option::is_some) {
            true => TableText::TypeValue,
            false => TableText::MapValue,
        };
        speech.say(&text)
    });
    view! {
        <Button
            kind=ButtonKind::Bare
            icon="link"
            label
            on_press=move || {
                let free = conditions
                    .with_untracked(|all| {
                        let used: Vec<String> = all
                            .iter()
                            .filter_map(|one| one.from.get_untracked())
                            .collect();
                        (1..)
                            .map(|number| format!("value{number}"))
                            .find(|key| !used.contains(key))
                    });
                one.from.update(|from| *from = if from.is_some() { None } else { free });
            }
        />
    }
}

#[component]
fn JoinChoice(or: RwSignal<bool>) -> impl IntoView {
    view! {
        <select
            class="input select filter-join"
            aria-label=t(TableText::Join)
            on:change=move |event| or.set(event_target_value(&event) == "or")
        >
            <option value="and" selected=move || !or.get()>{t(TableText::And)}</option>
            <option value="or" selected=move || or.get()>{t(TableText::Or)}</option>
        </select>
    }
}
