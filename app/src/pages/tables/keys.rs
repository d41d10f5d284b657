//! The keys of a table: columns of which no two rows have the same values, or by which rows are found fast.

use std::collections::BTreeSet;

use api::{NewKeyOfTable, TableColumn, TableKey};
use flow::TableId;
use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::{KitText, TableText};
use crate::kit::{Button, ButtonKind, Dialog, forget_refusal, refused};
use crate::rpc;

/// The dialog with the keys that there are, and a new one.
#[component]
pub fn Keys(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The table.
    table: TableId,
    /// Its columns.
    columns: Vec<TableColumn>,
    /// Its keys.
    keys: Vec<TableKey>,
    /// The table has other keys now.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let (columns, keys) = (StoredValue::new(columns), StoredValue::new(keys));
    let table = StoredValue::new(table);
    let chosen = RwSignal::new(BTreeSet::<String>::new());
    let is_unique = RwSignal::new(true);
    let add = Action::new(move |(): &()| {
        let all = columns.get_value().into_iter().map(|column| column.name);
        let key = NewKeyOfTable {
            columns: all
                .filter(|name| chosen.with_untracked(|chosen| chosen.contains(name)))
                .collect(),
            is_unique: is_unique.get_untracked(),
        };
        async move {
            rpc::add_table_key(table.get_value(), key).await?;
            open.set(false);
            on_changed.run(());
            Ok::<(), rpc::Refusal>(())
        }
    });
    let remove = Action::new(move |key: &String| {
        let key = key.clone();
        async move {
            rpc::delete_table_key(table.get_value(), key).await?;
            open.set(false);
            on_changed.run(());
            Ok::<(), rpc::Refusal>(())
        }
    });
    forget_refusal(open, add);
    forget_refusal(open, remove);
    view! {
        <Dialog open title=t(TableText::Keys) wide=true>
            <p class="hint">{t(TableText::KeysText)}</p>
            {refused(move || remove.value().get())}
            <ul class="key-list">
                {keys
                    .get_value()
                    .into_iter()
                    .map(|key| {
                        let id = key.id.clone();
                        let kind = if key.is_unique { TableText::Unique } else { TableText::ForSpeed };
                        view! {
                            <li>
                                <span class="ellipsis">{key.columns.join(" + ")}</span>
                                <span class="muted">{t(kind)}</span>
                                <Button
                                    kind=ButtonKind::Bare
                                    icon="trash-2"
                                    label=t(TableText::DeleteKey)
                                    on_press=move || {
                                        remove.dispatch(id.clone());
                                    }
                                />
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    add.dispatch(());
                }
            >
                {refused(move || add.value().get())}
                <fieldset class="choices">
                    <legend>{t(TableText::NewKey)}</legend>
                    {columns
                        .get_value()
                        .into_iter()
                        .map(|column| {
                            let (name, toggled) = (column.name.clone(), column.name.clone());
                            view! {
                                <label class="choice">
                                    <input
                                        type="checkbox"
                                        prop:checked=move || chosen.with(|chosen| chosen.contains(&name))
                                        on:change=move |_| {
                                            chosen
                                                .update(|chosen| {
                                                    if !chosen.remove(&toggled) {
                                                        chosen.insert(toggled.clone());
                                                    }
                                                })
                                        }
                                    />
                                    {column.name}
                                </label>
                            }
                        })
                        .collect_view()}
                </fieldset>
                <label class="choice">
                    <input
                        type="checkbox"
                        prop:checked=is_unique
                        on:change=move |event| is_unique.set(event_target_checked(&event))
                    />
                    {t(TableText::UniqueChoice)}
                </label>
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(KitText::Close)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=add.pending()>
                        {t(TableText::AddKey)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
