//! People of whom somebody must say who they are: somebody in the org, somebody new, or nobody to import.

use api::{ConfirmUser, FindOrgUsers, OrgUser, UserDecision, WaitingUser};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value as Json;

use super::Opened;
use super::header::{DirectoryFrame, Place};
use super::imports::PlanMenu;
use super::plan::words::{called, place, text, texts};
use crate::i18n::t;
use crate::i18n::texts::PlanText;
use crate::kit::{
    Button, ButtonKind, Dialog, EmptyState, ErrorBox, Icon, LinkButton, Loading, Tag, Tone,
    use_toasts,
};
use crate::rpc::{self, Refusal};

/// What the list works with.
#[derive(Clone, Copy)]
struct Desk {
    directory: StoredValue<String>,
    people: RwSignal<Vec<WaitingUser>>,
    picked: RwSignal<Vec<String>>,
    matched: RwSignal<Option<WaitingUser>>,
    decide: Action<Vec<ConfirmUser>, ()>,
    may_change: bool,
}

/// The page.
#[component]
pub fn Waiting(
    /// The directory.
    opened: Opened,
    /// Who waits.
    people: Vec<WaitingUser>,
) -> impl IntoView {
    let toasts = use_toasts();
    let may_change = opened.may_change;
    let directory = StoredValue::new(opened.directory.id.clone());
    let people = RwSignal::new(people);
    let picked = RwSignal::new(Vec::new());
    let matched = RwSignal::new(None);
    let has_decided = RwSignal::new(false);
    let decide = Action::new(move |decided: &Vec<ConfirmUser>| {
        let (id, decided) = (directory.get_value(), decided.clone());
        async move {
            let n = decided.len();
            match rpc::confirm_users(id, decided).await {
                Ok(left) => {
                    people.set(left);
                    picked.set(Vec::new());
                    matched.set(None);
                    has_decided.set(true);
                    toasts.say(&PlanText::Decided2 { n });
                }
                Err(refusal) => toasts.refuse(&refusal),
            }
        }
    });
    let desk = Desk {
        directory,
        people,
        picked,
        matched,
        decide,
        may_change,
    };
    let actions = move || {
        (may_change && has_decided.get())
            .then(|| view! { <PlanMenu directory=directory.get_value()/> })
    };
    let is_empty = Memo::new(move |_| people.with(Vec::is_empty));
    view! {
        <DirectoryFrame opened place=Place::Waiting actions>
            <div class="directory-page">
                {move || if is_empty.get() {
                    view! {
                        <div class="panel">
                            <EmptyState icon="user-check" text=t(PlanText::WaitingEmpty)>
                                <LinkButton href=directory.with_value(|id| Place::Rules.href(id))>
                                    {t(crate::i18n::texts::DirectoryText::Rules)}
                                </LinkButton>
                            </EmptyState>
                        </div>
                    }
                        .into_any()
                } else {
                    view! { <List desk/> }.into_any()
                }}
            </div>
            <MatchDialog desk/>
        </DirectoryFrame>
    }
}

#[component]
fn List(desk: Desk) -> impl IntoView {
    let is_all = Memo::new(move |_| desk.picked.with(Vec::len) == desk.people.with(Vec::len));
    let is_full = move || desk.people.with(Vec::len) >= 500;
    view! {
        <section class="panel" aria-labelledby="waiting-title">
            <div class="panel-head"><h2 id="waiting-title">{t(PlanText::WaitingTitle)}</h2></div>
            <p class="panel-lead">{t(PlanText::WaitingText)}</p>
            {move || is_full().then(|| view! { <p class="panel-lead">{t(PlanText::WaitingMost)}</p> })}
            <div class="table-wrap">
                <table class="table waiting-table">
                    <thead>
                        <tr>
                            <th scope="col" class="cell-tight">
                                <input
                                    type="checkbox"
                                    aria-label=t(PlanText::PickAll)
                                    disabled=!desk.may_change
                                    prop:checked=is_all
                                    on:change=move |event| {
                                        let all = event_target_checked(&event);
                                        let guids = desk.people.with_untracked(|people| people.iter().map(|one| one.guid.clone()).collect());
                                        desk.picked.set(if all { guids } else { Vec::new() });
                                    }
                                />
                            </th>
                            <th scope="col">{t(PlanText::Person)}</th>
                            <th scope="col">{t(PlanText::Candidates)}</th>
                            <th scope="col"><span class="visually-hidden">{t(PlanText::Action)}</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || desk.people.get() key=|one| one.guid.clone() let(person)>
                            <Row desk person/>
                        </For>
                    </tbody>
                </table>
            </div>
        </section>
        {move || (!desk.picked.read().is_empty()).then(|| view! { <Bulk desk/> })}
    }
}

