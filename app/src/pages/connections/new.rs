//! The form for a new connection. Sending it leads to the sign-in page of the org.

use api::AuthorizeRequest;
use leptos::prelude::*;

use super::returned::Returned;
use crate::i18n::t;
use crate::i18n::texts::ConnectionText;
use crate::kit::{Button, ButtonKind, TextField, refused};
use crate::rpc;
use crate::shell::use_query_value;

/// Name, domain, client; then the org asks.
#[component]
pub fn NewConnection() -> impl IntoView {
    let name = RwSignal::new(String::new());
    let domain = RwSignal::new(String::new());
    let client_id = RwSignal::new(String::new());
    let client_secret = RwSignal::new(String::new());
    let return_to = use_query_value("return_to");
    let authorize = Action::new(move |(): &()| {
        let request = AuthorizeRequest {
            name: name.get_untracked(),
            domain: domain.get_untracked(),
            client_id: client_id.get_untracked(),
            client_secret: client_secret.get_untracked(),
            return_to: return_to.get_untracked(),
        };
        async move {
            let address = rpc::authorize(request).await?;
            leave_for(&address);
            Ok::<(), rpc::Refusal>(())
        }
    });
    view! {
        <div class="split-content">
            <Returned/>
            <section class="panel new-connection">
                <h2 class="first-title">{t(ConnectionText::NewTitle)}</h2>
                <p class="muted">{t(ConnectionText::NewText)}</p>
                <form
                    class="form"
                    on:submit=move |event| {
                        event.prevent_default();
                        authorize.dispatch(());
                    }
                >
                    {refused(move || authorize.value().get())}
                    <TextField
                        label=t(ConnectionText::Name)
                        name="name"
                        value=name
                        required=true
                        hint=t(ConnectionText::NameHint)
                        first=true
                    />
                    <TextField
                        label=t(ConnectionText::Domain)
                        name="domain"
                        value=domain
                        required=true
                        hint=t(ConnectionText::DomainHint)
                    />
                    <TextField
                        label=t(ConnectionText::ClientId)
                        name="client_id"
                        value=client_id
                        required=true
                    />
                    <TextField
                        label=t(ConnectionText::ClientSecret)
                        name="client_secret"
                        value=client_secret
                        kind="password"
                        autocomplete="new-password"
                        hint=t(ConnectionText::ClientSecretHint)
                    />
                    <div class="dialog-foot">
                        <Button kind=ButtonKind::Primary submit=true busy=authorize.pending()>
                            {t(ConnectionText::Authorize)}
                        </Button>
                    </div>
                </form>
            </section>
        </div>
    }
}

/// Goes to a page of another server.
pub(super) fn leave_for(address: &str) {
    if window().location().set_href(address).is_err() {
        leptos::logging::warn!("the browser refuses to leave");
    }
}
