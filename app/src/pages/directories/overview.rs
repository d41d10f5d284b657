//! One directory: what is missing, whether it answers, whom it brought, what comes next.

use api::{ConnectionState, DirectorySecurity, DirectoryTest, DirectoryView};
use leptos::prelude::*;

use super::Opened;
use super::form::PlaceForm;
use super::header::{DirectoryFrame, Place, standing};
use super::remove::RemoveDirectory;
use crate::i18n::texts::{DirectoryText, PlanText};
use crate::i18n::{Moment, count, t};
use crate::kit::{Button, ButtonKind, Dialog, Icon, LinkButton, ProgressBar, Tag, refused};
use crate::rpc;
use crate::shell::use_query_value;

/// The page.
#[component]
pub fn Overview(
    /// The directory.
    opened: Opened,
    /// It was changed.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let directory = opened.directory.clone();
    let may_change = opened.may_change;
    let is_editing = RwSignal::new(false);
    let is_removing = RwSignal::new(false);
    let known = StoredValue::new(opened.clone());
    let actions = move || {
        may_change.then(|| {
            view! {
                <LinkButton
                    kind=ButtonKind::Primary
                    icon="list-checks"
                    href=known.with_value(|opened| Place::Imports.href(&opened.directory.id))
                >
                    {t(PlanText::PlanImport)}
                </LinkButton>
            }
        })
    };
    let is_fresh = directory.newest.is_none();
    let edit_title = t(DirectoryText::EditTitle {
        name: directory.name.clone(),
    });
    view! {
        <DirectoryFrame opened=opened.clone() place=Place::Overview actions>
            <div class="directory-page">
                <OrgWarning opened=opened.clone()/>
                {is_fresh.then(|| view! { <NextSteps id=directory.id.clone()/> })}
                <div class="directory-columns">
                    <ConnectionPanel opened=opened.clone() on_edit=move || is_editing.set(true)/>
                    <div class="directory-side">
                        <KnownPanel directory=directory.clone()/>
                        <NewestPanel directory=directory.clone()/>
                        {may_change.then(|| view! {
                            <section class="panel">
                                <div class="panel-head"><h2>{t(DirectoryText::Delete)}</h2></div>
                                <p class="panel-lead">{t(DirectoryText::DeleteText)}</p>
                                <div class="panel-body">
                                    <Button kind=ButtonKind::DangerQuiet icon="trash-2" on_press=move || is_removing.set(true)>
                                        {t(DirectoryText::Delete)}
                                    </Button>
                                </div>
                            </section>
                        })}
                    </div>
                </div>
            </div>
            <Dialog open=is_editing title=edit_title wide=true>
                {move || known.with_value(|opened| {
                    let (orgs, old) = (opened.orgs.clone(), opened.directory.clone());
                    view! { <PlaceForm orgs old on_saved=move || { is_editing.set(false); on_changed.run(()); }/> }
                })}
            </Dialog>
            <RemoveDirectory directory open=is_removing/>
        </DirectoryFrame>
    }
}

/// What keeps imports from working at the org, and where it is mended.
#[component]
pub fn OrgWarning(
    /// The directory.
    opened: Opened,
) -> impl IntoView {
    let lacks = opened.lacks();
    let (title, text, href, action) = match (opened.org(), &opened.directory.connection) {
        (None, None) => (
            DirectoryText::OrgTitle,
            DirectoryText::OrgText,
            "/connections/new".to_owned(),
            DirectoryText::NewConnection,
        ),
        (None, Some(_)) => (
            DirectoryText::OrgTitle,
            DirectoryText::OrgGone,
            "/connections".to_owned(),
            DirectoryText::ScopeGo,
        ),
        (Some(org), _) if org.state != ConnectionState::Authorized => (
            DirectoryText::ScopeTitle,
            DirectoryText::OrgAgain {
                connection: org.name.clone(),
            },
            format!("/connections/{}", org.id),
            DirectoryText::ScopeGo,
        ),
        (Some(org), _) if !lacks.is_empty() => (
            DirectoryText::ScopeTitle,
            DirectoryText::ScopeText {
                connection: org.name.clone(),
                scopes: lacks.join(", "),
            },
            format!("/connections/{}", org.id),
            DirectoryText::ScopeGo,
        ),
        (Some(_), _) => return None,
    };
    Some(view! {
        <div class="banner" data-tone="warn" role="note">
            <Icon name="triangle-alert"/>
            <div class="banner-text">
                <p class="row-name">{t(title)}</p>
                <p>{t(text)}</p>
            </div>
            <LinkButton href>{t(action)}</LinkButton>
        </div>
    })
}

