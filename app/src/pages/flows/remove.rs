//! Deleting a flow, after saying what goes with it.

use flow::FlowId;
use leptos::prelude::*;

use crate::i18n::texts::{FlowText, KitText};
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, Dialog, forget_refusal, refused, use_toasts};
use crate::rpc;

/// A flow that somebody asked to delete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doomed {
    /// Its id.
    pub id: FlowId,
    /// Its name.
    pub name: String,
}

/// The dialog that asks, open while there is a doomed flow.
#[component]
pub fn RemoveFlow(
    /// The flow to delete.
    doomed: RwSignal<Option<Doomed>>,
    /// It is gone.
    #[prop(into)]
    on_removed: Callback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let speech = use_speech();
    let open = RwSignal::new(false);
    Effect::new(move || {
        if doomed.read().is_some() {
            open.set(true);
        }
    });
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            doomed.set(None);
        }
        is_open
    });
    let title = Signal::derive(move || {
        let name = doomed.get().map(|doomed| doomed.name).unwrap_or_default();
        speech.say(&FlowText::DeleteTitle { name })
    });
    let remove = Action::new(move |flow: &Doomed| {
        let Doomed { id, name } = flow.clone();
        async move {
            rpc::delete_flow(id).await?;
            toasts.say(&FlowText::Deleted { name });
            open.set(false);
            on_removed.run(());
            Ok::<(), rpc::Refusal>(())
        }
    });
    forget_refusal(open, remove);
    view! {
        <Dialog open title>
            {refused(move || remove.value().get())}
            <p>{t(FlowText::DeleteText)}</p>
            <div class="dialog-foot">
                <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                <Button
                    kind=ButtonKind::Danger
                    busy=remove.pending()
                    on_press=move || {
                        if let Some(flow) = doomed.get_untracked() {
                            remove.dispatch(flow);
                        }
                    }
                >
                    {t(FlowText::Delete)}
                </Button>
            </div>
        </Dialog>
    }
}
