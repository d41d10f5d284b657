//! What follows from the flow and what is looked at, worked out once for the whole canvas: cards take what is theirs by a
//! look-up, so that a change costs the same with ten cards as with a thousand.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use flow::{Catalogue, FieldKey, Flow, LaneId, OutputRef, Problem, Severity, StepId, StepIndex};
use leptos::prelude::*;

use super::board::family_of;
use super::geometry::{Rect, Size};
use super::layout::{Layout, used_keys, used_outputs};
use super::rows::{Facts, Measured, Purpose, Unfolded};
use super::trail::{Ground, Link, Trail, all_links, trail};
use super::viewport::{Detail, Viewport};
use super::wires::Which;

/// What is worked out once.
#[derive(Clone, Copy)]
pub struct Derived {
    /// Cards by id.
    pub index: Memo<Arc<StepIndex>>,
    /// Outputs that are used.
    pub used: Memo<Arc<Used>>,
    /// The rows of cards.
    pub measured: Memo<Arc<Measured>>,
    /// The families of cards.
    pub families: Memo<Arc<HashMap<StepId, &'static str>>>,
    /// Cards with problems.
    pub troubles: Memo<Arc<HashMap<StepId, Trouble>>>,
    /// All uses of values; worked out when wires are asked for.
    pub links: Memo<Arc<Vec<Link>>>,
    /// What is lit.
    pub trail: Memo<Option<Arc<Trail>>>,
    /// How much is drawn.
    pub detail: Memo<Detail>,
    /// The part of the canvas that is mounted: what is seen and a margin, in steps, so that a small pan changes nothing.
    pub window: Memo<Rect>,
}

/// Outputs that some input uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// Whole ones.
    pub outputs: Arc<HashSet<(StepId, FieldKey)>>,
    /// Keys inside objects, with the keys above them.
    pub keys: Arc<HashSet<OutputRef>>,
}

impl Used {
    /// Tells whether something uses this value or something inside it.
    pub fn holds(&self, source: &OutputRef) -> bool {
        if source.path.is_empty() {
            let key = (source.step.clone(), source.field.clone());
            return self.outputs.contains(&key);
        }
        self.keys.contains(source)
    }
}

/// The problems of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// How many.
    pub count: usize,
    /// One of them keeps the flow from being turned on.
    pub is_bad: bool,
}

/// What everything follows from.
#[derive(Clone, Copy)]
pub(super) struct Sources {
    pub(super) purpose: Purpose,
    pub(super) flow: RwSignal<Flow>,
    pub(super) catalogue: RwSignal<Arc<Catalogue>>,
    pub(super) unfolded: RwSignal<Unfolded>,
    pub(super) problems: RwSignal<Vec<Problem>>,
    pub(super) lit: RwSignal<Option<Which>>,
    pub(super) lit_by_focus: RwSignal<Option<Which>>,
    pub(super) viewport: RwSignal<Viewport>,
    pub(super) size: RwSignal<Size>,
}

impl Derived {
    pub(super) fn of(from: Sources) -> Self {
        let index = Memo::new(move |_| Arc::new(from.flow.with(StepIndex::of)));
        let used = Memo::new(move |_| {
            Arc::new(from.flow.with(|flow| Used {
                outputs: Arc::new(used_outputs(flow)),
                keys: Arc::new(used_keys(flow)),
            }))
        });
        let measured = Memo::new(move |_| {
            let (used, index) = (used.get(), index.get());
            let (flow, unfolded) = (from.flow.read(), from.unfolded.read());
            let catalogue = from.catalogue.read();
            let facts = Facts {
                index: Some(&index),
                ..facts(from.purpose, &flow, &catalogue, &unfolded, &used)
            };
            Arc::new(facts.measure())
        });
        let links = Memo::new(move |_| Arc::new(from.flow.with(all_links)));
        let families = Memo::new(move |_| Arc::new(families(from)));
        let troubles = Memo::new(move |_| Arc::new(from.problems.with(|all| troubles(all))));
        let trail = Memo::new(move |_| {
            let lit = from.lit.get().or_else(|| from.lit_by_focus.get())?;
            let (index, links) = (index.get(), links.get());
            let catalogue = from.catalogue.read();
            let flow = from.flow.read();
            let ground = Ground {
                flow: &flow,
                index: &index,
                catalogue: &catalogue,
                links: &links,
            };
            let trail = trail(ground, &lit);
            // A field without values has no way.
            let is_way = !trail.links.is_empty() || matches!(lit, Which::From(_));
            is_way.then(|| Arc::new(trail))
        });
        Self {
            index,
            used,
            measured,
            families,
            troubles,
            links,
            trail,
            detail: Memo::new(move |_| from.viewport.with(|viewport| viewport.detail())),
            window: Memo::new(move |_| window(from.viewport.get(), from.size.get())),
        }
    }

