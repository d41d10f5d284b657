//! The tree of units with a box for each, walked as ARIA's tree is: arrows, Home, End, letters; Space selects.

use std::collections::HashSet;

use leptos::attr::custom::custom_attribute;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::selection::{Chosen, Mark, Tree};
use crate::i18n::t;
use crate::i18n::texts::RuleText;
use crate::kit::{Button, ButtonKind, Icon};

/// A place in the tree: the domain itself, or a unit.
type At = Option<usize>;

/// What the tree works with.
#[derive(Clone, Copy)]
struct Walk {
    tree: StoredValue<Tree>,
    chosen: RwSignal<Chosen>,
    open: RwSignal<HashSet<usize>>,
    here: RwSignal<At>,
    said: RwSignal<Option<RuleText>>,
    can_change: bool,
}

/// A row that is to be seen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Seen {
    at: At,
    level: usize,
    position: usize,
    of: usize,
    has_more: bool,
}

/// The tree, its search, and what its selection means.
#[component]
pub fn Units(
    /// The units.
    units: Vec<api::DirectoryUnit>,
    /// What is selected.
    chosen: RwSignal<Chosen>,
    /// Boxes can be ticked.
    can_change: bool,
) -> impl IntoView {
    let tree = Tree::of(&units);
    let is_small = tree.nodes().len() <= 60;
    let open = if is_small {
        (0..tree.nodes().len()).collect()
    } else {
        let marks = tree.marks(&chosen.get_untracked());
        let is_mixed = |unit: &usize| marks.get(*unit) == Some(&Mark::Mixed);
        (0..tree.nodes().len()).filter(is_mixed).collect()
    };
    let has_search = tree.nodes().len() > 15;
    let is_empty = tree.nodes().is_empty();
    let walk = Walk {
        tree: StoredValue::new(tree),
        chosen,
        open: RwSignal::new(open),
        here: RwSignal::new(None),
        said: RwSignal::new(None),
        can_change,
    };
    let wanted = RwSignal::new(String::new());
    let rows = Memo::new(move |_| walk.rows(&wanted.get()));
    let marks = Memo::new(move |_| walk.tree.with_value(|tree| tree.marks(&chosen.get())));
    view! {
        {is_empty.then(|| view! { <p class="hint">{t(RuleText::UnitsNone)}</p> })}
        {has_search.then(|| view! {
            <div class="search" role="search">
                <Icon name="search"/>
                <input
                    class="input"
                    type="search"
                    aria-label=t(RuleText::UnitsFind)
                    placeholder=t(RuleText::UnitsFind)
                    bind:value=wanted
                />
            </div>
        })}
        <ul
            class="unit-tree"
            role="tree"
            aria-label=t(RuleText::Units)
            {..custom_attribute("aria-multiselectable", "true")}
            on:keydown=move |event| walk.on_key(&event, &rows.get_untracked())
        >
            <For each=move || rows.get() key=Seen::clone let(row)>
                <UnitRow walk row marks/>
            </For>
        </ul>
        <Meaning walk/>
    }
}

#[component]
fn UnitRow(walk: Walk, row: Seen, marks: Memo<Vec<Mark>>) -> impl IntoView {
    let at = row.at;
    let mark = Memo::new(move |_| match at {
        None => Tree::root_mark(&walk.chosen.get()),
        Some(unit) => marks.with(|marks| marks.get(unit).copied().unwrap_or_default()),
    });
    let label = at.and_then(|unit| {
        walk.tree.with_value(|tree| {
            tree.nodes()
                .get(unit)
                .map(|node| (node.label.clone(), node.name.clone()))
        })
    });
    let (label, name) = match label {
        Some((label, name)) => (label.into_any(), name),
        None => (t(RuleText::AllUnits).into_any(), String::new()),
    };
    let has_more = row.has_more;
    let is_open = move || at.is_none_or(|unit| walk.open.with(|open| open.contains(&unit)));
    let expanded = move || has_more.then(|| is_open().to_string());
    view! {
        <li
            class="unit-row"
            role="treeitem"
            id=id_of(at)
            title=name
            data-level=row.level.min(8).to_string()
            {..custom_attribute("aria-level", row.level.to_string())}
            aria-posinset=row.position.to_string()
            aria-setsize=row.of.to_string()
            aria-checked=move || mark.get().word()
            aria-expanded=expanded
            aria-disabled=(!walk.can_change).then_some("true")
            tabindex=move || if walk.here.get() == at { "0" } else { "-1" }
            on:focus=move |_| walk.here.set(at)
            on:click=move |_| {
                walk.here.set(at);
                walk.toggle(at);
            }
        >
            <span
                class="unit-fold"
                class:unit-folded=move || !is_open()
                aria-hidden="true"
                on:click=move |event| {
                    event.stop_propagation();
                    if let Some(unit) = at {
                        walk.fold(unit);
                    }
                }
            >
                {(has_more && at.is_some()).then(|| view! { <Icon name="chevron-down"/> })}
            </span>
            <span class="unit-box" data-mark=move || mark.get().word() aria-hidden="true">
                {move || match mark.get() {
                    Mark::On => view! { <Icon name="check"/> }.into_any(),
                    Mark::Mixed => view! { <Icon name="minus"/> }.into_any(),
                    Mark::Off => ().into_any(),
                }}
            </span>
            <Icon name=if at.is_none() { "folder-tree" } else { "folder" }/>
            <span class="ellipsis">{label}</span>
        </li>
    }
}

