//! An object as a tree of rows that can be edited one by one. Rows are addressed by positions, so that a key can be
//! renamed in place; nothing is ever nested deeper or larger than a person can look at.

use serde_json::{Map, Value as Json};

/// An object or a list may be nested so deep.
pub const MAX_LEVELS: usize = 20;
/// A typed value may have so many keys and items.
pub const MAX_ENTRIES: usize = 5_000;

/// What a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// True or false.
    Truth,
    /// Null.
    Nothing,
    /// Keys.
    Object,
    /// Items.
    List,
}

impl Kind {
    /// All kinds, in the order of lists.
    pub const ALL: [Self; 6] = [
        Self::Text,
        Self::Number,
        Self::Truth,
        Self::Object,
        Self::List,
        Self::Nothing,
    ];

    /// Returns the name that lists store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Truth => "boolean",
            Self::Nothing => "null",
            Self::Object => "object",
            Self::List => "list",
        }
    }

    /// Reads a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    fn of(value: &Json) -> Self {
        match value {
            Json::String(_) => Self::Text,
            Json::Number(_) => Self::Number,
            Json::Bool(_) => Self::Truth,
            Json::Null => Self::Nothing,
            Json::Object(_) => Self::Object,
            Json::Array(_) => Self::List,
        }
    }
}

/// A row of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct TreeRow {
    /// Positions from the root.
    pub at: Vec<usize>,
    /// Its key; none for an item of a list.
    pub key: Option<String>,
    /// What it is called: keys and positions, from 1, joined.
    pub path: String,
    /// What it holds.
    pub kind: Kind,
    /// A single value, as text.
    pub text: String,
}

/// A change of a tree.
#[derive(Clone, Debug, PartialEq)]
pub enum TreeEdit {
    /// Gives a row another value.
    Set(Vec<usize>, Json),
    /// Gives a row another kind; what it holds is kept where it can be read so.
    Retype(Vec<usize>, Kind),
    /// Gives a row another key.
    Rename(Vec<usize>, String),
    /// Takes a row out.
    Remove(Vec<usize>),
    /// Adds a key or an item to the row at this place; to the root where the place is empty.
    Add(Vec<usize>),
}

/// Returns the rows of an object or a list, depth first.
pub fn tree_rows(root: &Json) -> Vec<TreeRow> {
    let mut rows = Vec::new();
    collect(root, &mut Vec::new(), "", &mut rows);
    rows
}

fn collect(value: &Json, at: &mut Vec<usize>, path: &str, rows: &mut Vec<TreeRow>) {
    let join = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path} › {name}")
        }
    };
    let mut row = |index: usize, key: Option<String>, name: String, inner: &Json| {
        if rows.len() == MAX_ENTRIES || at.len() == MAX_LEVELS {
            return;
        }
        at.push(index);
        rows.push(TreeRow {
            at: at.clone(),
            key,
            path: name.clone(),
            kind: Kind::of(inner),
            text: text_of(inner),
        });
        collect(inner, at, &name, rows);
        at.pop();
    };
    match value {
        Json::Object(fields) => {
            for (index, (key, inner)) in fields.iter().enumerate() {
                row(index, Some(key.clone()), join(key), inner);
            }
        }
        Json::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                row(index, None, join(&(index + 1).to_string()), inner);
            }
        }
        _ => {}
    }
}

fn text_of(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(_) | Json::Bool(_) => value.to_string(),
        Json::Null | Json::Object(_) | Json::Array(_) => String::new(),
    }
}

/// Makes a change. Tells whether it was made: not where the place is gone, where a key is there already, and where the
/// tree would grow too deep or too large.
pub fn edit_tree(root: &mut Json, edit: &TreeEdit) -> bool {
    match edit {
        TreeEdit::Set(at, value) => match find(root, at) {
            Some(here) => {
                *here = value.clone();
                true
            }
            None => false,
        },
        TreeEdit::Retype(at, kind) => match find(root, at) {
            Some(here) => {
                *here = retyped(here, *kind);
                true
            }
            None => false,
        },
        TreeEdit::Rename(at, name) => rename(root, at, name),
        TreeEdit::Remove(at) => remove(root, at),
        TreeEdit::Add(at) => {
            let (_, entries) = measure(root);
            entries < MAX_ENTRIES && at.len() < MAX_LEVELS && find(root, at).is_some_and(add)
        }
    }
}

fn find<'a>(root: &'a mut Json, at: &[usize]) -> Option<&'a mut Json> {
    let mut here = root;
    for index in at {
        here = match here {
            Json::Object(fields) => fields.iter_mut().nth(*index)?.1,
            Json::Array(items) => items.get_mut(*index)?,
            _ => return None,
        };
    }
    Some(here)
}

fn retyped(value: &Json, kind: Kind) -> Json {
    let text = text_of(value);
    match kind {
        Kind::Text => Json::String(text),
        Kind::Number => super::read_number(&text)
            .ok()
            .flatten()
            .unwrap_or_else(|| Json::from(0)),
        Kind::Truth => Json::Bool(text == "true" || text == "1"),
        Kind::Nothing => Json::Null,
        Kind::Object => match value {
            Json::Object(_) => value.clone(),
            _ => Json::Object(Map::new()),
        },
        Kind::List => match value {
            Json::Array(_) => value.clone(),
            Json::Object(fields) => Json::Array(fields.values().cloned().collect()),
            Json::Null => Json::Array(Vec::new()),
            single => Json::Array(vec![single.clone()]),
        },
    }
}

