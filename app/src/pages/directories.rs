//! Directories: the list, and the pages of one: overview, mapping, import rules, imports, people who wait.

use api::{Connection, DirectoryView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

pub mod form;
pub mod guard;
pub mod header;
pub mod imports;
pub mod list;
pub mod mapping;
pub mod overview;
pub mod plan;
pub mod remove;
pub mod rules;
pub mod waiting;

use crate::i18n::t;
use crate::i18n::texts::DirectoryText;
use crate::kit::{Crumb, Crumbs, loaded};
use crate::rpc::{self, Refusal};
use crate::shell::{Page, RailPage};
use form::PlaceForm;
use list::Directories;
use overview::Overview;
use rules::Rules;

/// Scopes without which no import can be planned and carried out.
pub const SCOPES: [&str; 2] = ["okta.schemas.read", "okta.users.manage"];

/// A directory with what its pages have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// The directory.
    pub directory: DirectoryView,
    /// The connections to orgs.
    pub orgs: Vec<Connection>,
    /// Whoever looks may change it.
    pub may_change: bool,
}

impl Opened {
    /// The connection of the directory, if there still is one.
    pub fn org(&self) -> Option<&Connection> {
        let id = self.directory.connection.as_ref()?;
        self.orgs.iter().find(|org| org.id == *id)
    }

    /// The scopes that the connection lacks.
    pub fn lacks(&self) -> Vec<&'static str> {
        let granted = self.org().map(|org| org.scopes.clone());
        let lacks = |granted: Vec<String>| {
            let scopes = SCOPES.into_iter();
            scopes
                .filter(|scope| !flow::covers(&granted, scope))
                .collect()
        };
        granted.map(lacks).unwrap_or_default()
    }
}

async fn orgs() -> Result<(Vec<Connection>, bool), Refusal> {
    let connections = rpc::list_connections().await?;
    let session = rpc::session().await?;
    let role = session.person.map(|person| person.role);
    let orgs = connections.into_iter().filter(|one| one.module == "okta");
    let may_change = matches!(
        role,
        Some(api::Role::Administrator | api::Role::ConnectionManager)
    );
    Ok((orgs.collect(), may_change))
}

/// Opens a directory for one of its pages.
pub async fn open(id: String) -> Result<Opened, Refusal> {
    let directory = rpc::open_directory(id).await?;
    let (orgs, may_change) = orgs().await?;
    Ok(Opened {
        directory,
        orgs,
        may_change,
    })
}

/// What somebody fetches in the browser only: the controller may be slow, and the page around it does without it.
pub struct Fetched<T: Send + Sync + 'static> {
    /// The answer, once it is there.
    pub answer: RwSignal<Option<Result<T, Refusal>>>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Fetched<T> {}

impl<T: Send + Sync + 'static> Fetched<T> {
    /// Fetches when the page is alive.
    pub fn new<F>(fetch: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<T, Refusal>> + 'static,
    {
        let fetched = Self {
            answer: RwSignal::new(None),
            again: RwSignal::new(0),
        };
        Effect::new(move || {
            fetched.again.track();
            let answer = fetch();
            spawn_local(async move {
                let answer = answer.await;
                fetched.answer.try_set(Some(answer));
            });
        });
        fetched
    }

    /// Fetches once more.
    pub fn retry(self) {
        self.answer.set(None);
        self.again.update(|again| *again += 1);
    }
}

/// The id of the directory in the address.
pub fn directory_id() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get("id").unwrap_or_default())
}

/// The list of directories.
#[component]
pub fn DirectoriesPage() -> impl IntoView {
    view! { <Directories/> }
}

/// The form for a new directory.
#[component]
pub fn NewDirectoryPage() -> impl IntoView {
    let known = Resource::new(|| (), |()| orgs());
    view! {
        <RailPage
            title=t(DirectoryText::Add)
            lead=move || {
                let above = vec![Crumb { name: t(DirectoryText::Crumb), href: "/directories".to_owned() }];
                view! { <Crumbs above here=t(DirectoryText::Add)/> }
            }
        >
            <div class="directory-page">
                {loaded(known, |(orgs, may_change)| view! {
                    <section class="panel directory-new">
                        <h2>{t(DirectoryText::NewTitle)}</h2>
                        <p class="hint">{t(DirectoryText::NewText)}</p>
                        {if may_change {
                            view! { <PlaceForm orgs/> }.into_any()
                        } else {
                            view! { <p>{t(DirectoryText::ReadOnly)}</p> }.into_any()
                        }}
                    </section>
                })}
            </div>
        </RailPage>
    }
}