/// In words what is selected, and what the last tick meant.
#[component]
fn Meaning(walk: Walk) -> impl IntoView {
    let gone = Memo::new(move |_| walk.tree.with_value(|tree| tree.gone(&walk.chosen.get())));
    let words = move || {
        let text = match walk.chosen.get() {
            None => RuleText::UnitsAllChosen,
            Some(names) if names.is_empty() => RuleText::UnitsEmpty,
            Some(names) => RuleText::UnitsChosen { n: names.len() },
        };
        t(text).get()
    };
    let is_nothing = move || {
        walk.chosen
            .with(|chosen| chosen.as_ref().is_some_and(Vec::is_empty))
    };
    view! {
        <div class="unit-meaning" role="status">
            <p class=move || if is_nothing() { "field-error" } else { "hint" }>{words}</p>
            {move || walk.said.get().map(|text| view! { <p class="field-warning">{t(text)}</p> })}
        </div>
        {move || (!gone.read().is_empty()).then(|| view! {
            <div class="banner" data-tone="warn">
                <Icon name="triangle-alert"/>
                <div class="banner-text">
                    <p>{t(RuleText::UnitsGone)}</p>
                    <ul>
                        {gone.get().into_iter().map(|name| {
                            let label = t(RuleText::Forget { name: name.clone() });
                            let lost = name.clone();
                            let forget = move || walk.chosen.update(|chosen| {
                                if let Some(names) = chosen {
                                    names.retain(|one| *one != lost);
                                }
                            });
                            view! {
                                <li class="cell-row">
                                    <span class="mono ellipsis">{name}</span>
                                    {walk.can_change.then(|| view! { <Button kind=ButtonKind::Bare icon="x" label on_press=forget/> })}
                                </li>
                            }
                        }).collect_view()}
                    </ul>
                </div>
            </div>
        })}
    }
}

fn id_of(at: At) -> String {
    at.map_or_else(|| "unit-domain".to_owned(), |unit| format!("unit-{unit}"))
}

impl Walk {
    /// The rows to be seen; with a search all that fit and what is around them.
    fn rows(self, wanted: &str) -> Vec<Seen> {
        let wanted = wanted.trim().to_lowercase();
        self.tree.with_value(|tree| {
            let mut fits = vec![wanted.is_empty(); tree.nodes().len()];
            if !wanted.is_empty() {
                for (unit, node) in tree.nodes().iter().enumerate().rev() {
                    let is_hit = node.label.to_lowercase().contains(&wanted)
                        || node
                            .children
                            .iter()
                            .any(|child| fits.get(*child) == Some(&true));
                    if let Some(fit) = fits.get_mut(unit) {
                        *fit = is_hit;
                    }
                }
            }
            let open = self.open.get();
            let mut seen = vec![Seen {
                at: None,
                level: 1,
                position: 1,
                of: 1,
                has_more: !tree.top().is_empty(),
            }];
            let mut hidden_below = None::<usize>;
            for (unit, node) in tree.nodes().iter().enumerate() {
                if hidden_below.is_some_and(|level| node.level > level)
                    || fits.get(unit) != Some(&true)
                {
                    continue;
                }
                let is_open = !wanted.is_empty() || open.contains(&unit);
                hidden_below = (!is_open).then_some(node.level);
                let siblings = tree.siblings(unit);
                seen.push(Seen {
                    at: Some(unit),
                    level: node.level,
                    position: siblings.iter().position(|one| *one == unit).unwrap_or(0) + 1,
                    of: siblings.len(),
                    has_more: !node.children.is_empty(),
                });
            }
            seen
        })
    }

