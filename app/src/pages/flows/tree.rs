//! The folders as a tree: one tab stop, arrow keys walk it, folders and flows are dropped onto it.

use flow::FolderId;
use leptos::attr::custom::custom_attribute;
use leptos::ev::{DragEvent, KeyboardEvent};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast as _;

use super::branches::{self, Branch};
use super::desk::{Ask, Desk, Dragged};
use super::folder_menu::FolderMenu;
use crate::i18n::texts::{FlowText, FolderText};
use crate::i18n::{count, t};
use crate::kit::{Button, ButtonKind, Icon};
use crate::shell::use_may_change;

/// The tree with its heading.
#[component]
pub(super) fn FolderTree(desk: Desk) -> impl IntoView {
    let rows = Memo::new(move |_| {
        desk.list.with(|list| {
            desk.opened
                .with(|opened| branches::seen(&list.folders, opened))
        })
    });
    let chosen = Memo::new(move |_| desk.asked.with(|asked| asked.folder.clone()));
    // Where the one tab stop is; the chosen folder unless somebody walked on.
    let walked = RwSignal::new(None::<Option<FolderId>>);
    let here = Memo::new(move |_| {
        let here = walked.get().unwrap_or_else(|| chosen.get());
        here.filter(|id| rows.with(|rows| rows.iter().any(|row| row.folder.id == *id)))
    });
    let walker = Walker {
        desk,
        rows,
        walked,
        here,
    };
    let navigate = use_navigate();
    let on_key = move |event: KeyboardEvent| {
        if let Some(path) = walker.key(&event) {
            navigate(&path, NavigateOptions::default());
        }
    };
    let all = move || list_count(desk);
    let may_change = use_may_change();
    view! {
        <nav class="folders" aria-label=t(FolderText::Tree)>
            <div class="folders-head">
                <h2>{t(FlowText::Folders)}</h2>
                {move || may_change.get().then(|| view! {
                    <Button
                        kind=ButtonKind::Bare
                        icon="folder-plus"
                        label=t(FlowText::NewFolder)
                        on_press=move || desk.dialog.set(Some(Ask::NewFolder(None)))
                    />
                })}
            </div>
            <ul class="tree" role="tree" aria-label=t(FlowText::Folders) on:keydown=on_key>
                <li
                    class="tree-item"
                    role="treeitem"
                    id="folder-"
                    {..custom_attribute("aria-level", "1")}
                    aria-selected=move || chosen.get().is_none().to_string()
                    tabindex=move || if here.get().is_none() { "0" } else { "-1" }
                    class:tree-target=move || desk.takes(None)
                    on:dragover=move |event| allow(desk, None, &event)
                    on:drop=move |event| { event.prevent_default(); desk.drop_on(None); }
                    on:focusin=move |_| walked.set(Some(None))
                >
                    <a class="place tree-place" href="/flows" tabindex="-1">
                        <Icon name="workflow"/>
                        <span class="ellipsis">{t(FlowText::AllFlows)}</span>
                        <span class="number muted">{move || count(all())}</span>
                    </a>
                </li>
                <For each=move || rows.get() key=key children=move |row| view! { <TreeItem walker row chosen/> }/>
            </ul>
        </nav>
    }
}

fn list_count(desk: Desk) -> i64 {
    let count = desk.list.with(|list| list.flows.len());
    i64::try_from(count).unwrap_or(0)
}

fn key(row: &Branch) -> (FolderId, String, usize, usize, usize, bool, usize) {
    (
        row.folder.id.clone(),
        row.folder.name.clone(),
        row.level,
        row.position,
        row.of,
        row.has_children,
        row.folder.flows,
    )
}

#[component]
fn TreeItem(walker: Walker, row: Branch, chosen: Memo<Option<FolderId>>) -> impl IntoView {
    let desk = walker.desk;
    let id = StoredValue::new(row.folder.id.clone());
    let folder = StoredValue::new(row.folder.clone());
    let is_here = move || walker.here.get().as_ref() == Some(&id.get_value());
    let is_open = move || desk.opened.with(|opened| opened.contains(&id.get_value()));
    let expanded = move || row.has_children.then(|| is_open().to_string());
    let name = row.folder.name.clone();
    let href = format!("/flows?folder={}", row.folder.id);
    let flows = i64::try_from(row.folder.flows).unwrap_or(0);
    view! {
        <li
            class="tree-item"
            role="treeitem"
            id=format!("folder-{}", row.folder.id)
            {..custom_attribute("aria-level", row.level.to_string())}
            aria-posinset=row.position.to_string()
            aria-setsize=row.of.to_string()
            aria-selected=move || (chosen.get().as_ref() == Some(&id.get_value())).to_string()
            aria-expanded=expanded
            data-level=row.level.min(6).to_string()
            tabindex=move || if is_here() { "0" } else { "-1" }
            draggable="true"
            class:tree-target=move || desk.takes(Some(&id.get_value()))
            on:dragstart=move |event| {
                event.stop_propagation();
                carry(&event, &folder.with_value(|folder| folder.name.clone()));
                desk.dragged.set(Some(Dragged::Folder(id.get_value())));
            }
            on:dragend=move |_| desk.dragged.set(None)
            on:dragover=move |event| allow(desk, Some(&id.get_value()), &event)
            on:drop=move |event| { event.prevent_default(); desk.drop_on(Some(id.get_value())); }
            on:focusin=move |_| walker.walked.set(Some(Some(id.get_value())))
        >
            <button
                class="tree-twist"
                type="button"
                tabindex="-1"
                aria-hidden="true"
                class:tree-leaf=!row.has_children
                on:click=move |_| walker.toggle(&id.get_value())
            >
                <Icon name="chevron-right"/>
            </button>
            <a class="place tree-place" href=href tabindex="-1" draggable="false" title=about(&row)>
                <Icon name="folder"/>
                <span class="ellipsis">{name}</span>
                <span class="number muted">{count(flows)}</span>
            </a>
            <FolderMenu desk folder=folder.get_value()/>
        </li>
    }
}

