//! What can be done with the flows that are picked out: a bar at the bottom, progress, and what was refused.

use api::{ExportRequest, FlowRow, MoveInto, NewCopy, TurnOn};
use leptos::prelude::*;

use super::desk::{Ask, Desk, Job, Verb};
use super::export::save;
use crate::i18n::texts::{FolderText, KitText, refusal_text};
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, Icon, Menu, MenuItem, ProgressBar};
use crate::rpc;

/// Does something with one flow.
pub(super) async fn one(
    desk: Desk,
    verb: &Verb,
    flow: &FlowRow,
    copy_name: Option<fn(String) -> FolderText>,
) -> Result<(), rpc::Refusal> {
    let id = flow.id.clone();
    match verb {
        Verb::TurnOn => rpc::turn(TurnOn { id, on: true }).await.map(drop),
        Verb::TurnOff => rpc::turn(TurnOn { id, on: false }).await.map(drop),
        Verb::Duplicate => {
            let name = copy_name.map(|name| desk.toasts.text_of(&name(flow.name.clone())));
            rpc::duplicate_flow(id, NewCopy { name }).await.map(drop)
        }
        Verb::Move(folder) => {
            let folder = folder.clone();
            rpc::move_flow(id, MoveInto { folder }).await.map(drop)
        }
        Verb::Delete => rpc::delete_flow(id).await,
        Verb::Export => {
            let pack = rpc::export_pack(ExportRequest::Flow { id }).await?;
            if save(&pack.file_name, &pack.text).is_none() {
                leptos::logging::warn!("the file cannot be saved");
            }
            Ok(())
        }
    }
}

/// The bar, while flows are picked out or work is under way.
#[component]
pub(super) fn BulkBar(desk: Desk) -> impl IntoView {
    let count = Memo::new(move |_| desk.picked.with(std::collections::BTreeSet::len));
    view! {
        {move || match desk.job.get() {
            Some(job) => view! { <Progress desk job/> }.into_any(),
            None if count.get() > 0 => view! { <Choices desk count/> }.into_any(),
            None => ().into_any(),
        }}
    }
}

#[component]
fn Choices(desk: Desk, count: Memo<usize>) -> impl IntoView {
    let picked = move || desk.flows(desk.picked.get_untracked());
    let start =
        move |verb: Verb| desk.start(verb, picked(), Some(|name| FolderText::CopyOf { name }));
    let on = move || start(Verb::TurnOn);
    let off = move || start(Verb::TurnOff);
    view! {
        <div class="bulk" role="toolbar" aria-label=move || t(FolderText::Selected { n: count.get() }).get()>
            <span class="bulk-count" role="status">{move || t(FolderText::Selected { n: count.get() })}</span>
            <Button icon="toggle-right" on_press=on>{t(FolderText::TurnOn)}</Button>
            <Button icon="toggle-left" on_press=off>{t(FolderText::TurnOff)}</Button>
            <Button icon="folder-open" on_press=move || desk.dialog.set(Some(Ask::MoveFlows(picked())))>
                {t(FolderText::MoveTo)}
            </Button>
            <Menu label=t(KitText::More) floating=true face=|| view! { <Icon name="ellipsis"/> }>
                <MenuItem on_press=move || start(Verb::Duplicate)>
                    <Icon name="copy"/>
                    {t(FolderText::Duplicate)}
                </MenuItem>
                <MenuItem on_press=move || start(Verb::Export)>
                    <Icon name="download"/>
                    {t(FolderText::Export)}
                </MenuItem>
            </Menu>
            <Button
                kind=ButtonKind::DangerQuiet
                icon="trash-2"
                on_press=move || desk.dialog.set(Some(Ask::DeleteFlows(picked())))
            >
                {t(KitText::Delete)}
            </Button>
            <Button
                kind=ButtonKind::Bare
                icon="x"
                label=t(FolderText::Unselect)
                on_press=move || desk.picked.set(std::collections::BTreeSet::new())
            />
        </div>
    }
}

#[component]
fn Progress(desk: Desk, job: Job) -> impl IntoView {
    let speech = use_speech();
    let name = verb_text(&job.verb);
    let label = Signal::derive(move || speech.say(&name.clone()));
    let (tried, all) = (job.tried, job.all);
    let failed = job.refused.len();
    let done = tried - failed;
    let rows = job.refused.into_iter().map(|(flow, refusal)| {
        let href = format!("/flows/{}", flow.id);
        view! {
            <li>
                <a href=href>{flow.name}</a>
                <span class="muted">{refusal_text(refusal)}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="bulk bulk-job" role="group" aria-label=label>
            <div class="bulk-line">
                <span class="bulk-count">{label}</span>
                {if job.is_going {
                    view! {
                        <ProgressBar
                            done=Signal::derive(move || tried)
                            all=Signal::derive(move || all)
                            label=label
                        />
                        <span class="number" role="status">{t(FolderText::Doing { done: tried, all })}</span>
                        <Button on_press=move || desk.cancel()>{t(KitText::Cancel)}</Button>
                    }
                        .into_any()
                } else {
                    view! {
                        <span class="bulk-rest" role="alert">{t(FolderText::DoneSome { n: done, failed })}</span>
                        <Button kind=ButtonKind::Bare icon="x" label=t(KitText::Close) on_press=move || desk.job.set(None)/>
                    }
                        .into_any()
                }}
            </div>
            {(failed > 0).then(|| view! { <ul class="bulk-refused">{rows}</ul> })}
        </div>
    }
}

fn verb_text(verb: &Verb) -> FolderText {
    match verb {
        Verb::TurnOn => FolderText::TurnOn,
        Verb::TurnOff => FolderText::TurnOff,
        Verb::Duplicate => FolderText::Duplicate,
        Verb::Export => FolderText::Export,
        Verb::Move(_) => FolderText::Move,
        Verb::Delete => FolderText::DeleteSomeAction,
    }
}
