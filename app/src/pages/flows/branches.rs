//! The tree of folders without a screen: which rows are seen, what lies inside what, what may be moved where.

use std::collections::{HashMap, HashSet};

use api::{Folder, MAX_FOLDER_DEPTH};
use flow::FolderId;

/// Trees of earlier versions may be deeper; looking up gives up here.
const MOST_LEVELS: usize = 20;

/// A row of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The folder.
    pub folder: Folder,
    /// Its level, from 1.
    pub level: usize,
    /// Position among its siblings, from 1.
    pub position: usize,
    /// Number of its siblings, itself included.
    pub of: usize,
    /// Folders are in it.
    pub has_children: bool,
}

/// Returns the rows that are seen when these folders are open: parents first, siblings by name.
pub fn seen(folders: &[Folder], opened: &HashSet<FolderId>) -> Vec<Branch> {
    let known: HashSet<&FolderId> = folders.iter().map(|folder| &folder.id).collect();
    let mut children: HashMap<Option<&FolderId>, Vec<&Folder>> = HashMap::new();
    for folder in folders {
        // A folder whose parent is gone stands at the top rather than nowhere.
        let parent = folder
            .parent
            .as_ref()
            .filter(|parent| known.contains(parent));
        children.entry(parent).or_default().push(folder);
    }
    for siblings in children.values_mut() {
        siblings.sort_by_cached_key(|folder| (folder.name.to_lowercase(), folder.id.clone()));
    }
    let mut rows = Vec::new();
    push(&children, None, 1, opened, &mut rows);
    rows
}

fn push(
    children: &HashMap<Option<&FolderId>, Vec<&Folder>>,
    parent: Option<&FolderId>,
    level: usize,
    opened: &HashSet<FolderId>,
    rows: &mut Vec<Branch>,
) {
    let siblings = children.get(&parent).map_or(&[][..], Vec::as_slice);
    for (index, folder) in siblings.iter().enumerate() {
        let has_children = children.contains_key(&Some(&folder.id));
        rows.push(Branch {
            folder: (*folder).clone(),
            level,
            position: index + 1,
            of: siblings.len(),
            has_children,
        });
        if has_children && opened.contains(&folder.id) && level < MOST_LEVELS {
            push(children, Some(&folder.id), level + 1, opened, rows);
        }
    }
}

/// Returns the folders around a folder, the outermost first, itself last.
pub fn path(folders: &[Folder], id: &FolderId) -> Vec<Folder> {
    let mut path = Vec::new();
    let mut here = Some(id.clone());
    while let Some(folder) = here.and_then(|id| folders.iter().find(|folder| folder.id == id)) {
        path.push(folder.clone());
        if path.len() > MOST_LEVELS {
            break;
        }
        here = folder.parent.clone();
    }
    path.reverse();
    path
}

/// Returns a folder and everything below it.
pub fn below(folders: &[Folder], top: &FolderId) -> HashSet<FolderId> {
    let mut inside = HashSet::from([top.clone()]);
    for _ in 0..MOST_LEVELS {
        let next: Vec<FolderId> = folders
            .iter()
            .filter(|folder| {
                let is_inside = |parent: &FolderId| inside.contains(parent);
                folder.parent.as_ref().is_some_and(is_inside) && !inside.contains(&folder.id)
            })
            .map(|folder| folder.id.clone())
            .collect();
        if next.is_empty() {
            break;
        }
        inside.extend(next);
    }
    inside
}

/// Why a folder cannot be moved into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// It is there.
    Here,
    /// It would be inside itself.
    Inside,
    /// It would be nested too deep.
    TooDeep,
}

/// Tells whether a folder may be moved into `target`, to the top where that is absent.
pub fn may_move(
    folders: &[Folder],
    moved: &FolderId,
    target: Option<&FolderId>,
) -> Result<(), Misplaced> {
    let now = folders.iter().find(|folder| folder.id == *moved);
    if now.is_some_and(|folder| folder.parent.as_ref() == target) {
        return Err(Misplaced::Here);
    }
    let inside = below(folders, moved);
    if target.is_some_and(|target| inside.contains(target)) {
        return Err(Misplaced::Inside);
    }
    let depth = |id: &FolderId| path(folders, id).len();
    let deepest = inside.iter().map(depth).max().unwrap_or(1);
    let height = deepest + 1 - depth(moved).min(deepest + 1).max(1);
    if target.map_or(0, depth) + height > MAX_FOLDER_DEPTH {
        return Err(Misplaced::TooDeep);
    }
    Ok(())
}

