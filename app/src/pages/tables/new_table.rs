//! Making a table: a name and columns.

use api::{TableColumn, TableView};
use flow::{Base, TableId};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::cell::column_type;
use crate::i18n::texts::{KitText, TableText};
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, Dialog, TextField, forget_refusal, refused};
use crate::rpc;

const BASES: [Base; 4] = [Base::Text, Base::Number, Base::Boolean, Base::Date];
/// More columns than anybody names in one dialog.
const MOST_COLUMNS: usize = 64;

#[derive(Clone, Copy)]
struct Draft {
    id: usize,
    name: RwSignal<String>,
    base: RwSignal<Base>,
}

impl Draft {
    fn new(id: usize) -> Self {
        Self {
            id,
            name: RwSignal::new(String::new()),
            base: RwSignal::new(Base::Text),
        }
    }
}

/// The dialog that asks for name and columns; then the table opens.
#[component]
pub fn NewTable(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let navigate = use_navigate();
    let name = RwSignal::new(String::new());
    let drafts = RwSignal::new(vec![Draft::new(0)]);
    let make = Action::new(move |(): &()| {
        let navigate = navigate.clone();
        let columns = drafts.get_untracked().into_iter().map(|draft| TableColumn {
            name: draft.name.get_untracked(),
            base: draft.base.get_untracked(),
            default: None,
        });
        let table = TableView {
            id: TableId::new(""),
            folder: None,
            name: name.get_untracked(),
            description: String::new(),
            columns: columns.collect(),
            rows: 0,
        };
        async move {
            let table = rpc::create_table(table).await?;
            navigate(&format!("/tables/{}", table.id), NavigateOptions::default());
            Ok::<(), rpc::Refusal>(())
        }
    });
    forget_refusal(open, make);
    view! {
        <Dialog open title=t(TableText::NewTitle) wide=true>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    make.dispatch(());
                }
            >
                {refused(move || make.value().get())}
                <TextField label=t(TableText::TableName) name="table-name" value=name required=true first=true/>
                <fieldset class="columns">
                    <legend>{t(TableText::Columns)}</legend>
                    <For each=move || drafts.get() key=|draft| draft.id let(draft)>
                        <ColumnField draft drafts/>
                    </For>
                    <Button
                        icon="plus"
                        on_press=move || {
                            drafts
                                .update(|drafts| {
                                    let next = drafts.iter().map(|draft| draft.id + 1).max();
                                    if drafts.len() < MOST_COLUMNS {
                                        drafts.push(Draft::new(next.unwrap_or(0)));
                                    }
                                });
                        }
                    >
                        {t(TableText::AddColumn)}
                    </Button>
                </fieldset>
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=make.pending()>
                        {t(TableText::Create)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
fn ColumnField(draft: Draft, drafts: RwSignal<Vec<Draft>>) -> impl IntoView {
    let speech = use_speech();
    let options = move || {
        let options = BASES.into_iter().enumerate().map(|(index, base)| {
            view! {
                <option value=index.to_string() selected=move || draft.base.get() == base>
                    {speech.say(&column_type(base))}
                </option>
            }
        });
        options.collect_view()
    };
    view! {
        <div class="column-row">
            <input
                class="input"
                required=true
                autocomplete="off"
                aria-label=t(TableText::ColumnName)
                placeholder=t(TableText::ColumnName)
                bind:value=draft.name
            />
            <select
                class="input select"
                aria-label=t(TableText::ColumnType)
                on:change=move |event| {
                    let index: usize = event_target_value(&event).parse().unwrap_or(0);
                    draft.base.set(BASES.get(index).copied().unwrap_or(Base::Text));
                }
            >
                {options}
            </select>
            <Button
                kind=ButtonKind::Bare
                icon="x"
                label=t(TableText::RemoveColumn)
                disabled=Signal::derive(move || drafts.read().len() < 2)
                on_press=move || drafts.update(|drafts| drafts.retain(|other| other.id != draft.id))
            />
        </div>
    }
}
