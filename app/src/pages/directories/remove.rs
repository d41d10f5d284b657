//! Deleting a directory, after saying what is lost and having its name typed.

use api::DirectoryView;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::i18n::t;
use crate::i18n::texts::{DirectoryText, KitText};
use crate::kit::{Button, ButtonKind, Dialog, TextField, forget_refusal, refused, use_toasts};
use crate::rpc;

/// The dialog that asks.
#[component]
pub fn RemoveDirectory(
    /// The directory.
    directory: DirectoryView,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let toasts = use_toasts();
    let navigate = use_navigate();
    let typed = RwSignal::new(String::new());
    let name = StoredValue::new(directory.name.clone());
    let users = directory.users.values().sum::<i64>();
    let id = directory.id;
    let remove = Action::new(move |(): &()| {
        let (id, navigate) = (id.clone(), navigate.clone());
        async move {
            rpc::delete_directory(id).await?;
            open.set(false);
            toasts.say(&DirectoryText::Deleted);
            navigate("/directories", NavigateOptions::default());
            Ok::<(), rpc::Refusal>(())
        }
    });
    forget_refusal(open, remove);
    Effect::new(move || {
        if open.get() {
            typed.set(String::new());
        }
    });
    let is_named = Memo::new(move |_| name.with_value(|name| typed.get().trim() == name.trim()));
    view! {
        <Dialog open title=t(DirectoryText::DeleteTitle { name: directory.name.clone() })>
            {refused(move || remove.value().get())}
            <p>{t(DirectoryText::DeleteUsers { n: users })}</p>
            <p>{t(DirectoryText::DeleteKeeps)}</p>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    if is_named.get_untracked() {
                        remove.dispatch(());
                    }
                }
            >
                <TextField
                    label=t(DirectoryText::DeleteType { name: name.get_value() })
                    name="directory-named"
                    value=typed
                    first=true
                />
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                    <Button
                        kind=ButtonKind::Danger
                        submit=true
                        busy=remove.pending()
                        disabled=Signal::derive(move || !is_named.get())
                    >
                        {t(DirectoryText::Delete)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
