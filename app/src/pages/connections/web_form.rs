//! The form of a connection to a service other than an org: how it proves who calls, and which hosts get the secret.

use api::{Connection, WebAuth, WebConnection};
use leptos::prelude::*;

use super::new::{LongField, leave_for};
use crate::i18n::t;
use crate::i18n::texts::{KitText, WebText};
use crate::kit::{Button, ButtonKind, ErrorBox, Loading, TextField, refused};
use crate::rpc;
use crate::shell::use_query_value;

/// How a connection proves who calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    None,
    #[default]
    Basic,
    Header,
    Client,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Basic, Self::Header, Self::Client, Self::None];

    fn of(connection: &Connection) -> Self {
        match connection.grant {
            api::Grant::None => Self::None,
            api::Grant::Header => Self::Header,
            api::Grant::ClientCredentials => Self::Client,
            _ => Self::Basic,
        }
    }

    fn text(self) -> WebText {
        match self {
            Self::None => WebText::KindNone,
            Self::Basic => WebText::KindBasic,
            Self::Header => WebText::KindHeader,
            Self::Client => WebText::KindClient,
        }
    }
}

/// What was typed.
#[derive(Clone, Copy)]
struct Typed {
    kind: RwSignal<Kind>,
    name: RwSignal<String>,
    hosts: RwSignal<String>,
    test_url: RwSignal<String>,
    /// User, name of the header, or client id.
    who: RwSignal<String>,
    secret: RwSignal<String>,
    token_url: RwSignal<String>,
    scopes: RwSignal<String>,
    audience: RwSignal<String>,
    in_form: RwSignal<bool>,
}

impl Typed {
    fn new(old: Option<&Connection>) -> Self {
        let text = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
        Self {
            kind: RwSignal::new(old.map(Kind::of).unwrap_or_default()),
            name: text(old.map(|old| old.name.clone())),
            hosts: text(old.map(|old| old.domain.clone())),
            test_url: text(None),
            who: text(old.map(|old| old.client_id.clone())),
            secret: text(None),
            token_url: text(None),
            scopes: text(old.map(|old| old.scopes.join(" "))),
            audience: text(None),
            in_form: RwSignal::new(false),
        }
    }

    fn request(self, old: Option<&Connection>) -> WebConnection {
        let said = |signal: RwSignal<String>| signal.get_untracked();
        let words = |signal: RwSignal<String>| {
            let text = signal.get_untracked();
            let words = text
                .split([' ', ',', '\n', '\t'])
                .filter(|word| !word.is_empty());
            words.map(str::to_owned).collect::<Vec<_>>()
        };
        let (who, secret) = (said(self.who), said(self.secret));
        WebConnection {
            id: old.map(|old| old.id.clone()),
            name: said(self.name),
            hosts: words(self.hosts),
            test_url: Some(said(self.test_url)).filter(|url| !url.trim().is_empty()),
            auth: match self.kind.get_untracked() {
                Kind::None => WebAuth::None,
                Kind::Basic => WebAuth::Basic {
                    user: who,
                    password: secret,
                },
                Kind::Header => WebAuth::Header {
                    name: who,
                    value: secret,
                },
                Kind::Client => WebAuth::ClientCredentials {
                    token_url: said(self.token_url),
                    client_id: who,
                    client_secret: secret,
                    scopes: words(self.scopes),
                    audience: said(self.audience),
                    in_form: self.in_form.get_untracked(),
                },
            },
        }
    }
}

/// The form; for a new connection, or for one that is there, whose secret stays where none is typed.
#[component]
pub fn WebForm(
    /// The connection to change.
    #[prop(optional)]
    old: Option<Connection>,
    /// It was changed.
    #[prop(into, optional)]
    on_saved: Option<Callback<()>>,
) -> impl IntoView {
    let typed = Typed::new(old.as_ref());
    let is_new = old.is_none();
    let return_to = use_query_value("return_to");
    let old = StoredValue::new(old);
    let save = Action::new(move |(): &()| {
        let request = old.with_value(|old| typed.request(old.as_ref()));
        let back = return_to
            .get_untracked()
            .filter(|path| path.starts_with('/'));
        async move {
            let id = rpc::save_web_connection(request).await?;
            match on_saved {
                Some(saved) => saved.run(()),
                None => leave_for(&back.unwrap_or_else(|| format!("/connections/{id}"))),
            }
            Ok::<(), rpc::Refusal>(())
        }
    });
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                save.dispatch(());
            }
        >
            {refused(move || save.value().get())}
            <TextField label=t(WebText::Name) name="web-name" value=typed.name required=true first=is_new/>
            <fieldset class="choices">
                <legend>{t(WebText::Kind)}</legend>
                {Kind::ALL
                    .map(|kind| {
                        view! {
                            <label class="choice">
                                <input
                                    type="radio"
                                    name="web-kind"
                                    checked=typed.kind.get_untracked() == kind
                                    prop:checked=move || typed.kind.get() == kind
                                    on:change=move |_| typed.kind.set(kind)
                                />
                                {t(kind.text())}
                            </label>
                        }
                    })}
            </fieldset>
            {move || view! { <Secrets typed kind=typed.kind.get() is_new/> }}
            <TextField label=t(WebText::Hosts) name="web-hosts" value=typed.hosts hint=t(WebText::HostsHint)/>
            <TextField label=t(WebText::TestUrl) name="web-test" value=typed.test_url hint=t(if is_new { WebText::TestUrlHint } else { WebText::SecretKept })/>
            <div class="dialog-foot">
                <Button kind=ButtonKind::Primary submit=true busy=save.pending()>
                    {t(if is_new { WebText::Create } else { WebText::Change })}
                </Button>
            </div>
        </form>
    }
}