#[component]
fn NextSteps(id: String) -> impl IntoView {
    let steps = [
        (
            Place::Rules,
            DirectoryText::StepUnits,
            DirectoryText::StepUnitsText,
        ),
        (
            Place::Mapping,
            DirectoryText::StepMapping,
            DirectoryText::StepMappingText,
        ),
        (
            Place::Imports,
            DirectoryText::StepPlan,
            DirectoryText::StepPlanText,
        ),
    ];
    let rows = (1..).zip(steps).map(|(number, (place, title, text))| {
        view! {
            <li>
                <a class="row" href=place.href(&id)>
                    <span class="step-number" aria-hidden="true">{number}</span>
                    <span class="row-text">
                        <span class="row-name">{t(title)}</span>
                        <span class="row-note">{t(text)}</span>
                    </span>
                    <Icon name="chevron-right"/>
                </a>
            </li>
        }
    });
    view! {
        <section class="panel">
            <div class="panel-head"><h2>{t(DirectoryText::NextSteps)}</h2></div>
            <ol class="rows">{rows.collect_view()}</ol>
        </section>
    }
}

#[component]
fn ConnectionPanel(opened: Opened, #[prop(into)] on_edit: Callback<()>) -> impl IntoView {
    let directory = opened.directory.clone();
    let id = directory.id.clone();
    let test = Action::new(move |(): &()| {
        let id = id.clone();
        async move { rpc::test_directory(id).await }
    });
    let wanted = use_query_value("test");
    let may_change = opened.may_change;
    Effect::new(move |was: Option<()>| {
        if was.is_none() && may_change && wanted.get_untracked().is_some() {
            test.dispatch(());
        }
    });
    let port = directory.port.unwrap_or(match directory.security {
        DirectorySecurity::Ldaps => 636,
        DirectorySecurity::StartTls => 389,
    });
    let security = match directory.security {
        DirectorySecurity::Ldaps => "LDAPS",
        DirectorySecurity::StartTls => "StartTLS",
    };
    let authority = if directory.authorities.is_some() {
        DirectoryText::AuthorityGiven
    } else {
        DirectoryText::AuthoritySystem
    };
    let org = opened
        .org()
        .map(|org| (org.name.clone(), org.id.to_string()));
    view! {
        <section class="panel">
            <div class="panel-head">
                <h2>{t(DirectoryText::Connection)}</h2>
                {may_change.then(|| view! {
                    <div class="actions">
                        <Button icon="activity" busy=test.pending() on_press=move || { test.dispatch(()); }>
                            {t(DirectoryText::Test)}
                        </Button>
                        <Button icon="pencil" on_press=on_edit>{t(DirectoryText::Edit)}</Button>
                    </div>
                })}
            </div>
            <dl class="facts-grid">
                <dt>{t(DirectoryText::Controller)}</dt>
                <dd class="mono">{directory.host}":"{port.to_string()}</dd>
                <dt>{t(DirectoryText::Security)}</dt>
                <dd>{security}</dd>
                <dt>{t(DirectoryText::AuthorityLabel)}</dt>
                <dd>{t(authority)}</dd>
                <dt>{t(DirectoryText::SignedInAs)}</dt>
                <dd class="mono">{directory.account}</dd>
                <dt>{t(DirectoryText::Org)}</dt>
                <dd>
                    {match org {
                        Some((name, id)) => view! { <a href=format!("/connections/{id}")>{name}</a> }.into_any(),
                        None => t(DirectoryText::NoOrg).into_any(),
                    }}
                </dd>
            </dl>
            <div class="panel-body" aria-live="polite">
                {move || test.pending().get().then(|| view! { <ProgressBar label=t(DirectoryText::Testing)/> })}
                {refused(move || test.value().get())}
                {move || {
                    let done = test.value().get().and_then(Result::ok);
                    done.filter(|_| !test.pending().get()).map(|test| view! { <TestResult test/> })
                }}
            </div>
        </section>
    }
}

