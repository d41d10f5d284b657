//! Writing a row: one field for each column.

use api::{RowChange, TableColumn};
use flow::{Base, TableId};
use leptos::prelude::*;

use super::cell::{column_type, read};
use crate::i18n::texts::{KitText, TableText};
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, Choice, Dialog, forget_refusal, refused, use_toasts};
use crate::rpc;

/// The dialog with the fields of a new row.
#[component]
pub fn RowForm(
    /// The table.
    table: TableId,
    /// Its columns.
    columns: Vec<TableColumn>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The row was written.
    #[prop(into)]
    on_saved: Callback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let wrong = RwSignal::new(None::<TableText>);
    let texts: Vec<RwSignal<String>> = columns
        .iter()
        .map(|_| RwSignal::new(String::new()))
        .collect();
    let columns = StoredValue::new(columns);
    let texts = StoredValue::new(texts);
    Effect::new(move || {
        if !open.get() {
            return;
        }
        columns.with_value(|columns| {
            for (column, text) in columns.iter().zip(texts.get_value()) {
                text.set(column.default.clone().unwrap_or_default());
            }
        });
        wrong.set(None);
    });
    let save = Action::new(move |change: &RowChange| {
        let (table, change) = (table.clone(), change.clone());
        async move {
            rpc::insert_row(table, change).await?;
            toasts.say(&TableText::RowAdded);
            open.set(false);
            on_saved.run(());
            Ok::<(), rpc::Refusal>(())
        }
    });
    forget_refusal(open, save);
    let submit = move || {
        let cells = columns.with_value(|columns| {
            let pairs = columns.iter().zip(texts.get_value());
            pairs
                .map(|(column, text)| {
                    Ok((column.name.clone(), read(column, &text.get_untracked())?))
                })
                .collect::<Result<_, TableText>>()
        });
        match cells {
            Ok(cells) => {
                save.dispatch(RowChange { cells });
            }
            Err(message) => wrong.set(Some(message)),
        }
    };
    view! {
        <Dialog open title=t(TableText::AddRow)>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                {refused(move || save.value().get())}
                {columns
                    .get_value()
                    .into_iter()
                    .zip(texts.get_value())
                    .enumerate()
                    .map(|(index, (column, text))| view! { <CellField index column text/> })
                    .collect_view()}
                {move || wrong.get().map(|wrong| view! { <p class="field-error" role="alert">{t(wrong)}</p> })}
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=save.pending()>
                        {t(KitText::Save)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
fn CellField(index: usize, column: TableColumn, text: RwSignal<String>) -> impl IntoView {
    let id = format!("cell-{index}");
    let note = format!("cell-{index}-note");
    let is_date = column.base == Base::Date;
    let input = match column.base {
        Base::Boolean => view! { <TruthField id=id.clone() text/> }.into_any(),
        base => {
            let mode = if base == Base::Number {
                "decimal"
            } else {
                "text"
            };
            view! {
                <input
                    class="input"
                    id=id.clone()
                    inputmode=mode
                    autocomplete="off"
                    autofocus=index == 0
                    aria-describedby=note.clone()
                    bind:value=text
                />
            }
            .into_any()
        }
    };
    view! {
        <div class="field">
            <label for=id>{column.name}</label>
            {input}
            <p class="hint" id=note>
                {if is_date { t(TableText::DateHint) } else { t(column_type(column.base)) }}
            </p>
        </div>
    }
}

#[component]
fn TruthField(id: String, text: RwSignal<String>) -> impl IntoView {
    let speech = use_speech();
    let choices = move || {
        [
            ("", TableText::NotSet),
            ("true", TableText::True),
            ("false", TableText::False),
        ]
        .map(|(value, label)| Choice {
            value: value.to_owned(),
            label: speech.say(&label),
        })
    };
    view! {
        <select class="input select" id=id on:change=move |event| text.set(event_target_value(&event))>
            {move || {
                let chosen = text.get();
                let options = choices().into_iter().map(|choice| {
                    let is_chosen = choice.value == chosen;
                    view! { <option value=choice.value selected=is_chosen>{choice.label}</option> }
                });
                options.collect_view()
            }}
        </select>
    }
}