/// One directory: what it is, whether it answers, what comes next.
#[component]
pub fn DirectoryPage() -> impl IntoView {
    let id = directory_id();
    let opened = Resource::new(move || id.get(), open);
    loaded(opened, move |opened_now| {
        view! { <Overview opened=opened_now on_changed=move || opened.refetch()/> }
    })
}

/// Whose users are imported, and what happens to them.
#[component]
pub fn DirectoryRulesPage() -> impl IntoView {
    let id = directory_id();
    let opened = Resource::new(move || id.get(), open);
    loaded(opened, move |opened_now| {
        view! { <Rules opened=opened_now on_reload=move || opened.refetch()/> }
    })
}

/// How values are made.
#[component]
pub fn DirectoryMappingPage() -> impl IntoView {
    let id = directory_id();
    let opened = Resource::new(
        move || id.get(),
        |id| async move {
            let opened = open(id.clone()).await?;
            Ok::<_, Refusal>((opened, rpc::read_mapping(id).await?))
        },
    );
    loaded(opened, move |(opened, mapping)| {
        view! { <mapping::Mapping opened mapping/> }
    })
}

/// Imports, newest first.
#[component]
pub fn DirectoryImportsPage() -> impl IntoView {
    let id = directory_id();
    let opened = Resource::new(
        move || id.get(),
        |id| async move {
            let opened = open(id.clone()).await?;
            Ok::<_, Refusal>((opened, rpc::list_imports(id).await?))
        },
    );
    loaded(opened, move |(opened, imports)| {
        view! { <imports::Imports opened imports/> }
    })
}

/// People of whom somebody must say who they are.
#[component]
pub fn DirectoryWaitingPage() -> impl IntoView {
    let id = directory_id();
    let opened = Resource::new(
        move || id.get(),
        |id| async move {
            let opened = open(id.clone()).await?;
            Ok::<_, Refusal>((opened, rpc::list_waiting_users(id).await?))
        },
    );
    loaded(opened, move |(opened, people)| {
        view! { <waiting::Waiting opened people/> }
    })
}

/// One import: its plan, its progress, its report.
#[component]
pub fn DirectoryImportPage() -> impl IntoView {
    let id = directory_id();
    let params = use_params_map();
    let import = Memo::new(move |_| params.read().get("import").unwrap_or_default());
    let opened = Resource::new(
        move || (id.get(), import.get()),
        |(id, import)| async move {
            let opened = open(id).await?;
            Ok::<_, Refusal>((opened, rpc::open_import(import).await?))
        },
    );
    loaded(opened, move |(opened, import)| {
        view! { <plan::Plan opened import/> }
    })
}

/// A list page's frame around something that is being fetched.
#[component]
pub(super) fn ListFrame(
    /// Actions on the right.
    #[prop(into, optional)]
    actions: ViewFn,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! { <Page title=t(DirectoryText::Title) actions>{children()}</Page> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(scopes: &[&str]) -> Opened {
        let org: Connection = serde_json::from_value(serde_json::json!({
            "id": "c1", "module": "okta", "name": "acme", "domain": "acme.okta.com", "client_id": "x",
            "state": "authorized", "account": null, "scopes": scopes, "owner": "A", "created_at": 0,
            "checked_at": null, "last_error": null, "events": "unused", "hook_error": null, "flows": [],
            "grant": "person", "is_bound": false,
        }))
        .unwrap();
        let directory: DirectoryView = serde_json::from_value(serde_json::json!({
            "id": "d1", "name": "corp", "host": "dc", "port": null, "security": "ldaps", "authorities": null,
            "account": "a", "connection": "c1", "settings": {}, "timetable": {}, "next_at": null, "users": {},
            "newest": null, "revision": 1,
        }))
        .unwrap();
        Opened {
            directory,
            orgs: vec![org],
            may_change: true,
        }
    }

    #[test]
    fn a_connection_says_what_it_lacks() {
        assert_eq!(opened(&[]).lacks(), SCOPES.to_vec());
        assert_eq!(
            opened(&["okta.users.manage"]).lacks(),
            ["okta.schemas.read"]
        );
        assert!(opened(&SCOPES).lacks().is_empty());
        let mut gone = opened(&[]);
        gone.orgs.clear();
        assert!(gone.org().is_none() && gone.lacks().is_empty());
    }
}
