//! Deleting a connection, after saying what stops.

use api::Connection;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::i18n::t;
use crate::i18n::texts::{ConnectionText, KitText};
use crate::kit::{Button, ButtonKind, Dialog, forget_refusal, refused, use_toasts};
use crate::rpc;

/// The dialog that asks; afterwards it tells what the org confirmed.
#[component]
pub fn RemoveConnection(
    /// The connection.
    connection: Connection,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// It is gone.
    on_removed: Callback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let navigate = use_navigate();
    let title = t(ConnectionText::DeleteTitle {
        name: connection.name.clone(),
    });
    let stopping: Vec<String> = connection
        .flows
        .iter()
        .filter(|flow| flow.is_on)
        .map(|flow| flow.name.clone())
        .collect();
    let id = connection.id;
    let remove = Action::new(move |(): &()| {
        let (id, navigate) = (id.clone(), navigate.clone());
        async move {
            match rpc::delete_connection(id).await {
                Ok(deletion) if deletion.pending > 0 => {
                    toasts.warn(&ConnectionText::DeletedPending {
                        n: deletion.pending,
                    });
                }
                Ok(deletion) => toasts.say(&ConnectionText::DeletedRevoked {
                    n: deletion.revoked,
                }),
                Err(refusal) => return Err(refusal),
            }
            open.set(false);
            on_removed.run(());
            navigate("/connections", NavigateOptions::default());
            Ok(())
        }
    });
    forget_refusal(open, remove);
    view! {
        <Dialog open title>
            {refused(move || remove.value().get())}
            {
                let n = stopping.len();
                let names = stopping.iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view();
                if n == 0 {
                    view! { <p>{t(ConnectionText::DeleteStopsNone)}</p> }.into_any()
                } else {
                    view! {
                        <p>{t(ConnectionText::DeleteStops { n })}</p>
                        <ul class="bullets">{names}</ul>
                    }
                        .into_any()
                }
            }
            <div class="dialog-foot">
                <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                <Button
                    kind=ButtonKind::Danger
                    busy=remove.pending()
                    on_press=move || { remove.dispatch(()); }
                >
                    {t(ConnectionText::Delete)}
                </Button>
            </div>
        </Dialog>
    }
}
