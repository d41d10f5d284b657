//! Where a directory is and who reads it: the form for a new one, and for changing one.

use api::{Connection, DirectorySecurity, DirectoryView, SaveDirectory};
use flow::ConnectionId;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

use crate::i18n::t;
use crate::i18n::texts::{DirectoryText, KitText};
use crate::kit::{Button, ButtonKind, Choice, SelectField, TextField, refused, use_toasts};
use crate::rpc;

/// What somebody typed.
#[derive(Clone, Copy)]
struct Typed {
    name: RwSignal<String>,
    host: RwSignal<String>,
    port: RwSignal<String>,
    is_start_tls: RwSignal<bool>,
    authorities: RwSignal<String>,
    account: RwSignal<String>,
    password: RwSignal<String>,
    connection: RwSignal<String>,
}

/// What a stored password belongs to. It goes nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Door {
    host: String,
    port: Option<u16>,
    is_start_tls: bool,
    authorities: Option<String>,
    account: String,
}

impl Typed {
    fn new(old: Option<&DirectoryView>, orgs: &[Connection]) -> Self {
        let text =
            |read: fn(&DirectoryView) -> String| RwSignal::new(old.map(read).unwrap_or_default());
        let only = match orgs {
            [only] if old.is_none() => only.id.to_string(),
            _ => String::new(),
        };
        let chosen = old.and_then(|old| old.connection.as_ref());
        Self {
            name: text(|old| old.name.clone()),
            host: text(|old| old.host.clone()),
            port: text(|old| old.port.map(|port| port.to_string()).unwrap_or_default()),
            is_start_tls: RwSignal::new(
                old.is_some_and(|old| old.security == DirectorySecurity::StartTls),
            ),
            authorities: text(|old| old.authorities.clone().unwrap_or_default()),
            account: text(|old| old.account.clone()),
            password: RwSignal::new(String::new()),
            connection: RwSignal::new(chosen.map_or(only, ToString::to_string)),
        }
    }

    /// The door as it is typed now; follows every key.
    fn door(self) -> Door {
        Door {
            host: self.host.get().trim().to_owned(),
            port: self.port.get().trim().parse().ok(),
            is_start_tls: self.is_start_tls.get(),
            authorities: Some(self.authorities.get().trim().to_owned())
                .filter(|text| !text.is_empty()),
            account: self.account.get().trim().to_owned(),
        }
    }

    fn request(self, old: Option<&DirectoryView>) -> SaveDirectory {
        let door = untrack(|| self.door());
        let password = self.password.get_untracked();
        let connection = self.connection.get_untracked();
        SaveDirectory {
            id: old.map(|old| old.id.clone()),
            revision: old.map_or(0, |old| old.revision),
            name: self.name.get_untracked(),
            host: door.host,
            port: door.port,
            security: if door.is_start_tls {
                DirectorySecurity::StartTls
            } else {
                DirectorySecurity::Ldaps
            },
            authorities: door.authorities,
            account: door.account,
            password: Some(password).filter(|text| !text.is_empty()),
            connection: Some(connection)
                .filter(|id| !id.is_empty())
                .map(ConnectionId::from),
            settings: old.map(|old| old.settings.clone()).unwrap_or_default(),
            timetable: old.map(|old| old.timetable.clone()).unwrap_or_default(),
        }
    }
}

fn door_of(old: &DirectoryView) -> Door {
    Door {
        host: old.host.clone(),
        port: old.port,
        is_start_tls: old.security == DirectorySecurity::StartTls,
        authorities: old
            .authorities
            .as_deref()
            .map(|pem| pem.trim().to_owned())
            .filter(|pem| !pem.is_empty()),
        account: old.account.clone(),
    }
}

/// Whether a port was typed that is none.
fn is_wrong_port(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && !text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// The form; a new directory is tried as soon as it is there.
#[component]
pub fn PlaceForm(
    /// The connections to choose from.
    orgs: Vec<Connection>,
    /// The directory to change.
    #[prop(optional)]
    old: Option<DirectoryView>,
    /// It was changed.
    #[prop(into, optional)]
    on_saved: Option<Callback<()>>,
) -> impl IntoView {
    let toasts = use_toasts();
    let navigate = use_navigate();
    let typed = Typed::new(old.as_ref(), &orgs);
    let before = old.as_ref().map(door_of);
    let is_new = old.is_none();
    let needs_password =
        Memo::new(move |_| before.as_ref().is_none_or(|before| typed.door() != *before));
    let old = StoredValue::new(old);
    let save = Action::new(move |(): &()| {
        let request = old.with_value(|old| typed.request(old.as_ref()));
        let navigate = navigate.clone();
        async move {
            let saved = rpc::save_directory(request).await?;
            match on_saved {
                Some(on_saved) => {
                    toasts.say(&DirectoryText::Saved);
                    on_saved.run(());
                }
                None => navigate(
                    &format!("/directories/{}?test=now", saved.id),
                    NavigateOptions::default(),
                ),
            }
            Ok::<(), rpc::Refusal>(())
        }
    });
    let wrong_port = Signal::derive(move || {
        is_wrong_port(&typed.port.get()).then(|| t(DirectoryText::PortWrong).get())
    });
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                if !is_wrong_port(&typed.port.get_untracked()) {
                    save.dispatch(());
                }
            }
        >
            {refused(move || save.value().get())}
            <TextField label=t(DirectoryText::Name) name="directory-name" value=typed.name required=true first=is_new hint=t(DirectoryText::NameHint)/>
            <TextField label=t(DirectoryText::Host) name="directory-host" value=typed.host required=true placeholder="dc1.corp.example.com" hint=t(DirectoryText::HostHint)/>
            <SecurityField typed/>
            <PortField typed error=wrong_port/>
            <AuthorityField value=typed.authorities/>
            <TextField label=t(DirectoryText::Account) name="directory-account" value=typed.account required=true placeholder="nagare@corp.example.com" hint=t(DirectoryText::AccountHint)/>
            <PasswordField typed is_new needs_password/>
            <OrgField typed orgs/>
            <div class="dialog-foot">
                <Button kind=ButtonKind::Primary submit=true busy=save.pending()>
                    {if is_new { t(DirectoryText::AddAndTest) } else { t(KitText::Save) }}
                </Button>
            </div>
        </form>
    }
}