/// Tells whether a folder may be made inside this one.
pub fn may_hold_folder(folders: &[Folder], parent: Option<&FolderId>) -> bool {
    parent.map_or(0, |parent| path(folders, parent).len()) < MAX_FOLDER_DEPTH
}

/// Which folders are open when the page opens: those around the chosen one; all of a small tree.
pub fn opened_at_first(folders: &[Folder], chosen: Option<&FolderId>) -> HashSet<FolderId> {
    /// Larger trees begin closed.
    const SMALL: usize = 30;
    let mut opened: HashSet<FolderId> = HashSet::new();
    if folders.len() <= SMALL {
        opened.extend(folders.iter().map(|folder| folder.id.clone()));
    }
    if let Some(chosen) = chosen {
        opened.extend(path(folders, chosen).into_iter().map(|folder| folder.id));
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(id: &str, parent: Option<&str>) -> Folder {
        Folder {
            id: id.into(),
            parent: parent.map(Into::into),
            name: id.to_uppercase(),
            description: String::new(),
            flows: 0,
        }
    }

    /// b ─ c ─ d, and a, x beside b.
    fn tree() -> Vec<Folder> {
        vec![
            folder("x", None),
            folder("c", Some("b")),
            folder("d", Some("c")),
            folder("b", None),
            folder("a", None),
        ]
    }

    fn ids(rows: &[Branch]) -> Vec<(&str, usize)> {
        let row = |row: &Branch| (row.folder.id.as_str().to_owned().leak() as &str, row.level);
        rows.iter().map(row).collect()
    }

    #[test]
    fn rows_are_sorted_and_only_open_folders_show_theirs() {
        let folders = tree();
        assert_eq!(
            ids(&seen(&folders, &HashSet::new())),
            [("a", 1), ("b", 1), ("x", 1)]
        );
        let rows = seen(&folders, &opened_at_first(&folders, None));
        assert_eq!(
            ids(&rows),
            [("a", 1), ("b", 1), ("c", 2), ("d", 3), ("x", 1)]
        );
        assert_eq!(
            (rows[1].position, rows[1].of, rows[1].has_children),
            (2, 3, true)
        );
    }

    #[test]
    fn lost_folders_and_circles_end() {
        let lost = [folder("a", Some("nowhere"))];
        assert_eq!(ids(&seen(&lost, &HashSet::new())), [("a", 1)]);
        let circle = [folder("a", Some("b")), folder("b", Some("a"))];
        assert_eq!(
            seen(&circle, &HashSet::from(["a".into(), "b".into()])).len(),
            0
        );
        assert!(path(&circle, &"a".into()).len() <= MOST_LEVELS + 1);
        assert_eq!(below(&circle, &"a".into()).len(), 2);
    }

    #[test]
    fn a_folder_moves_neither_into_itself_nor_too_deep() {
        let mut folders = tree();
        let may = |folders: &[Folder], moved: &str, target: Option<&str>| {
            may_move(folders, &moved.into(), target.map(FolderId::from).as_ref())
        };
        assert_eq!(may(&folders, "b", Some("d")), Err(Misplaced::Inside));
        assert_eq!(may(&folders, "b", Some("b")), Err(Misplaced::Inside));
        assert_eq!(may(&folders, "c", Some("b")), Err(Misplaced::Here));
        assert_eq!(may(&folders, "b", None), Err(Misplaced::Here));
        assert_eq!(may(&folders, "c", None), Ok(()));
        // b is three levels high: it fits below two others, not below three.
        folders.push(folder("y", Some("x")));
        folders.push(folder("z", Some("y")));
        assert_eq!(may(&folders, "b", Some("y")), Ok(()));
        assert_eq!(may(&folders, "b", Some("z")), Err(Misplaced::TooDeep));
        assert!(may_hold_folder(&folders, Some(&"d".into())));
        folders.push(folder("e", Some("d")));
        folders.push(folder("f", Some("e")));
        assert!(!may_hold_folder(&folders, Some(&"f".into())));
    }

    #[test]
    fn a_large_tree_opens_only_around_the_chosen_folder() {
        let mut folders = tree();
        folders.extend((0..300).map(|number| folder(&format!("n{number:03}"), None)));
        let opened = opened_at_first(&folders, Some(&"d".into()));
        assert_eq!(opened.len(), 3);
        assert_eq!(seen(&folders, &opened).len(), 305);
    }
}