fn rename(root: &mut Json, at: &[usize], name: &str) -> bool {
    let Some((index, around)) = at.split_last() else {
        return false;
    };
    let Some(Json::Object(fields)) = find(root, around) else {
        return false;
    };
    let is_there = fields.iter().position(|(key, _)| key == name);
    if *index >= fields.len() || is_there.is_some_and(|other| other != *index) {
        return false;
    }
    *fields = std::mem::take(fields)
        .into_iter()
        .enumerate()
        .map(|(position, (key, value))| {
            let key = if position == *index {
                name.to_owned()
            } else {
                key
            };
            (key, value)
        })
        .collect();
    true
}

fn remove(root: &mut Json, at: &[usize]) -> bool {
    let Some((index, around)) = at.split_last() else {
        return false;
    };
    match find(root, around) {
        Some(Json::Object(fields)) => {
            let key = fields.keys().nth(*index).cloned();
            key.is_some_and(|key| fields.shift_remove(&key).is_some())
        }
        Some(Json::Array(items)) if *index < items.len() => {
            items.remove(*index);
            true
        }
        _ => false,
    }
}

fn add(here: &mut Json) -> bool {
    match here {
        Json::Object(fields) => {
            let key = (1_u32..)
                .map(|number| match number {
                    1 => "key".to_owned(),
                    number => format!("key {number}"),
                })
                .find(|key| !fields.contains_key(key))
                .unwrap_or_default();
            fields.insert(key, Json::String(String::new()));
            true
        }
        Json::Array(items) => {
            // Items of one list are mostly alike.
            let like = items.last().map_or(Kind::Text, Kind::of);
            items.push(retyped(&Json::Null, like));
            true
        }
        _ => false,
    }
}

/// Returns how deep a value is nested, and how many keys and items it has.
pub(super) fn measure(root: &Json) -> (usize, usize) {
    let mut deepest = 0;
    let mut entries = 0;
    let mut open = vec![(root, 1)];
    while let Some((value, level)) = open.pop() {
        let inner: Vec<&Json> = match value {
            Json::Object(fields) => fields.values().collect(),
            Json::Array(items) => items.iter().collect(),
            _ => continue,
        };
        deepest = deepest.max(level);
        entries += inner.len();
        open.extend(inner.into_iter().map(|value| (value, level + 1)));
    }
    (deepest, entries)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(edit: &TreeEdit, expected: Option<Json>) {
        let mut root = json!({"name": "Ada", "tags": ["a", 2], "deep": {"x": true}});
        let before = root.clone();
        let made = edit_tree(&mut root, edit);
        assert_eq!(made, expected.is_some(), "{edit:?}");
        assert_eq!(root, expected.unwrap_or(before), "{edit:?}");
    }

    #[test]
    fn rows_are_changed_one_by_one_and_keep_their_order() {
        use TreeEdit as E;
        check(
            &E::Set(vec![0], json!("Grace")),
            Some(json!({"name": "Grace", "tags": ["a", 2], "deep": {"x": true}})),
        );
        check(
            &E::Rename(vec![0], "first".into()),
            Some(json!({"first": "Ada", "tags": ["a", 2], "deep": {"x": true}})),
        );
        check(&E::Rename(vec![0], "tags".into()), None);
        check(&E::Rename(vec![1, 0], "x".into()), None);
        check(
            &E::Remove(vec![1, 0]),
            Some(json!({"name": "Ada", "tags": [2], "deep": {"x": true}})),
        );
        check(
            &E::Remove(vec![0]),
            Some(json!({"tags": ["a", 2], "deep": {"x": true}})),
        );
        check(
            &E::Add(vec![]),
            Some(json!({"name": "Ada", "tags": ["a", 2], "deep": {"x": true}, "key": ""})),
        );
        check(
            &E::Add(vec![1]),
            Some(json!({"name": "Ada", "tags": ["a", 2, 0], "deep": {"x": true}})),
        );
        check(&E::Add(vec![0]), None);
        check(
            &E::Retype(vec![2, 0], Kind::Text),
            Some(json!({"name": "Ada", "tags": ["a", 2], "deep": {"x": "true"}})),
        );
        check(
            &E::Retype(vec![0], Kind::List),
            Some(json!({"name": ["Ada"], "tags": ["a", 2], "deep": {"x": true}})),
        );
        check(&E::Set(vec![9], json!(1)), None);
        let renamed = json!({"first": "Ada", "tags": 1});
        let keys: Vec<_> = tree_rows(&renamed)
            .into_iter()
            .map(|row| row.path)
            .collect();
        assert_eq!(keys, ["first", "tags"]);
    }

    #[test]
    fn rows_are_named_by_their_way() {
        let root = json!({"a": {"b": [1, null]}});
        let rows: Vec<_> = tree_rows(&root)
            .into_iter()
            .map(|row| (row.path, row.kind.name(), row.text))
            .collect();
        let row = |path: &str, kind, text: &str| (path.to_owned(), kind, text.to_owned());
        assert_eq!(
            rows,
            [
                row("a", "object", ""),
                row("a › b", "list", ""),
                row("a › b › 1", "number", "1"),
                row("a › b › 2", "null", ""),
            ]
        );
        assert_eq!(measure(&root), (3, 4));
    }
}
