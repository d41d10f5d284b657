//! The whole way of a value: its row, every field that uses it, and on through cards that pass it on unchanged.

use std::collections::HashSet;

use flow::{Binding, Catalogue, Extensible, Flow, InputRef, OutputRef, Step, StepId, StepIndex};

use super::wires::{Which, for_each_input};

/// A use of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The value.
    pub source: OutputRef,
    /// The field.
    pub target: InputRef,
    /// The field holds nothing else.
    pub is_whole: bool,
}

/// Returns every use of every value, in reading order, each once.
pub fn all_links(flow: &Flow) -> Vec<Link> {
    links_where(flow, &|_, _| true)
}

/// Returns the uses that begin or end at a card, in reading order.
pub fn links_at(flow: &Flow, id: &StepId) -> Vec<Link> {
    links_where(flow, &|source, step| source.step == *id || step.id == *id)
}

fn links_where(flow: &Flow, is_wanted: &dyn Fn(&OutputRef, &Step) -> bool) -> Vec<Link> {
    let mut found = Vec::new();
    for step in flow.all_steps() {
        let mut has_any = false;
        for input in step.all_inputs() {
            let mut look = |source: &OutputRef| has_any |= is_wanted(source, step);
            input.binding.each_source(&mut look);
        }
        // Most cards are passed by without an address being made.
        if has_any {
            add_links(step, is_wanted, &mut found);
        }
    }
    found
}

fn add_links(step: &Step, is_wanted: &dyn Fn(&OutputRef, &Step) -> bool, found: &mut Vec<Link>) {
    for_each_input(step, &mut |at, input| {
        let first = found.len();
        let is_whole = matches!(input.binding, Binding::Output { .. });
        input.binding.each_source(&mut |source| {
            if !is_wanted(source, step) {
                return;
            }
            let link = Link {
                source: source.clone(),
                target: at.clone(),
                is_whole,
            };
            if found.get(first..).is_some_and(|mine| !mine.contains(&link)) {
                found.push(link);
            }
        });
    });
}

/// What is lit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// The values.
    pub sources: HashSet<OutputRef>,
    /// The fields.
    pub targets: HashSet<InputRef>,
    /// The cards on the way, with the containers around them.
    pub cards: HashSet<StepId>,
    /// The uses.
    pub links: Vec<Link>,
}

/// What a way is looked for in.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The flow.
    pub flow: &'a Flow,
    /// Its cards by id.
    pub index: &'a StepIndex,
    /// What the cards are.
    pub catalogue: &'a Catalogue,
    /// All uses of values, as [`all_links`] gives them.
    pub links: &'a [Link],
}

/// Returns what lights up. A way through more than a few dozen values is cut.
pub fn trail(ground: Ground, which: &Which) -> Trail {
    let mut trail = Trail::default();
    match which {
        Which::All => trail.links = ground.links.to_vec(),
        Which::Of(step) => {
            let touches = |link: &&Link| link.source.step == *step || link.target.step == *step;
            trail.links = ground.links.iter().filter(touches).cloned().collect();
        }
        Which::From(source) => follow(ground, vec![source.clone()], &mut trail),
        Which::To(at) => {
            let mine = ground.links.iter().filter(|link| link.target == *at);
            let sources = mine.map(|link| link.source.clone()).collect();
            trail.targets.insert(at.clone());
            follow(ground, sources, &mut trail);
        }
    }
    for link in &trail.links {
        trail.sources.insert(link.source.clone());
        trail.targets.insert(link.target.clone());
    }
    let ends = trail.sources.iter().map(|source| &source.step);
    let ends: HashSet<StepId> = ends
        .chain(trail.targets.iter().map(|target| &target.step))
        .cloned()
        .collect();
    for end in ends {
        let around = ground.index.around(ground.flow, &end);
        trail.cards.extend(around.into_iter().map(|(step, _)| step));
        trail.cards.insert(end);
    }
    trail
}

