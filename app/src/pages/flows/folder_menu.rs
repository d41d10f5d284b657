//! What can be done with a folder.

use api::{ExportRequest, Folder, NewCopy};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::branches;
use super::desk::{Ask, Desk};
use super::export::export;
use crate::i18n::t;
use crate::i18n::texts::{FolderText, KindText};
use crate::kit::{Icon, Menu, MenuItem};
use crate::rpc;
use crate::shell::use_may_change;

/// The menu of a folder.
#[component]
pub(super) fn FolderMenu(desk: Desk, folder: Folder) -> impl IntoView {
    let navigate = use_navigate();
    let name = folder.name.clone();
    let folder = StoredValue::new(folder);
    let may_change = use_may_change();
    let ask = move |ask: fn(Folder) -> Ask| desk.dialog.set(Some(ask(folder.get_value())));
    let may_hold = move || {
        desk.list.with(|list| {
            let id = folder.with_value(|folder| folder.id.clone());
            branches::may_hold_folder(&list.folders, Some(&id))
        })
    };
    let import = move || {
        let id = folder.with_value(|folder| folder.id.clone());
        navigate(
            &format!("/flows/import?folder={id}"),
            NavigateOptions::default(),
        );
    };
    let import = StoredValue::new(import);
    let save = move || {
        let id = folder.with_value(|folder| folder.id.clone());
        export(ExportRequest::Folder { id }, desk.toasts);
    };
    view! {
        <Menu label=t(FolderText::MenuOf { name }) floating=true face=|| view! { <Icon name="ellipsis"/> }>
            {move || (may_hold() && may_change.get()).then(|| view! {
                <MenuItem on_press=move || ask(|folder| Ask::NewFolder(Some(folder)))>
                    <Icon name="folder-plus"/>
                    {t(FolderText::NewSubfolder)}
                </MenuItem>
            })}
            {move || may_change.get().then(|| view! {
                <MenuItem on_press=move || ask(Ask::Describe)>
                    <Icon name="pencil"/>
                    {t(FolderText::Describe)}
                </MenuItem>
                <MenuItem on_press=move || ask(Ask::MoveFolder)>
                    <Icon name="folder-open"/>
                    {t(FolderText::MoveTo)}
                </MenuItem>
                <MenuItem on_press=move || duplicate(desk, &folder.get_value())>
                    <Icon name="copy"/>
                    {t(FolderText::Duplicate)}
                </MenuItem>
                <MenuItem on_press=move || import.with_value(|import| import())>
                    <Icon name="upload"/>
                    {t(FolderText::ImportInto)}
                </MenuItem>
            })}
            <MenuItem on_press=save>
                <Icon name="download"/>
                {t(KindText::ExportFolder)}
            </MenuItem>
            {move || may_change.get().then(|| view! {
                <MenuItem danger=true on_press=move || ask(Ask::DeleteFolder)>
                    <Icon name="trash-2"/>
                    {t(FolderText::Delete)}
                </MenuItem>
            })}
        </Menu>
    }
}

fn duplicate(desk: Desk, folder: &Folder) {
    let id = folder.id.clone();
    let name = desk.toasts.text_of(&FolderText::CopyOf {
        name: folder.name.clone(),
    });
    spawn_local(async move {
        match rpc::duplicate_folder(id, NewCopy { name: Some(name) }).await {
            Ok(made) => desk.toasts.say(&FolderText::Duplicated { name: made.name }),
            Err(refusal) => desk.toasts.refuse(&refusal),
        }
        desk.reload();
    });
}
