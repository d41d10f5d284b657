//! The flow while it is written: its scopes, their cards, and the links that still have to find their way.

use std::collections::HashMap;

use flow::{Base, Convert, FieldKey, Flow, OutputRef, Step, StepId, Type};
use indexmap::IndexMap;
use serde_json::Value as Json;

use super::mint::Mint;
use crate::bones::{CardBones, Role, ScopeBones, Wire};
use crate::rows::Row;

/// Writes one flow.
pub(super) struct Writer<'a> {
    pub(super) scopes: Vec<Scope<'a>>,
    pub(super) mint: Mint,
    /// `parents` of the connectors, from cards of the pack.
    pub(super) parents: &'a HashMap<String, Json>,
    /// The skeleton of each card, and the scope's it is in.
    pub(super) known: HashMap<&'a str, (&'a CardBones, &'a ScopeBones)>,
    /// Where each card of the document stands.
    pub(super) places: HashMap<StepId, Place>,
    /// The types of the outputs of the document.
    pub(super) types: HashMap<(StepId, FieldKey), Type>,
    /// The links.
    pub(super) links: Vec<Link>,
}

/// One list of cards that is written.
pub(super) struct Scope<'a> {
    /// The scope and card in which it is an inline body, and the lane.
    pub(super) host: Option<(usize, String)>,
    /// Its first card.
    pub(super) start: String,
    pub(super) bones: Option<&'a ScopeBones>,
    pub(super) cards: IndexMap<String, Card>,
    pub(super) row: Row,
    pub(super) wires: Vec<Wire>,
    /// What an output pin is in the document.
    pub(super) sight: HashMap<(String, String), OutputRef>,
    /// The output pins that are a value of the document.
    pub(super) ways: HashMap<OutputRef, Vec<(String, String)>>,
    /// Hidden cards, each with the card behind which it stands.
    pub(super) hidden: Vec<(String, String)>,
    /// Where the cards of the document stand that are written into it.
    pub(super) places: HashMap<String, Place>,
    /// Its cards stand as in the pack, so that the pack's own links are right whatever their order.
    pub(super) unmoved: bool,
    /// Something differs from the pack, so that only a plain row is sure to be right.
    pub(super) changed: bool,
}

/// A card that is written.
pub(super) struct Card {
    pub(super) raw: Json,
    /// Its inline bodies: place in the card, and scope.
    pub(super) bodies: Vec<(Vec<String>, usize)>,
}

/// A link of the document that ends at a pin.
pub(super) struct Link {
    pub(super) scope: usize,
    pub(super) card: String,
    pub(super) pin: String,
    pub(super) source: OutputRef,
    pub(super) convert: Option<Convert>,
    pub(super) place: Place,
}

/// Where a card stands: for each row from the flow's own inwards, the row and the position in it.
pub(super) type Place = Vec<(String, usize)>;

impl<'a> Writer<'a> {
    /// Returns a writer that knows the cards of a skeleton.
    pub(super) fn new(
        flow: &Flow,
        bones: &'a ScopeBones,
        parents: &'a HashMap<String, Json>,
    ) -> Self {
        let mut writer = Self {
            scopes: Vec::new(),
            mint: Mint::new(flow.id.as_str()),
            parents,
            known: HashMap::new(),
            places: HashMap::new(),
            types: HashMap::new(),
            links: Vec::new(),
        };
        writer.know(bones);
        writer.survey(&flow.steps, "", &Vec::new());
        writer
    }

    fn know(&mut self, bones: &'a ScopeBones) {
        for card in &bones.cards {
            if let Role::Step(id) = &card.role {
                self.known.insert(id, (card, bones));
            }
            for (_, body) in &card.bodies {
                self.know(body);
            }
        }
    }

    fn survey(&mut self, steps: &[Step], row: &str, around: &Place) {
        for (position, step) in steps.iter().enumerate() {
            let mut place = around.clone();
            place.push((row.to_owned(), position));
            for output in &step.outputs {
                let key = (step.id.clone(), output.key.clone());
                self.types.insert(key, output.ty.clone());
            }
            for lane in &step.lanes {
                self.survey(&lane.steps, &lane_name(&step.id, lane.id.as_str()), &place);
            }
            self.places.insert(step.id.clone(), place);
        }
    }

    /// Adds an empty list of cards.
    pub(super) fn add_scope(
        &mut self,
        host: Option<(usize, String)>,
        bones: Option<&'a ScopeBones>,
    ) -> usize {
        self.scopes.push(Scope {
            host,
            start: String::new(),
            bones,
            cards: IndexMap::new(),
            row: Row::new(),
            wires: Vec::new(),
            sight: HashMap::new(),
            ways: HashMap::new(),
            hidden: Vec::new(),
            places: HashMap::new(),
            unmoved: false,
            changed: bones.is_none(),
        });
        self.scopes.len() - 1
    }

    /// Returns an id for a card: the wanted one, if it is free in the scope and looks like Okta's.
    pub(super) fn free_uuid(&mut self, scope: usize, wanted: &str) -> String {
        let looks_right = (1..=24).contains(&wanted.len())
            && wanted
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if looks_right && !self.scopes[scope].cards.contains_key(wanted) {
            return wanted.to_owned();
        }
        loop {
            let made = self.mint.short();
            if !self.scopes[scope].cards.contains_key(&made) {
                return made;
            }
        }
    }

    /// Puts a card into a scope.
    pub(super) fn put_card(&mut self, scope: usize, uuid: &str, raw: Json) {
        let bodies = Vec::new();
        self.scopes[scope]
            .cards
            .insert(uuid.to_owned(), Card { raw, bodies });
    }

    /// Returns the type of a value of the document; any, where it is not known.
    pub(super) fn type_of(&self, source: &OutputRef) -> Type {
        let key = (source.step.clone(), source.field.clone());
        self.types
            .get(&key)
            .map_or(Type::one(Base::Any), |ty| ty.at(&source.path))
    }

    /// Tells whether a value is there when what stands at `place` runs.
    pub(super) fn in_sight(&self, source: &OutputRef, place: &Place) -> bool {
        let Some(from) = self.places.get(&source.step) else {
            return false;
        };
        if source.field.is("context", "error") {
            let handler = lane_name(&source.step, "error");
            if place.iter().any(|(row, _)| *row == handler) {
                return true;
            }
        }
        let Some(((row, position), around)) = from.split_last() else {
            return false;
        };
        let same_rows = place.get(..around.len()) == Some(around);
        same_rows
            && place
                .get(around.len())
                .is_some_and(|(other, later)| other == row && later > position)
    }
}

impl Scope<'_> {
    /// Notes which value of the document an output pin is.
    pub(super) fn see(&mut self, uuid: &str, pin: &str, value: OutputRef) {
        let at = (uuid.to_owned(), pin.to_owned());
        let ways = self.ways.entry(value.clone()).or_default();
        if !ways.contains(&at) {
            ways.push(at.clone());
        }
        self.sight.insert(at, value);
    }
}

/// Returns the name of a row in a container.
pub(super) fn lane_name(step: &StepId, lane: &str) -> String {
    format!("{step}/{lane}")
}
