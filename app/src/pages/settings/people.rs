//! People who can sign in, and deleting one: what that revokes is said before.

use api::{PersonRow, Role};
use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::{KitText, PeopleText};
use crate::kit::{
    Button, ButtonKind, Dialog, ErrorBox, Loading, forget_refusal, refused, use_toasts,
};
use crate::rpc;

/// The list of people, for administrators.
#[component]
pub fn People(
    /// Id of the person who looks at it.
    own: String,
) -> impl IntoView {
    let people = LocalResource::new(rpc::list_people);
    let own = StoredValue::new(own);
    view! {
        <section class="panel settings" aria-labelledby="people">
            <h2 id="people">{t(PeopleText::People)}</h2>
            <p class="hint">{t(PeopleText::PeopleText)}</p>
            {move || match people.get() {
                None => view! { <Loading/> }.into_any(),
                Some(Ok(everyone)) => {
                    let rows = everyone
                        .into_iter()
                        .map(|person| {
                            let is_own = own.with_value(|own| *own == person.id.as_str());
                            view! { <Row person is_own on_removed=move || people.refetch()/> }
                        });
                    view! { <ul class="rows people">{rows.collect_view()}</ul> }.into_any()
                }
                Some(Err(refusal)) => view! { <ErrorBox refusal on_retry=move || people.refetch()/> }.into_any(),
            }}
        </section>
    }
}

/// Returns what a role is called.
pub(crate) fn role_name(role: Role) -> PeopleText {
    match role {
        Role::Administrator => PeopleText::Administrator,
        Role::Auditor => PeopleText::Auditor,
        Role::ConnectionManager => PeopleText::ConnectionManager,
        Role::Member => PeopleText::Member,
    }
}

#[component]
fn Row(person: PersonRow, is_own: bool, #[prop(into)] on_removed: Callback<()>) -> impl IntoView {
    let is_asking = RwSignal::new(false);
    let role = role_name(person.role);
    let name = person.name.clone();
    let is_last = person.is_last_administrator;
    view! {
        <li class="row">
            <div class="row-text">
                <span class="row-name ellipsis">
                    {person.name.clone()}
                    {is_own.then(|| view! { <span class="muted">" "{t(PeopleText::You)}</span> })}
                </span>
                <span class="row-note ellipsis">{person.login.clone()}" · "{t(role)}</span>
                {is_last.then(|| view! { <span class="row-note">{t(PeopleText::LastAdministrator)}</span> })}
            </div>
            {(!is_last)
                .then(|| {
                    view! {
                        <Button
                            kind=ButtonKind::DangerQuiet
                            icon="trash-2"
                            on_press=move || is_asking.set(true)
                        >
                            <span aria-hidden="true">{t(PeopleText::Delete)}</span>
                            <span class="visually-hidden">
                                {t(PeopleText::DeletePerson { name: name.clone() })}
                            </span>
                        </Button>
                        <RemovePerson person is_own open=is_asking on_removed/>
                    }
                })}
        </li>
    }
}

/// Asks, and names the connections whose tokens are revoked.
#[component]
fn RemovePerson(
    person: PersonRow,
    is_own: bool,
    open: RwSignal<bool>,
    on_removed: Callback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let id = person.id;
    let remove = Action::new(move |(): &()| {
        let id = id.clone();
        async move {
            let deletion = rpc::delete_person(id).await?;
            open.set(false);
            if is_own {
                // The session ended with the person.
                if window().location().set_href("/sign-in").is_err() {
                    leptos::logging::warn!("the browser refuses to leave");
                }
                return Ok::<(), rpc::Refusal>(());
            }
            if deletion.pending > 0 {
                toasts.warn(&PeopleText::DeletedPending {
                    n: deletion.pending,
                });
            } else {
                toasts.say(&PeopleText::Deleted {
                    n: deletion.revoked,
                });
            }
            on_removed.run(());
            Ok(())
        }
    });
    forget_refusal(open, remove);
    let n = person.connections.len();
    let names = StoredValue::new(person.connections);
    view! {
        <Dialog open title=t(PeopleText::DeleteQuestion { name: person.name })>
            {refused(move || remove.value().get())}
            <p>{t(PeopleText::DeleteEnds)}</p>
            {(n > 0)
                .then(|| {
                    let items = names
                        .get_value()
                        .into_iter()
                        .map(|name| view! { <li>{name}</li> })
                        .collect_view();
                    view! {
                        <p>{t(PeopleText::DeleteRevokes { n })}</p>
                        <ul class="bullets">{items}</ul>
                    }
                })}
            <div class="dialog-foot">
                <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                <Button
                    kind=ButtonKind::Danger
                    busy=remove.pending()
                    on_press=move || { remove.dispatch(()); }
                >
                    {t(PeopleText::Delete)}
                </Button>
            </div>
        </Dialog>
    }
}