#[component]
fn SecurityField(typed: Typed) -> impl IntoView {
    let choice = move |is: bool, text: DirectoryText| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="directory-security"
                    checked=typed.is_start_tls.get_untracked() == is
                    prop:checked=move || typed.is_start_tls.get() == is
                    on:change=move |_| typed.is_start_tls.set(is)
                />
                {t(text)}
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>{t(DirectoryText::Security)}</legend>
            {choice(false, DirectoryText::Ldaps)}
            {choice(true, DirectoryText::StartTls)}
        </fieldset>
    }
}

#[component]
fn PortField(typed: Typed, error: Signal<Option<String>>) -> impl IntoView {
    let hint = Signal::derive(move || {
        let port = if typed.is_start_tls.get() {
            "389"
        } else {
            "636"
        };
        let port = port.to_owned();
        t(DirectoryText::PortHint { port }).get()
    });
    view! { <TextField label=t(DirectoryText::Port) name="directory-port" value=typed.port hint error/> }
}

#[component]
fn PasswordField(typed: Typed, is_new: bool, needs_password: Memo<bool>) -> impl IntoView {
    let hint = Signal::derive(move || {
        let text = match (is_new, needs_password.get()) {
            (true, _) => DirectoryText::PasswordHint,
            (false, true) => DirectoryText::PasswordAgain,
            (false, false) => DirectoryText::PasswordKept,
        };
        t(text).get()
    });
    view! {
        <div class="field">
            <label for="directory-password">{t(DirectoryText::Password)}</label>
            <input
                class="input"
                id="directory-password"
                name="directory-password"
                type="password"
                autocomplete="new-password"
                required=move || needs_password.get()
                aria-describedby="directory-password-note"
                bind:value=typed.password
            />
            <p
                class=move || if !is_new && needs_password.get() { "field-warning" } else { "hint" }
                id="directory-password-note"
                aria-live="polite"
            >
                {hint}
            </p>
        </div>
    }
}

#[component]
fn OrgField(typed: Typed, orgs: Vec<Connection>) -> impl IntoView {
    let has_none = orgs.is_empty();
    let choices = Signal::derive(move || {
        let none = Choice {
            value: String::new(),
            label: t(DirectoryText::NoOrgYet).get(),
        };
        let orgs = orgs.iter().map(|org| Choice {
            value: org.id.to_string(),
            label: format!("{} ({})", org.name, org.domain),
        });
        std::iter::once(none).chain(orgs).collect::<Vec<_>>()
    });
    view! {
        <div>
            <SelectField label=t(DirectoryText::Org) name="directory-org" value=typed.connection choices/>
            <p class="hint">
                {t(DirectoryText::OrgHint)}
                {has_none.then(|| view! { " "<a href="/connections/new">{t(DirectoryText::NewConnection)}</a> })}
            </p>
        </div>
    }
}

/// The certificate, typed, pasted or from a file.
#[component]
fn AuthorityField(value: RwSignal<String>) -> impl IntoView {
    let chooser = NodeRef::<html::Input>::new();
    let take = move |_| {
        let files = chooser.get_untracked().and_then(|chooser| chooser.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            read_text(&file, value);
        }
    };
    view! {
        <div class="field">
            <label for="directory-authority">{t(DirectoryText::Authority)}</label>
            <textarea
                class="input mono"
                id="directory-authority"
                rows="3"
                spellcheck="false"
                autocomplete="off"
                placeholder="-----BEGIN CERTIFICATE-----"
                aria-describedby="directory-authority-note"
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            <p class="hint" id="directory-authority-note">{t(DirectoryText::AuthorityHint)}</p>
            <input
                class="visually-hidden"
                type="file"
                tabindex="-1"
                aria-label=t(DirectoryText::AuthorityFile)
                accept=".pem,.crt,.cer,application/x-pem-file"
                node_ref=chooser
                on:change=take
            />
            <div>
                <Button icon="folder-open" on_press=move || {
                    if let Some(chooser) = chooser.get_untracked() {
                        chooser.click();
                    }
                }>
                    {t(DirectoryText::AuthorityFile)}
                </Button>
            </div>
        </div>
    }
}

/// A certificate is small; whatever else is chosen is refused by the server with words.
fn read_text(file: &web_sys::File, value: RwSignal<String>) {
    if file.size() > 65_536.0 {
        return;
    }
    let read = Closure::<dyn FnMut(JsValue)>::new(move |text: JsValue| {
        if let Some(text) = text.as_string() {
            value.try_set(text);
        }
    });
    drop(file.text().then(&read));
    read.forget();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_a_number_that_can_be_one() {
        for (text, is_wrong) in [
            ("", false),
            (" 636 ", false),
            ("0", true),
            ("70000", true),
            ("ldaps", true),
        ] {
            assert_eq!(is_wrong_port(text), is_wrong, "{text}");
        }
    }
}
