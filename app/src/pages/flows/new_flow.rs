//! Naming a new flow; then its editor opens.

use api::NewFlow as Request;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::i18n::t;
use crate::i18n::texts::{FlowText, KitText};
use crate::kit::{Button, ButtonKind, Dialog, TextField, forget_refusal, refused};
use crate::rpc;

/// The dialog that asks for a name.
#[component]
pub fn NewFlow(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The folder to make it in.
    folder: Memo<Option<String>>,
) -> impl IntoView {
    let navigate = use_navigate();
    let name = RwSignal::new(String::new());
    let make = Action::new(move |(): &()| {
        let navigate = navigate.clone();
        let request = Request {
            folder: folder.get_untracked().map(Into::into),
            name: name.get_untracked(),
        };
        async move {
            let flow = rpc::create_flow(request).await?;
            navigate(&format!("/flows/{}", flow.id), NavigateOptions::default());
            Ok::<(), rpc::Refusal>(())
        }
    });
    forget_refusal(open, make);
    view! {
        <Dialog open title=t(FlowText::NewFlowTitle)>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    make.dispatch(());
                }
            >
                {refused(move || make.value().get())}
                <TextField label=t(FlowText::FlowName) name="flow-name" value=name required=true first=true/>
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=make.pending()>
                        {t(FlowText::Create)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