#[component]
fn Row(desk: Desk, person: WaitingUser) -> impl IntoView {
    let name = called(&person.name);
    let guid = StoredValue::new(person.guid.clone());
    let (tone, icon, found) = found(&person.found);
    let note = person.login.clone().unwrap_or_else(|| place(&person.name));
    let label = |text: fn(String) -> PlanText| t(text(name.clone()));
    let pick_label = label(|name| PlanText::Pick { name });
    let (create_label, ignore_label, match_label) = (
        label(|name| PlanText::CreateNewFor { name }),
        label(|name| PlanText::IgnoreFor { name }),
        label(|name| PlanText::MatchFor { name }),
    );
    let is_picked = Memo::new(move |_| {
        guid.with_value(|guid| desk.picked.with(|picked| picked.contains(guid)))
    });
    let whole = StoredValue::new(person);
    view! {
        <tr>
            <td class="cell-tight">
                <input
                    type="checkbox"
                    aria-label=pick_label
                    disabled=!desk.may_change
                    prop:checked=is_picked
                    on:change=move |event| {
                        let is = event_target_checked(&event);
                        desk.picked.update(|picked| {
                            picked.retain(|one| guid.with_value(|guid| one != guid));
                            if is {
                                picked.push(guid.get_value());
                            }
                        });
                    }
                />
            </td>
            <td class="cell-main">
                <span class="row-text">
                    <span class="ellipsis">{name.clone()}</span>
                    <span class="row-note ellipsis">{note}</span>
                </span>
            </td>
            <td><Tag tone icon>{t(found)}</Tag></td>
            <td>
                {desk.may_change.then(|| view! {
                    <div class="actions">
                        <button class="button" type="button" aria-label=match_label on:click=move |_| desk.matched.set(Some(whole.get_value()))>
                            <Icon name="user-search"/>{t(PlanText::MatchWith)}
                        </button>
                        <button class="button" type="button" aria-label=create_label on:click=move |_| {
                            desk.decide.dispatch(vec![said(guid.get_value(), UserDecision::Create)]);
                        }>
                            <Icon name="user-plus"/>{t(PlanText::CreateNew)}
                        </button>
                        <button class="button button-bare" type="button" aria-label=ignore_label on:click=move |_| {
                            desk.decide.dispatch(vec![said(guid.get_value(), UserDecision::Ignore)]);
                        }>
                            {t(PlanText::Ignore)}
                        </button>
                    </div>
                })}
            </td>
        </tr>
    }
}

#[component]
fn Bulk(desk: Desk) -> impl IntoView {
    let say = move |decision: UserDecision| {
        let guids = desk.picked.get_untracked();
        let decided = guids.into_iter().map(|guid| said(guid, decision.clone()));
        desk.decide.dispatch(decided.collect());
    };
    view! {
        <div class="selection-bar" role="region" aria-label=t(PlanText::Candidates)>
            <span>{move || t(PlanText::Picked { n: desk.picked.with(Vec::len) }).get()}</span>
            <Button icon="user-plus" busy=desk.decide.pending() on_press=move || say(UserDecision::Create)>
                {t(PlanText::CreateNew)}
            </Button>
            <Button kind=ButtonKind::Bare busy=desk.decide.pending() on_press=move || say(UserDecision::Ignore)>
                {t(PlanText::Ignore)}
            </Button>
        </div>
    }
}

fn said(guid: String, decision: UserDecision) -> ConfirmUser {
    ConfirmUser { guid, decision }
}

/// What an import found: tone, icon, words.
fn found(found: &Json) -> (Tone, &'static str, PlanText) {
    match text(found, "match") {
        Some("exact") => (Tone::Ok, "user-check", PlanText::FoundExact),
        Some("partial") => (Tone::Warn, "user-search", PlanText::FoundPartial),
        Some("several") => {
            let n = texts(found, "okta_users").len();
            (Tone::Warn, "users", PlanText::FoundSeveral { n })
        }
        _ => (Tone::Plain, "user-plus", PlanText::FoundNew),
    }
}