/// What a directory said.
#[component]
fn TestResult(test: DirectoryTest) -> impl IntoView {
    if !test.is_ok {
        return view! {
            <div class="banner" data-tone="bad" role="alert">
                <Icon name="circle-x"/>
                <div class="banner-text">
                    <p class="row-name">{t(DirectoryText::TestFails)}</p>
                    <p>{test.message.unwrap_or_default()}</p>
                </div>
            </div>
        }
        .into_any();
    }
    let users = match (test.users, test.has_more) {
        (0, _) => DirectoryText::TestNobody,
        (n, true) => DirectoryText::TestMore { n },
        (n, false) => DirectoryText::TestUsers { n },
    };
    let tone = if test.users == 0 { "warn" } else { "ok" };
    view! {
        <div class="banner" data-tone=tone>
            <Icon name=if test.users == 0 { "triangle-alert" } else { "circle-check" }/>
            <div class="banner-text">
                <p class="row-name">{t(DirectoryText::TestWorks { ms: test.took_ms })}</p>
                <p>{t(users)}</p>
                <p class="hint mono">
                    {test.controller.unwrap_or_default()}
                    {test.domain.map(|domain| view! { " · " {t(DirectoryText::TestDomain { domain })} })}
                </p>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn KnownPanel(directory: DirectoryView) -> impl IntoView {
    let waiting = Place::Waiting.href(&directory.id);
    let words = [
        ("active", DirectoryText::KnownActive),
        ("staged", DirectoryText::KnownStaged),
        ("separate", DirectoryText::KnownStaged),
        ("unconfirmed", DirectoryText::KnownUnconfirmed),
        ("ignored", DirectoryText::KnownIgnored),
    ];
    let rows: Vec<_> = words
        .into_iter()
        .filter_map(|(state, text)| {
            let n = directory.users.get(state).copied().filter(|n| *n > 0)?;
            let is_waiting = state == "unconfirmed";
            let word = t(text);
            let waiting = waiting.clone();
            Some(view! {
                <li class="row">
                    <span class="row-name">
                        {if is_waiting {
                            view! { <a href=waiting>{word}</a> }.into_any()
                        } else {
                            word.into_any()
                        }}
                    </span>
                    <span class="number">{count(n)}</span>
                </li>
            })
        })
        .collect();
    let is_empty = rows.is_empty();
    view! {
        <section class="panel">
            <div class="panel-head"><h2>{t(DirectoryText::Known)}</h2></div>
            {is_empty.then(|| view! { <p class="panel-lead">{t(DirectoryText::KnownNobody)}</p> })}
            <ul class="rows">{rows}</ul>
        </section>
    }
}

#[component]
fn NewestPanel(directory: DirectoryView) -> impl IntoView {
    let (tone, icon, text, _) = standing(&directory);
    let next = directory.next_at;
    view! {
        <section class="panel">
            <div class="panel-head"><h2>{t(DirectoryText::Newest)}</h2></div>
            {match directory.newest {
                Some(import) => view! {
                    <div class="row">
                        <span class="row-text"><Moment at=import.created_at/></span>
                        <Tag tone icon>{t(text)}</Tag>
                        <a href=format!("/directories/{}/imports/{}", directory.id, import.id)>{t(DirectoryText::LookAt)}</a>
                    </div>
                }
                    .into_any(),
                None => view! { <p class="panel-lead">{t(DirectoryText::NewestNone)}</p> }.into_any(),
            }}
            <div class="row">
                <span class="row-name">{t(DirectoryText::NextImport)}</span>
                {match next {
                    Some(at) => view! { <Moment at/> }.into_any(),
                    None => view! { <span class="muted">{t(DirectoryText::NotPlanned)}</span> }.into_any(),
                }}
            </div>
        </section>
    }
}