    pub(super) fn layout(
        self,
        from: Sources,
        opened: RwSignal<Option<flow::Place>>,
        more: More,
    ) -> Memo<Arc<Layout>> {
        Memo::new(move |_| {
            let (used, measured) = (self.used.get(), self.measured.get());
            let (failed, root) = (more.failed.get(), more.root.get());
            let (catalogue, unfolded, opened) =
                (from.catalogue.read(), from.unfolded.read(), opened.read());
            let flow = from.flow.read();
            let facts = Facts {
                failed,
                root,
                measured,
                ..facts(from.purpose, &flow, &catalogue, &unfolded, &used)
            };
            Arc::new(Layout::of(&facts, opened.as_ref()))
        })
    }
}

/// What else decides the layout.
#[derive(Clone, Copy)]
pub(super) struct More {
    pub(super) failed: Memo<Option<StepId>>,
    pub(super) root: RwSignal<Option<(StepId, LaneId)>>,
}

fn facts<'a>(
    purpose: Purpose,
    flow: &'a Flow,
    catalogue: &'a Catalogue,
    unfolded: &'a Unfolded,
    used: &Used,
) -> Facts<'a> {
    Facts {
        flow,
        catalogue,
        unfolded,
        purpose,
        used: used.outputs.clone(),
        used_keys: used.keys.clone(),
        failed: None,
        root: None,
        index: None,
        measured: Arc::default(),
    }
}

fn families(from: Sources) -> HashMap<StepId, &'static str> {
    let catalogue = from.catalogue.read();
    let flow = from.flow.read();
    let all = flow.all_steps().into_iter();
    all.map(|step| (step.id.clone(), family_of(step, &catalogue)))
        .collect()
}

fn troubles(problems: &[Problem]) -> HashMap<StepId, Trouble> {
    let mut found: HashMap<StepId, Trouble> = HashMap::new();
    for problem in problems {
        let Some(step) = &problem.step else { continue };
        let trouble = found.entry(step.clone()).or_insert(Trouble {
            count: 0,
            is_bad: false,
        });
        trouble.count += 1;
        trouble.is_bad |= problem.severity == Severity::Error;
    }
    found
}

/// What is seen, and around it as much as a third of the screen, snapped to a grid that grows with what is seen.
pub(super) fn window(viewport: Viewport, size: Size) -> Rect {
    let seen = viewport.visible(size);
    let step = (seen.w.max(seen.h) / 4.0).max(100.0);
    // Powers of two keep the grid while the zoom changes a little.
    let step = 2_f64.powf(step.log2().round());
    let low = |at: f64| ((at - step / 2.0) / step).floor() * step;
    let high = |at: f64| ((at + step / 2.0) / step).ceil() * step;
    let (x, y) = (low(seen.x), low(seen.y));
    Rect::new(x, y, high(seen.right()) - x, high(seen.bottom()) - y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_holds_what_is_seen_and_changes_rarely() {
        let size = Size {
            w: 1440.0,
            h: 800.0,
        };
        let mut windows = Vec::new();
        for at in 0..1_000 {
            let viewport = Viewport::default().panned(-f64::from(at) * 4.0, f64::from(at));
            let (seen, held) = (viewport.visible(size), window(viewport, size));
            assert_eq!(held.with(seen), held, "{at}");
            assert!(held.w < seen.w * 2.0 && held.h < seen.h * 2.6);
            windows.push(held);
        }
        windows.dedup();
        assert!(windows.len() < 60, "{}", windows.len());
    }
}