#[component]
fn Secrets(typed: Typed, kind: Kind, is_new: bool) -> impl IntoView {
    let (who, secret) = match kind {
        Kind::None => return ().into_any(),
        Kind::Basic => (WebText::User, WebText::Password),
        Kind::Header => (WebText::HeaderName, WebText::HeaderValue),
        Kind::Client => (WebText::ClientId, WebText::ClientSecret),
    };
    let note = if is_new {
        WebText::SecretHint
    } else {
        WebText::SecretKept
    };
    view! {
        {(kind == Kind::Client)
            .then(|| {
                view! {
                    <TextField label=t(WebText::TokenUrl) name="web-token" value=typed.token_url required=is_new hint=t(if is_new { WebText::TokenUrlHint } else { WebText::SecretKept })/>
                }
            })}
        <TextField label=t(who) name="web-who" value=typed.who required=true/>
        <TextField
            label=t(secret)
            name="web-secret"
            value=typed.secret
            kind="password"
            autocomplete="new-password"
            required=is_new
            hint=t(note)
        />
        {(kind == Kind::Client)
            .then(|| {
                view! {
                    <TextField label=t(WebText::Scopes) name="web-scopes" value=typed.scopes hint=t(WebText::ScopesHint)/>
                    <TextField label=t(WebText::Audience) name="web-audience" value=typed.audience hint=t(WebText::AudienceHint)/>
                    <label class="choice">
                        <input
                            type="checkbox"
                            prop:checked=typed.in_form
                            on:change=move |event| typed.in_form.set(event_target_checked(&event))
                        />
                        {t(WebText::InForm)}
                    </label>
                }
            })}
    }
    .into_any()
}

/// What HTTP cards may call although it is not public; for administrators.
#[component]
pub fn AllowedAddresses() -> impl IntoView {
    // Asked by the browser: who may see it is asked by the page around it.
    let known = LocalResource::new(rpc::allowed_addresses);
    view! {
        <section class="panel settings" aria-labelledby="allowed">
            <h2 id="allowed">{t(WebText::Allowed)}</h2>
            <p class="hint">{t(WebText::AllowedText)}</p>
            {move || match known.get() {
                None => view! { <Loading/> }.into_any(),
                Some(Ok(allowed)) => view! { <AllowedForm allowed/> }.into_any(),
                Some(Err(refusal)) => view! { <ErrorBox refusal on_retry=move || known.refetch()/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn AllowedForm(allowed: api::AllowedAddresses) -> impl IntoView {
    let toasts = crate::kit::use_toasts();
    let text = RwSignal::new(allowed.addresses.join("\n"));
    let fixed = allowed.fixed.join(", ");
    let save = Action::new(move |(): &()| {
        let addresses = text.get_untracked().lines().map(str::to_owned).collect();
        async move {
            let wanted = api::AllowedAddresses {
                addresses,
                fixed: Vec::new(),
            };
            let saved = rpc::save_allowed_addresses(wanted).await?;
            text.set(saved.addresses.join("\n"));
            toasts.say(&WebText::AllowedSaved);
            Ok::<(), rpc::Refusal>(())
        }
    });
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                save.dispatch(());
            }
        >
            {refused(move || save.value().get())}
            <LongField label=t(WebText::AllowedList) name="allowed-list" value=text hint=t(WebText::AllowedHint)/>
            {(!fixed.is_empty())
                .then(|| view! { <p class="hint">{t(WebText::AllowedFixed { list: fixed })}</p> })}
            <div class="dialog-foot">
                <Button kind=ButtonKind::Primary submit=true busy=save.pending()>{t(KitText::Save)}</Button>
            </div>
        </form>
    }
}
