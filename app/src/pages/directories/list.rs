//! The list of directories.

use api::{Connection, DirectoryView};
use leptos::prelude::*;

use super::header::standing;
use super::{ListFrame, orgs};
use crate::i18n::texts::DirectoryText;
use crate::i18n::{Moment, count, t};
use crate::kit::{ButtonKind, EmptyState, Icon, LinkButton, Tag, loaded};
use crate::rpc::{self, Refusal};

/// All directories with how they stand.
#[component]
pub fn Directories() -> impl IntoView {
    let directories = Resource::new(
        || (),
        |()| async {
            let directories = rpc::list_directories().await?;
            let (orgs, may_change) = orgs().await?;
            Ok::<_, Refusal>((directories, orgs, may_change))
        },
    );
    let add = move || {
        view! {
            <Transition>
                {move || {
                    let known = directories.get().and_then(Result::ok);
                    let may_add = known.is_some_and(|(all, _, may_change)| may_change && !all.is_empty());
                    may_add.then(|| view! { <Add/> })
                }}
            </Transition>
        }
    };
    view! {
        <ListFrame actions=add>
            {loaded(directories, |(all, orgs, may_change)| drawn(all, &orgs, may_change))}
        </ListFrame>
    }
}

#[component]
fn Add() -> impl IntoView {
    view! {
        <LinkButton kind=ButtonKind::Primary icon="plus" href="/directories/new">
            {t(DirectoryText::Add)}
        </LinkButton>
    }
}

fn drawn(all: Vec<DirectoryView>, orgs: &[Connection], may_change: bool) -> AnyView {
    if all.is_empty() {
        return view! {
            <div class="panel">
                <EmptyState icon="folder-tree" text=t(DirectoryText::Empty)>
                    {may_change.then(|| view! { <Add/> })}
                </EmptyState>
                <p class="hint empty-hint">{t(DirectoryText::EmptyNeeds)}</p>
            </div>
        }
        .into_any();
    }
    let rows = all.into_iter().map(|directory| {
        let org = orgs
            .iter()
            .find(|org| Some(&org.id) == directory.connection.as_ref());
        row(directory, org.cloned())
    });
    view! {
        <div class="table-wrap">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t(DirectoryText::Name)}</th>
                        <th scope="col">{t(DirectoryText::State)}</th>
                        <th scope="col">{t(DirectoryText::Org)}</th>
                        <th scope="col" class="cell-number">{t(DirectoryText::Users)}</th>
                        <th scope="col">{t(DirectoryText::NextImport)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(directory: DirectoryView, org: Option<Connection>) -> impl IntoView {
    let (tone, icon, text, at) = standing(&directory);
    let users = directory.users.values().sum::<i64>();
    view! {
        <tr>
            <td class="cell-main">
                <div class="cell-row">
                    <span class="tile tile-small" data-family="time"><Icon name="folder-tree"/></span>
                    <span class="row-text">
                        <a class="ellipsis" href=format!("/directories/{}", directory.id)>{directory.name}</a>
                        <span class="row-note ellipsis">{directory.host}</span>
                    </span>
                </div>
            </td>
            <td><Tag tone icon>{t(text)}{at.map(|at| view! { " · "<Moment at/> })}</Tag></td>
            <td>
                {match org {
                    Some(org) => view! { <a href=format!("/connections/{}", org.id)>{org.name}</a> }.into_any(),
                    None => view! { <span class="muted">{t(DirectoryText::NoOrg)}</span> }.into_any(),
                }}
            </td>
            <td class="cell-number">{count(users)}</td>
            <td>
                {match directory.next_at {
                    Some(at) => view! { <Moment at/> }.into_any(),
                    None => view! { <span class="muted">{t(DirectoryText::NotPlanned)}</span> }.into_any(),
                }}
            </td>
        </tr>
    }
}
