//! Ending a run that is not over, after saying what that means.

use api::RunStatus;
use leptos::prelude::*;

use crate::canvas::board::Board;
use crate::i18n::t;
use crate::i18n::texts::TraceText;
use crate::kit::{Button, ButtonKind, Dialog, forget_refusal, refused, use_toasts};
use crate::rpc;

/// The button, while the run is not over, and the dialog that asks.
#[component]
pub fn CancelRun(
    /// Whose run.
    board: Board,
) -> impl IntoView {
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let run = Memo::new(move |_| {
        let may = |status: RunStatus| !status.is_over() || status == RunStatus::OutcomeUnknown;
        board.run.with(|run| {
            let row = &run.as_ref()?.row;
            may(row.status).then(|| row.id.clone())
        })
    });
    let cancel = Action::new(move |id: &flow::RunId| {
        let id = id.clone();
        async move {
            rpc::cancel_run(id).await?;
            toasts.say(&TraceText::CancelDone);
            open.set(false);
            Ok::<(), rpc::Refusal>(())
        }
    });
    forget_refusal(open, cancel);
    view! {
        {move || run.get().is_some().then(|| view! {
            <Button icon="circle-stop" on_press=move || open.set(true)>{t(TraceText::CancelRun)}</Button>
        })}
        <Dialog open title=t(TraceText::CancelTitle)>
            {refused(move || cancel.value().get())}
            <p>{t(TraceText::CancelText)}</p>
            <div class="dialog-foot">
                <Button on_press=move || open.set(false)>{t(TraceText::KeepRunning)}</Button>
                <Button
                    kind=ButtonKind::Danger
                    busy=cancel.pending()
                    on_press=move || {
                        if let Some(id) = run.get_untracked() {
                            cancel.dispatch(id);
                        }
                    }
                >
                    {t(TraceText::CancelRun)}
                </Button>
            </div>
        </Dialog>
    }
}
