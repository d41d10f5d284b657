//! The folders of a pack, made here.

use std::collections::HashMap;

use api::{ApiError, Assignments, ErrorCode};
use flopack::Imported;
use flow::FolderId;
use store::folders::{self, Folder};

use super::super::Caller;
use crate::clock;
use crate::error::from_store;

/// Where the pack's folders are here.
pub(super) struct Folders {
    /// The folder around everything.
    pub(super) top: FolderId,
    made: HashMap<String, FolderId>,
}

impl Folders {
    /// Returns where things of a pack's folder go.
    pub(super) fn of(&self, folder: Option<&str>) -> FolderId {
        folder
            .and_then(|id| self.made.get(id))
            .unwrap_or(&self.top)
            .clone()
    }
}

/// Makes the folders of the pack inside the chosen one; without a choice its outermost folder stands at the top.
pub(super) async fn make_folders(
    caller: &Caller,
    pack: &Imported,
    assignments: &Assignments,
) -> Result<Folders, ApiError> {
    let store = &caller.server.store;
    let room = room_below(caller, assignments.folder.as_ref(), pack).await?;
    let mut made: HashMap<String, FolderId> = HashMap::new();
    let mut depths: HashMap<FolderId, usize> = HashMap::new();
    let top = match &assignments.folder {
        Some(folder) => folder.clone(),
        None => {
            let root = pack.folders.iter().find(|folder| folder.parent.is_none());
            let (name, description) = match root {
                Some(root) => (root.name.clone(), root.description.clone()),
                None => (pack.name.clone(), String::new()),
            };
            let row = new_folder(None, name, description);
            folders::insert(store, &row).await.map_err(from_store)?;
            made.extend(root.map(|root| (root.id.clone(), row.id.clone())));
            row.id
        }
    };
    let mut left: Vec<_> = pack
        .folders
        .iter()
        .filter(|folder| !made.contains_key(&folder.id))
        .collect();
    // Parents first; what is left when nothing moves any more hangs in a circle and goes to the top.
    while !left.is_empty() {
        let before = left.len();
        let mut waiting = Vec::new();
        for folder in left {
            let parent = match &folder.parent {
                None => Some(top.clone()),
                Some(parent) => made.get(parent).cloned(),
            };
            let Some(parent) = parent else {
                waiting.push(folder);
                continue;
            };
            let depth = depths.get(&parent).copied().unwrap_or(0) + 1;
            if depth > room {
                // What a pack nests deeper than folders nest here lies in the deepest one.
                made.insert(folder.id.clone(), parent);
                continue;
            }
            let row = new_folder(
                Some(parent),
                folder.name.clone(),
                folder.description.clone(),
            );
            folders::insert(store, &row).await.map_err(from_store)?;
            depths.insert(row.id.clone(), depth);
            made.insert(folder.id.clone(), row.id);
        }
        if waiting.len() == before {
            break;
        }
        left = waiting;
    }
    Ok(Folders { top, made })
}

/// How many levels of folders fit below the folder that everything goes into. Refuses a chosen folder in which the pack
/// would nest too deep: at the top there is room.
async fn room_below(
    caller: &Caller,
    chosen: Option<&FolderId>,
    pack: &Imported,
) -> Result<usize, ApiError> {
    let Some(chosen) = chosen else {
        return Ok(folders::MAX_DEPTH - 1);
    };
    let all = folders::list(&caller.server.store)
        .await
        .map_err(from_store)?;
    let above = levels(
        all.iter()
            .map(|folder| (&folder.id, folder.parent.as_ref())),
        chosen,
    );
    let in_pack = || {
        let folders = pack.folders.iter();
        folders.map(|folder| (&folder.id, folder.parent.as_ref()))
    };
    let deepest = pack
        .folders
        .iter()
        .map(|folder| levels(in_pack(), &folder.id));
    let deepest = deepest.max().unwrap_or(0);
    if above + deepest > folders::MAX_DEPTH {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            format!(
                "The folders of the pack would nest deeper than {} levels there. Import it at the top, or into a folder further up.",
                folders::MAX_DEPTH
            ),
        ));
    }
    Ok(folders::MAX_DEPTH - above)
}

/// How deep something stands in a tree, from 1; 0 where it is not in it.
fn levels<'a, T: PartialEq + 'a>(
    tree: impl Iterator<Item = (&'a T, Option<&'a T>)>,
    of: &T,
) -> usize {
    let tree: Vec<_> = tree.collect();
    let mut here = Some(of);
    let mut level = 0;
    while let Some((_, parent)) = here.and_then(|here| tree.iter().find(|(id, _)| *id == here)) {
        level += 1;
        if level > folders::MOST_LEVELS {
            break;
        }
        here = *parent;
    }
    level
}

fn new_folder(parent: Option<FolderId>, name: String, description: String) -> Folder {
    Folder {
        id: FolderId::new(clock::new_id()),
        parent,
        name,
        description,
        skeleton: None,
    }
}
