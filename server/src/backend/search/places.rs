//! The places of one flow that match.

use std::collections::{HashMap, HashSet};

use api::{FlowSearch, SpotHit};
use flow::search::{Known, Mark, Phrase, Spot, SpotKind, excerpt, spots};
use flow::{Catalogue, Flow, Step, StepId, numbers};

/// So many places of a flow are shown.
const MOST_SPOTS: usize = 6;

/// What is looked for, and what is known for it.
pub(super) struct Look<'a> {
    pub(super) search: &'a FlowSearch,
    pub(super) phrase: &'a Phrase,
    pub(super) catalogue: &'a Catalogue,
    pub(super) names: &'a HashMap<String, String>,
}

/// Returns the places of a flow that match, and how many more there are. Places of the active version count where the
/// draft does not have them.
pub(super) fn of_flow(
    look: &Look<'_>,
    draft: &Flow,
    active: Option<&(i64, Flow)>,
) -> (Vec<SpotHit>, usize) {
    let mut hits = of_document(look, draft, None);
    if let Some((version, document)) = active {
        let known: HashSet<_> = hits.iter().map(same).collect();
        let others: Vec<SpotHit> = of_document(look, document, Some(*version))
            .into_iter()
            .filter(|hit| !known.contains(&same(hit)))
            .collect();
        hits.extend(others);
    }
    // Names of fields are many and say least.
    hits.sort_by_key(|hit| hit.kind == SpotKind::Field);
    let more = hits.len().saturating_sub(MOST_SPOTS);
    hits.truncate(MOST_SPOTS);
    (hits, more)
}

type Same = (Option<StepId>, SpotKind, String, String);

fn same(hit: &SpotHit) -> Same {
    (
        hit.step.clone(),
        hit.kind,
        hit.field.clone(),
        hit.excerpt.clone(),
    )
}

fn of_document(look: &Look<'_>, flow: &Flow, version: Option<i64>) -> Vec<SpotHit> {
    let known = Known {
        catalogue: look.catalogue,
        names: look.names,
    };
    let all = spots(flow, known);
    let asked = asked(look.search);
    let cards = (!asked.is_empty()).then(|| cards_with(look.search, flow, &all));
    let numbers = numbers(flow);
    let mut hits = Vec::new();
    for spot in &all {
        let is_on_card = match (&cards, spot.step) {
            (None, _) => true,
            (Some(cards), Some(step)) => cards.contains(step),
            (Some(_), None) => false,
        };
        let Some(marks) = is_on_card.then(|| marks(look, spot, &asked)).flatten() else {
            continue;
        };
        let step = spot.step.and_then(|id| flow.step(id));
        let (excerpt, marks) = excerpt(&spot.text, &marks);
        hits.push(SpotHit {
            step: spot.step.cloned(),
            number: spot.step.and_then(|id| numbers.get(id).copied()),
            title: step.map_or_else(String::new, |step| title(look, step)),
            card: step.map(|step| step.card.clone()),
            kind: spot.kind,
            field: spot.field.to_string(),
            excerpt,
            marks,
            version,
        });
    }
    hits
}

/// The kinds of places that show what a search without a text asks for.
fn asked(search: &FlowSearch) -> Vec<SpotKind> {
    let kinds = [
        (search.card.is_some(), SpotKind::Card),
        (search.connection.is_some(), SpotKind::Connection),
        (search.table.is_some(), SpotKind::Table),
        (search.helper.is_some(), SpotKind::Helper),
    ];
    kinds
        .into_iter()
        .filter_map(|(is_asked, kind)| is_asked.then_some(kind))
        .collect()
}

/// What matches of a place; nothing where it does not.
fn marks(look: &Look<'_>, spot: &Spot<'_>, asked: &[SpotKind]) -> Option<Vec<Mark>> {
    if look.phrase.is_empty() {
        // The first thing that was asked for stands for the card.
        return (asked.first() == Some(&spot.kind) && is_asked_thing(look.search, spot))
            .then(Vec::new);
    }
    let marks = look.phrase.marks(&spot.text);
    let also = spot.also.as_deref().unwrap_or_default();
    (!marks.is_empty() || !look.phrase.marks(also).is_empty()).then_some(marks)
}

fn is_asked_thing(search: &FlowSearch, spot: &Spot<'_>) -> bool {
    let wanted = match spot.kind {
        SpotKind::Table => search.table.as_ref().map(flow::TableId::as_str),
        SpotKind::Helper => search.helper.as_ref().map(flow::FlowId::as_str),
        _ => return true,
    };
    wanted == Some(id_of(spot))
}

/// The id of what a place refers to: beside its name, or alone where the name is not known.
fn id_of<'a>(spot: &'a Spot<'_>) -> &'a str {
    spot.also.as_deref().unwrap_or(&spot.text)
}

/// The cards on which everything is that was asked for beside the text.
fn cards_with(search: &FlowSearch, flow: &Flow, all: &[Spot<'_>]) -> HashSet<StepId> {
    let refers = |step: &Step, kind: SpotKind, id: &str| {
        all.iter()
            .any(|spot| spot.step == Some(&step.id) && spot.kind == kind && id_of(spot) == id)
    };
    let has_all = |step: &&Step| {
        search.card.as_ref().is_none_or(|card| step.card == *card)
            && search
                .connection
                .as_ref()
                .is_none_or(|id| step.connection.as_ref() == Some(id))
            && search
                .table
                .as_ref()
                .is_none_or(|id| refers(step, SpotKind::Table, id.as_str()))
            && search
                .helper
                .as_ref()
                .is_none_or(|id| refers(step, SpotKind::Helper, id.as_str()))
    };
    let steps = flow.all_steps().into_iter();
    steps.filter(has_all).map(|step| step.id.clone()).collect()
}

fn title(look: &Look<'_>, step: &Step) -> String {
    if let Some(note) = step.note.as_ref().filter(|_| step.is_note()) {
        return note.title.clone();
    }
    let own = step.title.as_deref().filter(|title| !title.is_empty());
    let known = look.catalogue.card(&step.card);
    own.or(known.map(|card| card.name.as_str()))
        .unwrap_or(step.card.method())
        .to_owned()
}
