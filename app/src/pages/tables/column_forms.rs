//! Adding, changing and deleting a column. What uses it is shown before anything that flows would notice.

use api::{ColumnChange, TableColumn, TableUse};
use flow::{Base, TableId};
use leptos::prelude::*;

use super::cell::column_type;
use super::column_menu::Change;
use crate::i18n::texts::{KitText, TableText};
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, Dialog, TextField, forget_refusal, refused, use_toasts};
use crate::rpc;

const BASES: [Base; 4] = [Base::Text, Base::Number, Base::Boolean, Base::Date];

/// The dialog for a new column.
#[component]
pub fn AddColumn(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The table.
    table: TableId,
    /// The table has another definition now.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let speech = use_speech();
    let name = RwSignal::new(String::new());
    let default = RwSignal::new(String::new());
    let base = RwSignal::new(Base::Text);
    let add = Action::new(move |(): &()| {
        let table = table.clone();
        let column = TableColumn {
            name: name.get_untracked(),
            base: base.get_untracked(),
            default: Some(default.get_untracked()).filter(|text| !text.is_empty()),
        };
        async move {
            rpc::add_column(table, column).await?;
            name.set(String::new());
            default.set(String::new());
            open.set(false);
            on_changed.run(());
            Ok::<(), rpc::Refusal>(())
        }
    });
    forget_refusal(open, add);
    let options = move || {
        let options = BASES.into_iter().enumerate().map(|(index, one)| {
            view! {
                <option value=index.to_string() selected=move || base.get() == one>
                    {speech.say(&column_type(one))}
                </option>
            }
        });
        options.collect_view()
    };
    view! {
        <Dialog open title=t(TableText::AddColumn)>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    add.dispatch(());
                }
            >
                {refused(move || add.value().get())}
                <TextField label=t(TableText::ColumnName) name="column-name" value=name required=true first=true/>
                <div class="field">
                    <label for="column-type">{t(TableText::ColumnType)}</label>
                    <select
                        class="input select"
                        id="column-type"
                        on:change=move |event| {
                            let index: usize = event_target_value(&event).parse().unwrap_or(0);
                            base.set(BASES.get(index).copied().unwrap_or(Base::Text));
                        }
                    >
                        {options}
                    </select>
                </div>
                <TextField label=t(TableText::Default) name="column-default" value=default hint=t(TableText::DefaultHint)/>
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=add.pending()>
                        {t(TableText::AddColumn)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}

/// The dialog for another name or default, or for deleting, whichever is asked.
#[component]
pub fn ChangeColumn(
    /// The column and what is to happen.
    asked: RwSignal<Option<(String, Change)>>,
    /// The table.
    table: TableId,
    /// Its columns.
    columns: Vec<TableColumn>,
    /// The table has another definition now.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let default = RwSignal::new(String::new());
    let columns = StoredValue::new(columns);
    let table = StoredValue::new(table);
    let toasts = use_toasts();
    Effect::new(move || {
        let Some((column, _)) = asked.get() else {
            return;
        };
        let held = columns.with_value(|columns| {
            let known = columns.iter().find(|known| known.name == column);
            known.and_then(|known| known.default.clone())
        });
        name.set(column);
        default.set(held.unwrap_or_default());
        open.set(true);
    });
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            asked.set(None);
        }
        is_open
    });
    let store = Action::new(move |(column, change): &(String, Change)| {
        let (column, change) = (column.clone(), *change);
        let wanted = ColumnChange {
            name: Some(name.get_untracked()),
            default: Some(default.get_untracked()),
        };
        async move {
            let table = table.get_value();
            match change {
                Change::Edit => rpc::change_column(table, column, wanted).await?,
                Change::Delete => rpc::delete_column(table, column).await?,
            };
            toasts.say(match change {
                Change::Edit => &TableText::ColumnChanged,
                Change::Delete => &TableText::ColumnDeleted,
            });
            open.set(false);
            on_changed.run(());
            Ok::<(), rpc::Refusal>(())
        }
    });
    forget_refusal(open, store);
    let is_delete = move || matches!(asked.get(), Some((_, Change::Delete)));
    let speech = use_speech();
    let title = Signal::derive(move || match asked.get() {
        Some((column, Change::Delete)) => speech.say(&TableText::DeleteColumnTitle { column }),
        _ => speech.say(&TableText::ChangeColumn),
    });
    view! {
        <Dialog open title>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    if let Some(asked) = asked.get_untracked() {
                        store.dispatch(asked);
                    }
                }
            >
                {refused(move || store.value().get())}
                {move || {
                    if is_delete() {
                        view! { <p>{t(TableText::DeleteColumnText)}</p> }.into_any()
                    } else {
                        view! {
                            <TextField label=t(TableText::ColumnName) name="column-name" value=name required=true first=true/>
                            <TextField label=t(TableText::Default) name="column-default" value=default hint=t(TableText::DefaultHint)/>
                        }
                            .into_any()
                    }
                }}
                {move || {
                    asked
                        .get()
                        .map(|(column, _)| view! { <Uses table=table.get_value() column=Some(column)/> })
                }}
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                    {move || {
                        if is_delete() {
                            view! {
                                <Button kind=ButtonKind::Danger submit=true busy=store.pending()>
                                    {t(TableText::DeleteColumn)}
                                </Button>
                            }
                                .into_any()
                        } else {
                            view! {
                                <Button kind=ButtonKind::Primary submit=true busy=store.pending()>
                                    {t(KitText::Save)}
                                </Button>
                            }
                                .into_any()
                        }
                    }}
                </div>
            </form>
        </Dialog>
    }
}

/// The flows that use a table, or one of its columns.
#[component]
pub fn Uses(
    /// The table.
    table: TableId,
    /// The column; any where absent.
    column: Option<String>,
) -> impl IntoView {
    let uses = LocalResource::new(move || rpc::table_uses(table.clone()));
    move || {
        let all: Vec<TableUse> = uses.get().and_then(Result::ok)?;
        let fits = |one: &TableUse| match &column {
            Some(column) => one.columns.contains(column),
            None => true,
        };
        let found: Vec<TableUse> = all.into_iter().filter(fits).collect();
        if found.is_empty() {
            return Some(view! { <p class="hint">{t(TableText::NoUses)}</p> }.into_any());
        }
        let rows = found.into_iter().map(|one| {
            view! {
                <li>
                    <a href=format!("/flows/{}", one.flow)>{one.name}</a>
                    {one.is_on.then(|| view! { " · "{t(TableText::UseIsOn)} })}
                </li>
            }
        });
        let list = view! {
            <div class="banner" data-tone="warn" role="note">
                <div class="banner-text">
                    <p>{t(TableText::UsedBy)}</p>
                    <ul>{rows.collect_view()}</ul>
                </div>
            </div>
        };
        Some(list.into_any())
    }
}