    fn toggle(self, at: At) {
        if !self.can_change {
            return;
        }
        let before = self.chosen.get_untracked();
        let (after, said) = self.tree.with_value(|tree| match at {
            None => match before {
                None => (Some(Vec::new()), None),
                Some(_) => (None, None),
            },
            Some(unit) => {
                let said = match (&before, tree.split_by(&before, unit)) {
                    (None, _) => Some(RuleText::UnitsSplitDomain),
                    (Some(_), Some(around)) => {
                        tree.nodes().get(around).map(|node| RuleText::UnitsSplit {
                            name: node.label.clone(),
                        })
                    }
                    (Some(_), None) => None,
                };
                (tree.toggled(&before, unit), said)
            }
        });
        self.chosen.set(after);
        self.said.set(said);
    }

    fn fold(self, unit: usize) {
        self.open.update(|open| {
            if !open.remove(&unit) {
                open.insert(unit);
            }
        });
    }

    fn on_key(self, event: &KeyboardEvent, rows: &[Seen]) {
        if event.is_composing() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let here = self.here.get_untracked();
        let index = rows.iter().position(|row| row.at == here).unwrap_or(0);
        let key = event.key();
        let target = match key.as_str() {
            " " => {
                self.toggle(here);
                rows.get(index)
            }
            "ArrowDown" => rows.get(index + 1).or(rows.get(index)),
            "ArrowUp" => rows.get(index.saturating_sub(1)),
            "Home" => rows.first(),
            "End" => rows.last(),
            "ArrowRight" => self.into(rows, index),
            "ArrowLeft" => self.out_of(rows, index),
            "Enter" => {
                if let Some(unit) = here {
                    self.fold(unit);
                }
                rows.get(index)
            }
            "*" => {
                let beside =
                    here.map(|unit| self.tree.with_value(|tree| tree.siblings(unit).to_vec()));
                self.open
                    .update(|open| open.extend(beside.unwrap_or_default()));
                rows.get(index)
            }
            letter if letter.chars().count() == 1 => self.by_letter(rows, index, letter),
            _ => return,
        };
        event.prevent_default();
        if let Some(row) = target {
            self.here.set(row.at);
            focus(row.at);
        }
    }

    fn into(self, rows: &[Seen], index: usize) -> Option<&Seen> {
        let row = rows.get(index)?;
        if let Some(unit) = row.at
            && row.has_more
            && !self.open.with_untracked(|open| open.contains(&unit))
        {
            self.fold(unit);
            return Some(row);
        }
        rows.get(index + 1)
            .filter(|next| next.level > row.level)
            .or(Some(row))
    }

    fn out_of(self, rows: &[Seen], index: usize) -> Option<&Seen> {
        let row = rows.get(index)?;
        let unit = row.at?;
        if row.has_more && self.open.with_untracked(|open| open.contains(&unit)) {
            self.fold(unit);
            return Some(row);
        }
        rows.get(..index)?
            .iter()
            .rev()
            .find(|before| before.level < row.level)
    }

    fn by_letter<'a>(self, rows: &'a [Seen], index: usize, letter: &str) -> Option<&'a Seen> {
        let letter = letter.to_lowercase();
        let begins = |row: &&Seen| {
            let unit = row.at.unwrap_or(usize::MAX);
            self.tree.with_value(|tree| {
                let node = tree.nodes().get(unit);
                node.is_some_and(|node| node.label.to_lowercase().starts_with(&letter))
            })
        };
        let after = rows.get(index + 1..).unwrap_or_default();
        let before = rows.get(..=index).unwrap_or_default();
        after.iter().chain(before).find(begins)
    }
}

fn focus(at: At) {
    let element = document().get_element_by_id(&id_of(at));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok())
        && element.focus().is_err()
    {
        leptos::logging::warn!("a unit cannot be focused");
    }
}
