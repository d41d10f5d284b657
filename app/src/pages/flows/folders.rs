//! The folders beside the list, and a new one.

use api::Folder;
use leptos::prelude::*;

use crate::i18n::texts::{FlowText, KitText};
use crate::i18n::{count, t};
use crate::kit::{Button, ButtonKind, Dialog, Icon, TextField, forget_refusal, refused};
use crate::rpc;

/// Links to each folder, by name, nested ones below their parent.
#[component]
pub fn Folders(
    /// All folders.
    folders: Vec<Folder>,
    /// The chosen one.
    chosen: Memo<Option<String>>,
    /// A folder was made.
    #[prop(into)]
    on_made: Callback<()>,
) -> impl IntoView {
    let is_naming = RwSignal::new(false);
    let places = in_order(&folders).into_iter().map(|(depth, folder)| {
        let id = folder.id.to_string();
        let href = format!("/flows?folder={id}");
        let current = move || (chosen.get().as_deref() == Some(id.as_str())).then_some("page");
        view! {
            <li>
                <a class="place folder" data-depth=depth.min(3).to_string() href=href aria-current=current>
                    <Icon name="folder"/>
                    <span class="ellipsis" title=folder.name.clone()>{folder.name.clone()}</span>
                    <span class="number muted">{count(i64::try_from(folder.flows).unwrap_or(0))}</span>
                </a>
            </li>
        }
    });
    let all = move || chosen.get().is_none().then_some("page");
    view! {
        <nav class="folders" aria-label=t(FlowText::Folders)>
            <div class="folders-head">
                <h2>{t(FlowText::Folders)}</h2>
                <Button
                    kind=ButtonKind::Bare
                    icon="folder-plus"
                    label=t(FlowText::NewFolder)
                    on_press=move || is_naming.set(true)
                />
            </div>
            <ul>
                <li>
                    <a class="place folder" href="/flows" aria-current=all>
                        <Icon name="workflow"/>
                        <span>{t(FlowText::AllFlows)}</span>
                    </a>
                </li>
                {places.collect_view()}
            </ul>
            <NewFolder open=is_naming on_made/>
        </nav>
    }
}

#[component]
fn NewFolder(open: RwSignal<bool>, on_made: Callback<()>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let make = Action::new(move |(): &()| {
        let wanted = name.get_untracked();
        async move {
            rpc::create_folder(wanted).await?;
            open.set(false);
            name.set(String::new());
            on_made.run(());
            Ok::<(), rpc::Refusal>(())
        }
    });
    forget_refusal(open, make);
    view! {
        <Dialog open title=t(FlowText::NewFolder)>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    make.dispatch(());
                }
            >
                {refused(move || make.value().get())}
                <TextField label=t(FlowText::FolderName) name="folder-name" value=name required=true first=true/>
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=make.pending()>
                        {t(FlowText::Create)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}

/// Returns the folders with their depth, each below its parent. A folder whose parents form a ring stands at the top.
fn in_order(folders: &[Folder]) -> Vec<(usize, &Folder)> {
    let mut ordered = Vec::with_capacity(folders.len());
    let is_root = |folder: &&Folder| {
        let parent = folder.parent.as_ref();
        parent.is_none_or(|parent| !folders.iter().any(|other| other.id == *parent))
    };
    let mut roots: Vec<&Folder> = folders.iter().filter(is_root).collect();
    roots.sort_by(|a, b| a.name.cmp(&b.name));
    let mut open: Vec<(usize, &Folder)> = roots.into_iter().rev().map(|root| (0, root)).collect();
    while let Some((depth, folder)) = open.pop() {
        ordered.push((depth, folder));
        let mut inner: Vec<&Folder> = folders
            .iter()
            .filter(|other| other.parent.as_ref() == Some(&folder.id))
            .collect();
        inner.sort_by(|a, b| b.name.cmp(&a.name));
        open.extend(inner.into_iter().map(|inner| (depth + 1, inner)));
    }
    let in_rings: Vec<(usize, &Folder)> = folders
        .iter()
        .filter(|folder| !ordered.iter().any(|(_, known)| known.id == folder.id))
        .map(|folder| (0, folder))
        .collect();
    ordered.extend(in_rings);
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(id: &str, parent: Option<&str>) -> Folder {
        Folder {
            id: id.into(),
            parent: parent.map(Into::into),
            name: id.to_owned(),
            description: String::new(),
            flows: 0,
        }
    }

    #[test]
    fn folders_stand_below_their_parents_and_none_is_lost() {
        let folders = [
            folder("b", None),
            folder("a2", Some("a")),
            folder("a", None),
            folder("a1", Some("a")),
            folder("x", Some("y")),
            folder("y", Some("x")),
        ];
        let order: Vec<(usize, &str)> = in_order(&folders)
            .into_iter()
            .map(|(depth, folder)| (depth, folder.id.as_str()))
            .collect();
        assert_eq!(
            order,
            [(0, "a"), (1, "a1"), (1, "a2"), (0, "b"), (0, "x"), (0, "y")]
        );
    }
}
