//! The form for a new connection, by either road: signing in at the org, or a service app with a key of its own.

use api::{AuthorizeRequest, ServiceKey, ServiceRequest};
use leptos::prelude::*;

use super::key::KeyFields;
use super::returned::Returned;
use crate::i18n::t;
use crate::i18n::texts::ConnectionText;
use crate::kit::{Button, ButtonKind, TextField, refused};
use crate::rpc;
use crate::shell::use_query_value;

/// What the person typed.
#[derive(Clone, Copy)]
pub struct Typed {
    name: RwSignal<String>,
    domain: RwSignal<String>,
    client_id: RwSignal<String>,
    client_secret: RwSignal<String>,
    scopes: RwSignal<String>,
    /// A service app instead of a person who signs in.
    is_service: RwSignal<bool>,
    /// A pasted key instead of one that Nagare makes.
    pub(super) is_pasted: RwSignal<bool>,
    pub(super) pasted: RwSignal<String>,
    /// The key that Nagare made.
    pub(super) made: RwSignal<Option<api::NewKey>>,
}

impl Typed {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            name: text(),
            domain: text(),
            client_id: text(),
            client_secret: text(),
            scopes: text(),
            is_service: RwSignal::new(false),
            is_pasted: RwSignal::new(false),
            pasted: text(),
            made: RwSignal::new(None),
        }
    }

    /// The scopes that were typed, apart by anything but letters, digits and dots; nothing for the usual ones.
    fn scopes(self) -> Option<Vec<String>> {
        let scopes: Vec<String> = self
            .scopes
            .get_untracked()
            .split([' ', ',', '\n', '\t'])
            .filter(|scope| !scope.is_empty())
            .map(str::to_owned)
            .collect();
        (!scopes.is_empty()).then_some(scopes)
    }

    fn consent(self, return_to: Option<String>) -> AuthorizeRequest {
        AuthorizeRequest {
            name: self.name.get_untracked(),
            domain: self.domain.get_untracked(),
            client_id: self.client_id.get_untracked(),
            client_secret: self.client_secret.get_untracked(),
            scopes: self.scopes(),
            return_to,
        }
    }

    fn service(self) -> ServiceRequest {
        let made = self.made.get_untracked().map(|key| key.id);
        ServiceRequest {
            name: self.name.get_untracked(),
            domain: self.domain.get_untracked(),
            client_id: self.client_id.get_untracked(),
            key: match made.filter(|_| !self.is_pasted.get_untracked()) {
                Some(id) => ServiceKey::Made(id),
                None => ServiceKey::Pasted(self.pasted.get_untracked()),
            },
            scopes: self.scopes(),
        }
    }
}

/// Which road, name, domain, client; then the org asks, or Nagare shows its key.
#[component]
pub fn NewConnection() -> impl IntoView {
    let typed = Typed::new();
    let return_to = use_query_value("return_to");
    let authorize = Action::new(move |(): &()| {
        let back = return_to.get_untracked();
        async move {
            let address = if typed.is_service.get_untracked() {
                let answer = rpc::authorize_service(typed.service()).await?;
                back.filter(|path| path.starts_with('/'))
                    .unwrap_or_else(|| format!("/connections/{}", answer.connection))
            } else {
                rpc::authorize(typed.consent(back)).await?
            };
            leave_for(&address);
            Ok::<(), rpc::Refusal>(())
        }
    });
    let is_service = typed.is_service;
    view! {
        <div class="split-content">
            <Returned/>
            <section class="panel new-connection">
                <h2 class="first-title">{t(ConnectionText::NewTitle)}</h2>
                <form
                    class="form"
                    on:submit=move |event| {
                        event.prevent_default();
                        authorize.dispatch(());
                    }
                >
                    {refused(move || authorize.value().get())}
                    <Road is_service/>
                    <TextField
                        label=t(ConnectionText::Name)
                        name="name"
                        value=typed.name
                        required=true
                        hint=t(ConnectionText::NameHint)
                        first=true
                    />
                    <TextField
                        label=t(ConnectionText::Domain)
                        name="domain"
                        value=typed.domain
                        required=true
                        hint=t(ConnectionText::DomainHint)
                    />
                    {move || match is_service.get() {
                        true => view! { <KeyFields typed/> }.into_any(),
                        false => view! { <RedirectNote/> }.into_any(),
                    }}
                    <TextField
                        label=t(ConnectionText::ClientId)
                        name="client_id"
                        value=typed.client_id
                        required=true
                    />
                    {move || {
                        (!is_service.get())
                            .then(|| {
                                view! {
                                    <TextField
                                        label=t(ConnectionText::ClientSecret)
                                        name="client_secret"
                                        value=typed.client_secret
                                        kind="password"
                                        autocomplete="new-password"
                                        hint=t(ConnectionText::ClientSecretHint)
                                    />
                                }
                            })
                    }}
                    <details class="more-fields">
                        <summary>{t(ConnectionText::ScopesAsked)}</summary>
                        <LongField label=t(ConnectionText::ScopesAsked) name="scopes" value=typed.scopes hint=t(ConnectionText::ScopesAskedHint)/>
                    </details>
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

/// What the app at the org must allow before anybody can sign in there. Known in the browser only, which has the address.
#[component]
fn RedirectNote() -> impl IntoView {
    let origin = RwSignal::new(None::<String>);
    Effect::new(move || origin.set(window().location().origin().ok()));
    move || {
        origin.get().map(|origin| {
            let address = format!("{origin}/connections/callback");
            view! { <p class="hint redirect-note">{t(ConnectionText::RedirectHint { address })}</p> }
        })
    }
}

#[component]
fn Road(is_service: RwSignal<bool>) -> impl IntoView {
    view! {
        <fieldset class="choices">
            <legend class="visually-hidden">{t(ConnectionText::Road)}</legend>
            <Either name="road" value=is_service is=false text=ConnectionText::RoadPerson hint=ConnectionText::NewText/>
            <Either name="road" value=is_service is=true text=ConnectionText::RoadService hint=ConnectionText::RoadServiceText/>
        </fieldset>
    }
}

/// One of two choices, with a line that explains it.
#[component]
pub(super) fn Either(
    name: &'static str,
    value: RwSignal<bool>,
    is: bool,
    text: ConnectionText,
    #[prop(optional)] hint: Option<ConnectionText>,
) -> impl IntoView {
    let id = format!("{name}-{is}");
    view! {
        <div>
            <label class="choice">
                <input
                    type="radio"
                    name=name
                    aria-describedby=hint.is_some().then(|| id.clone())
                    checked=value.get_untracked() == is
                    prop:checked=move || value.get() == is
                    on:change=move |_| value.set(is)
                />
                {t(text)}
            </label>
            {hint.map(|hint| view! { <p class="hint choice-hint" id=id.clone()>{t(hint)}</p> })}
        </div>
    }
}

/// A field for several lines of text.
#[component]
pub(super) fn LongField(
    #[prop(into)] label: Signal<String>,
    name: &'static str,
    value: RwSignal<String>,
    #[prop(into)] hint: Signal<String>,
) -> impl IntoView {
    let note = format!("{name}-note");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <textarea
                class="input mono"
                id=name
                name=name
                rows="4"
                spellcheck="false"
                autocomplete="off"
                aria-describedby=note.clone()
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            <p class="hint" id=note>{hint}</p>
        </div>
    }
}

/// Goes to a page of another server.
pub(super) fn leave_for(address: &str) {
    if window().location().set_href(address).is_err() {
        leptos::logging::warn!("the browser refuses to leave");
    }
}
