//! Choosing the folder into which something is moved: the way by mouse and keyboard beside dragging.

use api::{FlowRow, Folder};
use flow::FolderId;
use leptos::prelude::*;

use super::branches::{self, Misplaced};
use super::desk::{Desk, Verb};
use crate::i18n::t;
use crate::i18n::texts::{FolderText, KitText};
use crate::kit::{Button, ButtonKind};

/// A list of all folders, indented as in the tree; those that cannot be chosen say why.
#[component]
pub(super) fn MoveTo(
    desk: Desk,
    /// The folder that is moved.
    folder: Option<Folder>,
    /// Or the flows.
    flows: Vec<FlowRow>,
) -> impl IntoView {
    let folders = desk.list.with_untracked(|list| list.folders.clone());
    let chosen = RwSignal::new(None::<Option<FolderId>>);
    let words = RwSignal::new(String::new());
    let all = folders.iter().map(|folder| folder.id.clone()).collect();
    let rows = branches::seen(&folders, &all);
    let is_long = rows.len() > 10;
    let same = flows.first().map(|flow| flow.folder.clone());
    let same = same.filter(|home| flows.iter().all(|flow| flow.folder == *home));
    let why = {
        let (folder, folders) = (folder.clone(), folders.clone());
        move |target: Option<&FolderId>| match &folder {
            Some(folder) => branches::may_move(&folders, &folder.id, target).err(),
            None => (same.as_ref().map(Option::as_ref) == Some(target)).then_some(Misplaced::Here),
        }
    };
    let mut choices: Vec<(Option<FolderId>, usize, String, Option<Misplaced>)> =
        vec![(None, 1, String::new(), why(None))];
    choices.extend(rows.into_iter().map(|row| {
        let refused = why(Some(&row.folder.id));
        (Some(row.folder.id), row.level + 1, row.folder.name, refused)
    }));
    let choices = StoredValue::new(choices);
    let shown = move || {
        let words = words.get().trim().to_lowercase();
        choices.with_value(|choices| {
            let found = choices.iter().filter(|(id, _, name, _)| {
                words.is_empty() || id.is_some() && name.to_lowercase().contains(&words)
            });
            found.cloned().collect::<Vec<_>>()
        })
    };
    let go = move || {
        let Some(target) = chosen.get_untracked() else {
            return;
        };
        desk.dialog.set(None);
        match &folder {
            Some(folder) => desk.move_folder(folder, target),
            None => {
                let moving = flows.iter().filter(|flow| flow.folder != target).cloned();
                desk.start(Verb::Move(target.clone()), moving.collect(), None);
            }
        }
    };
    view! {
        <form class="form" on:submit=move |event| { event.prevent_default(); go(); }>
            {is_long.then(|| view! {
                <input
                    class="input"
                    type="search"
                    aria-label=t(FolderText::FindFolder)
                    placeholder=t(FolderText::FindFolder)
                    on:input=move |event| words.set(event_target_value(&event))
                />
            })}
            <div class="move-list" role="radiogroup" aria-label=t(FolderText::MoveTo)>
                {move || shown().into_iter().map(|choice| view! { <Target choice chosen/> }).collect_view()}
                {move || shown().is_empty().then(|| view! {
                    <p class="hint">{t(FolderText::NoFolderFound { text: words.get() })}</p>
                })}
            </div>
            <div class="dialog-foot">
                <Button on_press=move || desk.dialog.set(None)>{t(KitText::Cancel)}</Button>
                <Button
                    kind=ButtonKind::Primary
                    submit=true
                    disabled=Signal::derive(move || chosen.read().is_none())
                >
                    {t(FolderText::Move)}
                </Button>
            </div>
        </form>
    }
}

#[component]
fn Target(
    choice: (Option<FolderId>, usize, String, Option<Misplaced>),
    chosen: RwSignal<Option<Option<FolderId>>>,
) -> impl IntoView {
    let (id, level, name, refused) = choice;
    let name = match &id {
        Some(_) => Signal::stored(name),
        None => t(FolderText::Top),
    };
    let value = StoredValue::new(id);
    let why = refused.map(|refused| match refused {
        Misplaced::Here => FolderText::IsHere,
        Misplaced::Inside => FolderText::IsInside,
        Misplaced::TooDeep => FolderText::IsTooDeep,
    });
    view! {
        <label class="choice move-choice" data-level=level.min(6).to_string()>
            <input
                type="radio"
                name="move-to"
                disabled=refused.is_some()
                prop:checked=move || chosen.get() == Some(value.get_value())
                on:change=move |_| chosen.set(Some(value.get_value()))
            />
            <span class="ellipsis">{name}</span>
            {why.map(|why| view! { <span class="muted">{t(why)}</span> })}
        </label>
    }
}