/// Name and description, as a tooltip.
fn about(row: &Branch) -> String {
    if row.folder.description.is_empty() {
        return row.folder.name.clone();
    }
    format!("{}\n{}", row.folder.name, row.folder.description)
}

/// Says that what is in the air may be dropped here.
fn allow(desk: Desk, target: Option<&FolderId>, event: &DragEvent) {
    if desk.takes(target) {
        event.prevent_default();
    }
}

/// Puts a name into what is dragged: some browsers drag nothing else.
pub(super) fn carry(event: &DragEvent, name: &str) {
    if let Some(data) = event.data_transfer() {
        data.set_effect_allowed("move");
        if data.set_data("text/plain", name).is_err() {
            leptos::logging::warn!("the browser drags no text");
        }
    }
}

/// Walks the tree by keys.
#[derive(Clone, Copy)]
struct Walker {
    desk: Desk,
    rows: Memo<Vec<Branch>>,
    walked: RwSignal<Option<Option<FolderId>>>,
    here: Memo<Option<FolderId>>,
}

impl Walker {
    fn toggle(self, id: &FolderId) {
        self.desk.opened.update(|opened| {
            if !opened.remove(id) {
                opened.insert(id.clone());
            }
        });
    }

    /// Does what a key of the tree says; returns the page to go to.
    fn key(self, event: &KeyboardEvent) -> Option<String> {
        let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
        // Keys in the menu of a row are its own.
        if event.is_composing() || target.closest(".menu").ok()?.is_some() {
            return None;
        }
        let target = target.closest("[role=treeitem]").ok()??;
        let rows = self.rows.get_untracked();
        let here = self.here.get_untracked();
        let index = rows
            .iter()
            .position(|row| Some(&row.folder.id) == here.as_ref());
        let row = index.and_then(|index| rows.get(index));
        let before = index.and_then(|index| index.checked_sub(1));
        let after = index.map_or(0, |index| index + 1);
        match event.key().as_str() {
            "ArrowDown" => self.go(rows.get(after).or(row)),
            "ArrowUp" => self.go(before.and_then(|before| rows.get(before))),
            "Home" => self.go(None),
            "End" => self.go(rows.last()),
            "ArrowRight" => self.into(row?, rows.get(after)),
            "ArrowLeft" => self.out_of(row?, &rows),
            "F2" => self
                .desk
                .dialog
                .set(Some(Ask::Describe(row?.folder.clone()))),
            "Delete" => self
                .desk
                .dialog
                .set(Some(Ask::DeleteFolder(row?.folder.clone()))),
            "Enter" | " " => {
                event.prevent_default();
                return Some(
                    here.map_or_else(|| "/flows".to_owned(), |id| format!("/flows?folder={id}")),
                );
            }
            "ContextMenu" => press_menu(&target),
            "F10" if event.shift_key() => press_menu(&target),
            letter if letter.chars().count() == 1 && !event.ctrl_key() && !event.meta_key() => {
                let wanted = letter.to_lowercase();
                let starts = |row: &&Branch| row.folder.name.to_lowercase().starts_with(&wanted);
                let found = rows.iter().skip(after).find(starts);
                self.go(found.or_else(|| rows.iter().find(starts)).or(row));
            }
            _ => return None,
        }
        event.prevent_default();
        None
    }

    /// Opens a closed folder, or goes to the first one in it.
    fn into(self, row: &Branch, next: Option<&Branch>) {
        if !row.has_children {
            return;
        }
        if self
            .desk
            .opened
            .with_untracked(|opened| opened.contains(&row.folder.id))
        {
            self.go(next);
        } else {
            self.toggle(&row.folder.id);
        }
    }

    /// Closes an open folder, or goes to the one around it.
    fn out_of(self, row: &Branch, rows: &[Branch]) {
        let is_open = self
            .desk
            .opened
            .with_untracked(|opened| opened.contains(&row.folder.id));
        if row.has_children && is_open {
            self.toggle(&row.folder.id);
        } else {
            self.go(rows
                .iter()
                .find(|other| Some(&other.folder.id) == row.folder.parent.as_ref()));
        }
    }

    fn go(self, row: Option<&Branch>) {
        let id = row.map(|row| row.folder.id.clone());
        self.walked.set(Some(id.clone()));
        focus_row(id.as_ref());
    }
}

/// Puts the focus onto a row of the tree.
pub(super) fn focus_row(id: Option<&FolderId>) {
    let id = format!("folder-{}", id.map(ToString::to_string).unwrap_or_default());
    let row = document()
        .get_element_by_id(&id)
        .and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok());
    if row.is_some_and(|row| row.focus().is_err()) {
        leptos::logging::warn!("a folder cannot be focused");
    }
}

/// Opens the menu of a row.
fn press_menu(row: &web_sys::Element) {
    let button = row
        .query_selector(".menu-button")
        .ok()
        .flatten()
        .and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(button) = button {
        button.click();
    }
}
