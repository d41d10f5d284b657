//! Taking away the data of a flow's runs, after saying what that means.

use api::ClearRuns;
use flow::FlowId;
use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::{KitText, RunningText};
use crate::kit::{Button, ButtonKind, Dialog, forget_refusal, refused, use_toasts};
use crate::rpc;

/// The button, where the list is about one flow, and the dialog that asks.
#[component]
pub fn ClearData(
    /// The flow; nothing where there are several.
    #[prop(into)]
    flow: Signal<Option<FlowId>>,
) -> impl IntoView {
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let ask = move || {
        let Some(id) = flow.get_untracked() else {
            return;
        };
        leptos::task::spawn_local(async move {
            if let Ok(view) = rpc::open_flow(id).await {
                name.try_set(view.row.name);
            }
            open.try_set(true);
        });
    };
    let clear = Action::new(move |stop_saving: &bool| {
        let stop_saving = *stop_saving;
        let flow = flow.get_untracked();
        async move {
            let Some(flow) = flow else {
                return Ok::<(), rpc::Refusal>(());
            };
            let cleared = rpc::clear_runs(ClearRuns { flow, stop_saving }).await?;
            open.set(false);
            toasts.say(&RunningText::Cleared { n: cleared.runs });
            Ok(())
        }
    });
    forget_refusal(open, clear);
    let title = Signal::derive(move || t(RunningText::ClearTitle { flow: name.get() }).get());
    view! {
        {move || flow.get().map(|_| view! {
            <Button icon="trash-2" on_press=ask>{t(RunningText::ClearData)}</Button>
        })}
        <Dialog open title>
            {refused(move || clear.value().get())}
            <p>{t(RunningText::ClearText)}</p>
            <div class="dialog-foot dialog-foot-wrap">
                <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                <Button kind=ButtonKind::DangerQuiet busy=clear.pending() on_press=move || { clear.dispatch(true); }>{t(RunningText::ClearStop)}</Button>
                <Button kind=ButtonKind::Danger busy=clear.pending() on_press=move || { clear.dispatch(false); }>{t(RunningText::ClearKeep)}</Button>
            </div>
        </Dialog>
    }
}
