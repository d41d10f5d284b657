//! Sign-in.

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_meta::Title;

use super::door::Door;
use crate::i18n::t;
use crate::i18n::texts::PeopleText;
use crate::kit::{Button, ButtonKind, TextField, refused};
use crate::rpc::SignIn;

/// Login and password; the server sends the person on.
#[component]
pub fn SignInPage() -> impl IntoView {
    let action = ServerAction::<SignIn>::new();
    let login = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    view! {
        <Title text=crate::shell::page_title(t(PeopleText::SignInTitle))/>
        <Door title=t(PeopleText::SignInTitle) text=t(PeopleText::Slogan)>
            <ActionForm action=action attr:class="form">
                {refused(move || action.value().get())}
                <TextField
                    label=t(PeopleText::Login)
                    name="login"
                    value=login
                    required=true
                    autocomplete="username"
                    first=true
                />
                <TextField
                    label=t(PeopleText::Password)
                    name="password"
                    value=password
                    kind="password"
                    required=true
                    autocomplete="current-password"
                />
                <Button kind=ButtonKind::Primary submit=true busy=action.pending()>
                    {t(PeopleText::SignInAction)}
                </Button>
            </ActionForm>
        </Door>
    }
}
