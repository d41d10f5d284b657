//! Deleting a row.

use flow::{RowId, TableId};
use leptos::prelude::*;

use super::rows::Asked;
use crate::i18n::t;
use crate::i18n::texts::{KitText, TableText};
use crate::kit::{Button, ButtonKind, Dialog, forget_refusal, refused, use_toasts};
use crate::rpc;

/// The dialog that asks, open while a row is to be deleted.
#[component]
pub fn RemoveRow(
    /// The table.
    table: TableId,
    /// What is asked.
    asked: RwSignal<Option<Asked>>,
    /// The row is gone.
    #[prop(into)]
    on_removed: Callback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    Effect::new(move || {
        if let Some(Asked::Remove(_)) = asked.get() {
            open.set(true);
        }
    });
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            asked.set(None);
        }
        is_open
    });
    let remove = Action::new(move |row: &RowId| {
        let (table, row) = (table.clone(), row.clone());
        async move {
            rpc::delete_row(table, row).await?;
            toasts.say(&TableText::RowDeleted);
            open.set(false);
            on_removed.run(());
            Ok::<(), rpc::Refusal>(())
        }
    });
    forget_refusal(open, remove);
    view! {
        <Dialog open title=t(TableText::DeleteRowTitle)>
            {refused(move || remove.value().get())}
            <p>{t(TableText::DeleteRowText)}</p>
            <div class="dialog-foot">
                <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                <Button
                    kind=ButtonKind::Danger
                    busy=remove.pending()
                    on_press=move || {
                        if let Some(Asked::Remove(row)) = asked.get_untracked() {
                            remove.dispatch(row.id);
                        }
                    }
                >
                    {t(TableText::DeleteRow)}
                </Button>
            </div>
        </Dialog>
    }
}
