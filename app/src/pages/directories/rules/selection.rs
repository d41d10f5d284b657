//! Which units are selected: a unit stands for everything below it, no list for the whole domain. Pure.

use std::collections::HashMap;

use api::DirectoryUnit;

/// The selected units; everything where there is no list.
pub type Chosen = Option<Vec<String>>;

/// What the box of a unit shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Nothing of it is selected.
    #[default]
    Off,
    /// Something below it is.
    Mixed,
    /// All of it is.
    On,
}

impl Mark {
    /// As ARIA says it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "false",
            Self::Mixed => "mixed",
            Self::On => "true",
        }
    }
}

/// A unit in its tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its distinguished name.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// How deep it is; 2 directly below the domain.
    pub level: usize,
    /// The unit around it.
    pub parent: Option<usize>,
    /// The units in it.
    pub children: Vec<usize>,
}

/// The units of a domain, each before what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<Node>,
    top: Vec<usize>,
    by_name: HashMap<String, usize>,
}

impl Tree {
    /// Builds the tree. A unit whose parent is not listed stands at the top.
    pub fn of(units: &[DirectoryUnit]) -> Self {
        let known: HashMap<String, usize> = (0..)
            .zip(units)
            .map(|(index, unit)| (folded(&unit.name), index))
            .collect();
        let mut below: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
        for (index, unit) in units.iter().enumerate() {
            let parent = unit
                .parent
                .as_deref()
                .and_then(|name| known.get(&folded(name)));
            below.entry(parent.copied()).or_default().push(index);
        }
        let mut tree = Self::default();
        let top = below.remove(&None).unwrap_or_default();
        // Deepest last: what is taken from the end goes before what was put there earlier.
        let mut open: Vec<(usize, Option<usize>)> =
            top.into_iter().rev().map(|unit| (unit, None)).collect();
        while let Some((unit, parent)) = open.pop() {
            let Some(found) = units.get(unit) else {
                continue;
            };
            let here = tree.add(found, parent);
            let inner = below.remove(&Some(unit)).unwrap_or_default();
            open.extend(inner.into_iter().rev().map(|unit| (unit, Some(here))));
        }
        tree
    }

    fn add(&mut self, unit: &DirectoryUnit, parent: Option<usize>) -> usize {
        let here = self.nodes.len();
        let level = parent
            .and_then(|parent| self.nodes.get(parent))
            .map_or(2, |parent| parent.level + 1);
        self.nodes.push(Node {
            name: unit.name.clone(),
            label: unit.label.clone(),
            level,
            parent,
            children: Vec::new(),
        });
        self.by_name.insert(folded(&unit.name), here);
        match parent.and_then(|parent| self.nodes.get_mut(parent)) {
            Some(parent) => parent.children.push(here),
            None => self.top.push(here),
        }
        here
    }

    /// The units, each before what is in it.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The units directly below the domain.
    pub fn top(&self) -> &[usize] {
        &self.top
    }

    /// Those around and beside a unit: the children of its parent.
    pub fn siblings(&self, unit: usize) -> &[usize] {
        let parent = self.nodes.get(unit).and_then(|node| node.parent);
        match parent.and_then(|parent| self.nodes.get(parent)) {
            Some(parent) => &parent.children,
            None => &self.top,
        }
    }

    /// What each box shows.
    pub fn marks(&self, chosen: &Chosen) -> Vec<Mark> {
        let Some(chosen) = chosen else {
            return vec![Mark::On; self.nodes.len()];
        };
        let mut marks = vec![Mark::Off; self.nodes.len()];
        for name in chosen {
            if let Some(mark) = self.find(name).and_then(|unit| marks.get_mut(unit)) {
                *mark = Mark::On;
            }
        }
        for (unit, node) in self.nodes.iter().enumerate() {
            let around = node.parent.and_then(|parent| marks.get(parent));
            if around == Some(&Mark::On)
                && let Some(mark) = marks.get_mut(unit)
            {
                *mark = Mark::On;
            }
        }
        for (unit, node) in self.nodes.iter().enumerate().rev() {
            let is_touched = marks.get(unit).is_some_and(|mark| *mark != Mark::Off);
            if let Some(mark) = node.parent.and_then(|parent| marks.get_mut(parent))
                && is_touched
                && *mark == Mark::Off
            {
                *mark = Mark::Mixed;
            }
        }
        marks
    }

    /// What the box of the whole domain shows.
    pub fn root_mark(chosen: &Chosen) -> Mark {
        match chosen {
            None => Mark::On,
            Some(names) if names.is_empty() => Mark::Off,
            Some(_) => Mark::Mixed,
        }
    }

    /// Selected units that are not there.
    pub fn gone(&self, chosen: &Chosen) -> Vec<String> {
        let names = chosen.iter().flatten();
        names
            .filter(|name| self.find(name).is_none())
            .cloned()
            .collect()
    }