/// The ids of those whom somebody may be.
fn candidates(found: &Json) -> String {
    match text(found, "okta_user") {
        Some(one) => one.to_owned(),
        None => texts(found, "okta_users").join(","),
    }
}

/// Who it is: one of those who were found, or anybody else of the org.
#[component]
fn MatchDialog(desk: Desk) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(desk.matched.read().is_some()));
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        if was == Some(true) && !is {
            desk.matched.set(None);
        }
        is
    });
    let title = Signal::derive(move || {
        let name = desk
            .matched
            .with(|person| person.as_ref().map(|person| called(&person.name)));
        t(PlanText::MatchTitle {
            name: name.unwrap_or_default(),
        })
        .get()
    });
    view! {
        <Dialog open title wide=true>
            {move || desk.matched.get().map(|person| view! { <Match desk person/> })}
        </Dialog>
    }
}

#[component]
fn Match(desk: Desk, person: WaitingUser) -> impl IntoView {
    let ids = candidates(&person.found);
    let users = RwSignal::new(None::<Result<Vec<OrgUser>, Refusal>>);
    let turn = StoredValue::new(0_u32);
    let wanted = RwSignal::new(String::new());
    let chosen = RwSignal::new(None::<String>);
    Effect::new(move || {
        let text = wanted.get().trim().to_owned();
        let request = FindOrgUsers {
            ids: Some(ids.clone()).filter(|ids| text.is_empty() && !ids.is_empty()),
            text: Some(text).filter(|text| !text.is_empty()),
        };
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        let directory = desk.directory.get_value();
        spawn_local(async move {
            let answer = if request == FindOrgUsers::default() {
                Ok(Vec::new())
            } else {
                rpc::find_org_users(directory, request).await
            };
            if turn.try_get_value() == Some(mine) {
                users.try_set(Some(answer));
            }
        });
    });
    let guid = person.guid;
    view! {
        <p class="hint mono">{person.name.clone()}</p>
        <div class="search" role="search">
            <Icon name="search"/>
            <input class="input" type="search" aria-label=t(PlanText::FindInOrg) placeholder=t(PlanText::FindInOrg) bind:value=wanted/>
        </div>
        <fieldset class="choices candidates">
            <legend class="visually-hidden">{t(PlanText::Candidates)}</legend>
            {move || match users.get() {
                None => view! { <Loading/> }.into_any(),
                Some(Err(refusal)) => view! { <ErrorBox refusal/> }.into_any(),
                Some(Ok(found)) if found.is_empty() => {
                    let is_typed = !wanted.read().trim().is_empty();
                    is_typed.then(|| view! { <p class="hint">{t(PlanText::NobodyFound)}</p> }).into_any()
                }
                Some(Ok(found)) => found.into_iter().map(|user| view! { <Candidate user chosen/> }).collect_view().into_any(),
            }}
        </fieldset>
        <div class="dialog-foot">
            <Button
                kind=ButtonKind::Primary
                busy=desk.decide.pending()
                disabled=Signal::derive(move || chosen.read().is_none())
                on_press=move || {
                    if let Some(id) = chosen.get_untracked() {
                        desk.decide.dispatch(vec![said(guid.clone(), UserDecision::Link(id))]);
                    }
                }
            >
                {t(PlanText::Same)}
            </Button>
        </div>
    }
}

#[component]
fn Candidate(user: OrgUser, chosen: RwSignal<Option<String>>) -> impl IntoView {
    let id = user.id.clone();
    let is = {
        let id = id.clone();
        move || chosen.with(|chosen| chosen.as_ref() == Some(&id))
    };
    view! {
        <label class="choice candidate">
            <input type="radio" name="candidate" prop:checked=is on:change=move |_| chosen.set(Some(id.clone()))/>
            <span class="row-text">
                <span class="row-name">{user.name}</span>
                <span class="row-note">{user.login}" · "{user.status}</span>
            </span>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn candidates_are_those_who_were_found() {
        assert_eq!(
            candidates(&json!({ "match": "partial", "okta_user": "00u1" })),
            "00u1"
        );
        let several = json!({ "match": "several", "okta_users": ["00u1", "00u2"] });
        assert_eq!(candidates(&several), "00u1,00u2");
        assert_eq!(found(&several).2, PlanText::FoundSeveral { n: 2 });
        assert_eq!(candidates(&json!({ "match": "new" })), "");
    }
}