fn follow(ground: Ground, mut open: Vec<OutputRef>, trail: &mut Trail) {
    const MANY: usize = 64;
    while let Some(source) = open.pop() {
        if trail.sources.len() >= MANY || !trail.sources.insert(source.clone()) {
            continue;
        }
        for link in ground.links.iter().filter(|link| is_of(link, &source)) {
            if !trail.links.contains(link) {
                trail.links.push(link.clone());
            }
            if link.is_whole {
                open.extend(handed_on(ground, &link.target));
            }
        }
        let back = ground.links.iter().filter(|link| {
            link.is_whole
                && handed_on(ground, &link.target)
                    .is_some_and(|out| out.step == source.step && out.field == source.field)
        });
        open.extend(back.map(|link| link.source.clone()));
    }
}

/// The value itself, or something inside it.
fn is_of(link: &Link, source: &OutputRef) -> bool {
    link.source.step == source.step
        && link.source.field == source.field
        && link.source.path.starts_with(&source.path)
}

/// Returns the output that gives on unchanged what a field gets: what a lane yields, and cards whose outputs mirror
/// their inputs.
fn handed_on(ground: Ground, at: &InputRef) -> Option<OutputRef> {
    let step = ground.index.step(ground.flow, &at.step)?;
    let gives = at.yields || (at.lane.is_none() && !at.arg && is_mirror(ground.catalogue, step));
    let output = step.output(&at.field).filter(|_| gives)?;
    Some(OutputRef {
        step: step.id.clone(),
        field: output.key.clone(),
        path: Vec::new(),
    })
}

fn is_mirror(catalogue: &Catalogue, step: &Step) -> bool {
    catalogue
        .card(&step.card)
        .is_some_and(|spec| spec.extensible == Extensible::Mirrored)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::{branched, catalogue, login, output, step};
    use flow::{Base, FieldKey, Input, Output, Type};

    fn lit(flow: &Flow, which: &Which) -> Trail {
        let (catalogue, index) = (catalogue(), StepIndex::of(flow));
        let links = all_links(flow);
        let ground = Ground {
            flow,
            index: &index,
            catalogue: &catalogue,
            links: &links,
        };
        trail(ground, which)
    }

    fn names(cards: &HashSet<StepId>) -> Vec<&str> {
        let mut names: Vec<_> = cards.iter().map(StepId::as_str).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn a_field_lights_its_value_and_all_its_other_uses() {
        let flow = branched();
        let trail = lit(&flow, &Which::To(login("suspend")));
        assert_eq!(trail.sources, [output("read", "ID")].into());
        assert_eq!(trail.links.len(), 2);
        // The container around a lit card is lit too.
        assert_eq!(names(&trail.cards), ["if", "read", "suspend"]);
    }

    #[test]
    fn a_value_goes_on_through_cards_that_hand_it_on() {
        let mut flow = branched();
        let key = FieldKey::plain("who");
        let mut assign = step("assign", "control:let");
        assign.inputs = vec![Input {
            binding: Binding::output(output("event", "ID")),
            ..Input::new(key.clone(), Type::one(Base::Text))
        }];
        assign.outputs = vec![Output::new(key.clone(), Type::one(Base::Text))];
        flow.steps.insert(1, assign);
        flow.input_mut(&login("suspend")).unwrap().binding =
            Binding::output(output("assign", "who"));
        let forth = lit(&flow, &Which::From(output("event", "ID")));
        assert!(forth.targets.contains(&login("suspend")));
        let back = lit(&flow, &Which::To(login("suspend")));
        assert_eq!(back.links.len(), forth.links.len());
        assert!(back.sources.contains(&output("event", "ID")));
    }

    #[test]
    fn a_text_made_of_a_value_ends_its_way() {
        let mut flow = branched();
        let at = InputRef::of("end".into(), FieldKey::plain("text"));
        flow.input_mut(&at).unwrap().binding = Binding::output(output("compose", "output"));
        let trail = lit(&flow, &Which::From(output("event", "ID")));
        assert!(!trail.targets.contains(&at));
    }

    #[test]
    fn nothing_comes_of_a_value_that_nobody_uses_but_its_own_card() {
        let trail = lit(&branched(), &Which::From(output("end", "output")));
        assert_eq!((trail.links.len(), names(&trail.cards)), (0, vec!["end"]));
    }
}