    /// Selects a unit, or takes it out of what is selected: then everything beside it stays, and what was selected as a whole
    /// around it is not any more.
    pub fn toggled(&self, chosen: &Chosen, unit: usize) -> Chosen {
        let is_on = self.marks(chosen).get(unit) == Some(&Mark::On);
        if !is_on {
            let mut names = chosen.clone().unwrap_or_default();
            names.retain(|name| self.find(name).is_none_or(|other| !self.is_in(other, unit)));
            names.extend(self.nodes.get(unit).map(|node| node.name.clone()));
            return Some(names);
        }
        let path = self.path(unit);
        let mut names = match chosen {
            Some(names) => names.clone(),
            None => self.names(&self.top),
        };
        let is_there =
            |names: &[String], unit: usize| names.iter().any(|name| self.find(name) == Some(unit));
        let Some(from) = path.iter().position(|step| is_there(&names, *step)) else {
            return Some(names);
        };
        names.retain(|name| path.get(from).copied() != self.find(name));
        for pair in path.get(from..).unwrap_or_default().windows(2) {
            let [around, inner] = pair else { continue };
            let beside = self.nodes.get(*around).map(|node| node.children.as_slice());
            let beside = beside
                .unwrap_or_default()
                .iter()
                .filter(|one| *one != inner);
            let beside: Vec<usize> = beside.copied().collect();
            names.extend(self.names(&beside));
        }
        Some(names)
    }

    /// The unit that was selected as a whole and contains this one, where taking this one out splits it.
    pub fn split_by(&self, chosen: &Chosen, unit: usize) -> Option<usize> {
        let names = chosen.as_ref()?;
        let path = self.path(unit);
        let around = path
            .iter()
            .find(|step| names.iter().any(|name| self.find(name) == Some(**step)));
        around.copied().filter(|around| *around != unit)
    }

    fn names(&self, units: &[usize]) -> Vec<String> {
        let nodes = units.iter().filter_map(|unit| self.nodes.get(*unit));
        nodes.map(|node| node.name.clone()).collect()
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(&folded(name)).copied()
    }

    /// From the top to a unit.
    fn path(&self, unit: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut next = Some(unit);
        while let Some(here) = next {
            path.push(here);
            next = self.nodes.get(here).and_then(|node| node.parent);
        }
        path.reverse();
        path
    }

    fn is_in(&self, unit: usize, around: usize) -> bool {
        self.path(unit).contains(&around)
    }
}

/// Names are the same whatever their capitals and the spaces after their commas.
fn folded(name: &str) -> String {
    name.split(',')
        .map(|part| part.trim().to_lowercase())
        .collect::<Vec<_>>()
        .join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        let unit = |name: &str, parent: Option<&str>| DirectoryUnit {
            name: name.to_owned(),
            parent: parent.map(str::to_owned),
            label: name.split(['=', ',']).nth(1).unwrap().to_owned(),
        };
        Tree::of(&[
            unit("OU=本社,OU=Staff,DC=x", Some("OU=Staff,DC=x")),
            unit("OU=Elsewhere,DC=x", None),
            unit("OU=Staff,DC=x", None),
            unit("OU=Osaka,OU=Staff,DC=x", Some("OU=Staff,DC=x")),
            unit("OU=IT,OU=本社,OU=Staff,DC=x", Some("OU=本社,OU=Staff,DC=x")),
        ])
    }

    fn at(tree: &Tree, label: &str) -> usize {
        tree.nodes()
            .iter()
            .position(|node| node.label == label)
            .unwrap()
    }

    fn chosen(names: &[&str]) -> Chosen {
        Some(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn units_stand_before_what_is_in_them() {
        let tree = tree();
        let labels: Vec<(&str, usize)> = tree
            .nodes()
            .iter()
            .map(|node| (node.label.as_str(), node.level))
            .collect();
        assert_eq!(
            labels,
            [
                ("Elsewhere", 2),
                ("Staff", 2),
                ("本社", 3),
                ("IT", 4),
                ("Osaka", 3)
            ]
        );
    }

    #[test]
    fn a_unit_stands_for_what_is_in_it() {
        let tree = tree();
        let marks = tree.marks(&chosen(&["ou=本社, OU=Staff,DC=X"]));
        let of = |label: &str| marks[at(&tree, label)];
        assert_eq!(of("本社"), Mark::On);
        assert_eq!(of("IT"), Mark::On);
        assert_eq!(of("Staff"), Mark::Mixed);
        assert_eq!(of("Osaka"), Mark::Off);
        assert_eq!(of("Elsewhere"), Mark::Off);
        assert!(tree.marks(&None).iter().all(|mark| *mark == Mark::On));
    }

    #[test]
    fn who_is_taken_out_leaves_the_others() {
        let tree = tree();
        let without = tree.toggled(&chosen(&["OU=Staff,DC=x"]), at(&tree, "IT"));
        assert_eq!(without, chosen(&["OU=Osaka,OU=Staff,DC=x"]));
        assert_eq!(
            tree.split_by(&chosen(&["OU=Staff,DC=x"]), at(&tree, "IT")),
            Some(at(&tree, "Staff"))
        );
        let domain = tree.toggled(&None, at(&tree, "Staff"));
        assert_eq!(domain, chosen(&["OU=Elsewhere,DC=x"]));
        assert_eq!(tree.toggled(&domain, at(&tree, "Elsewhere")), chosen(&[]));
    }

    #[test]
    fn who_is_selected_takes_in_what_was_selected_below() {
        let tree = tree();
        let before = chosen(&["OU=IT,OU=本社,OU=Staff,DC=x", "OU=Gone,DC=x"]);
        let after = tree.toggled(&before, at(&tree, "Staff"));
        assert_eq!(after, chosen(&["OU=Gone,DC=x", "OU=Staff,DC=x"]));
        assert_eq!(tree.gone(&after), ["OU=Gone,DC=x"]);
    }

    #[test]
    fn the_domain_has_a_box_too() {
        assert_eq!(Tree::root_mark(&None), Mark::On);
        assert_eq!(Tree::root_mark(&chosen(&[])), Mark::Off);
        assert_eq!(Tree::root_mark(&chosen(&["OU=A"])), Mark::Mixed);
    }
}
