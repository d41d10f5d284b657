//! The folders of a pack, made here.

use std::collections::HashMap;

use api::{ApiError, Assignments};
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
    let mut made: HashMap<String, FolderId> = HashMap::new();
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
            let row = new_folder(
                Some(parent),
                folder.name.clone(),
                folder.description.clone(),
            );
            folders::insert(store, &row).await.map_err(from_store)?;
            made.insert(folder.id.clone(), row.id);
        }
        if waiting.len() == before {
            break;
        }
        left = waiting;
    }
    Ok(Folders { top, made })
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
