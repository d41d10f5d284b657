//! First start: the code that the server printed makes the first administrator.

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::door::Door;
use crate::i18n::t;
use crate::i18n::texts::PeopleText;
use crate::kit::{Button, ButtonKind, TextField, refused};
use crate::rpc::SetUp;

/// Code, name, login, password; the server signs the person in and sends him home.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let action = ServerAction::<SetUp>::new();
    let given = use_query_map().with_untracked(|query| query.get("code"));
    let code = RwSignal::new(given.unwrap_or_default());
    let name = RwSignal::new(String::new());
    let login = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    view! {
        <Title text=crate::shell::page_title(t(PeopleText::SetUpTitle))/>
        <Door title=t(PeopleText::SetUpTitle) text=t(PeopleText::SetUpText)>
            <ActionForm action=action attr:class="form">
                {refused(move || action.value().get())}
                <TextField
                    label=t(PeopleText::Code)
                    name="code"
                    value=code
                    required=true
                    placeholder="XXXX-XXXX"
                    hint=t(PeopleText::CodeHint)
                    first=true
                />
                <TextField
                    label=t(PeopleText::Name)
                    name="name"
                    value=name
                    required=true
                    autocomplete="name"
                />
                <TextField
                    label=t(PeopleText::Login)
                    name="login"
                    value=login
                    required=true
                    autocomplete="username"
                    hint=t(PeopleText::LoginHint)
                />
                <TextField
                    label=t(PeopleText::Password)
                    name="password"
                    value=password
                    kind="password"
                    required=true
                    min_length=12
                    autocomplete="new-password"
                    hint=t(PeopleText::PasswordHint)
                />
                <Button kind=ButtonKind::Primary submit=true busy=action.pending()>
                    {t(PeopleText::SetUpAction)}
                </Button>
            </ActionForm>
        </Door>
    }
}
