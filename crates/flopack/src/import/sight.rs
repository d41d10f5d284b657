//! What each card is in the document, and which value of the document each output pin is.

use flow::{Binding, FieldKey, Input, OutputRef};
use serde_json::Value as Json;

use super::flows::Reader;
use super::scope::{Entry, Scope};
use crate::bones::Role;
use crate::raw::{self, field_key, items, text};
use crate::types;

/// A path into an object may have this many keys.
const MAX_PATH: usize = 64;

impl Reader<'_> {
    /// Decides what each card is in the document.
    pub(super) fn cast_roles(&mut self, scope: &mut Scope<'_>, entry: &Entry<'_>) {
        for fork in scope.layout.forks.clone() {
            let of = scope.cards[fork.card].uuid.clone();
            for (side, head) in fork.heads.into_iter().enumerate() {
                scope.cards[head].role = Role::Head(of.clone(), side == 0);
            }
            match fork.join {
                Some(join) => scope.cards[join].role = Role::Join(of),
                None => self.problem(
                    Some(&of),
                    "no_join",
                    "The branches of an If/Else do not meet again; they do now.",
                ),
            }
        }
        let Some(first) = scope.order.first().copied() else {
            return;
        };
        match entry {
            Entry::Flow => {
                if let Some(wrapper) = event_wrapper(scope, first) {
                    scope.cards[wrapper].role = Role::Wrapper;
                }
            }
            Entry::Lane { returns, .. } => {
                self.cast_start(scope, first);
                let ends: Vec<usize> = (0..scope.cards.len())
                    .filter(|card| scope.cards[*card].key.is("control", "return"))
                    .collect();
                if let ([end], true) = (ends.as_slice(), *returns)
                    && scope.layout.lane[*end].is_none()
                {
                    scope.cards[*end].role = Role::Return;
                }
            }
            Entry::Event { .. } => self.cast_start(scope, first),
        }
    }

    fn cast_start(&mut self, scope: &mut Scope<'_>, first: usize) {
        let card = &mut scope.cards[first];
        if card.key.is("control", "callable") {
            card.role = Role::Start;
        } else {
            self.problem(
                Some(&card.uuid),
                "no_start",
                "An inline body does not begin with its start card.",
            );
        }
    }

    /// Finds the value behind each output pin. Folds the cards that only pick values out of objects.
    pub(super) fn see(&mut self, scope: &mut Scope<'_>, entry: &Entry<'_>) {
        for index in scope.order.clone() {
            let card = &scope.cards[index];
            let raw = card.raw;
            if card.key.is("object", "expand") && expand(scope, index) {
                scope.cards[index].role = Role::Expand;
                continue;
            }
            let card = &scope.cards[index];
            let step = match (&card.role, entry) {
                (Role::Step(_), _) => Some(card.step.clone()),
                (Role::Start, Entry::Event { step }) => Some((*step).clone()),
                (Role::Join(of), _) => scope
                    .cards
                    .iter()
                    .find(|card| card.uuid == *of)
                    .map(|host| host.step.clone()),
                _ => None,
            };
            for (pin, output) in raw::pins(raw, "outputs") {
                let seen = match (&step, entry) {
                    (Some(step), _) => Some(OutputRef {
                        step: step.clone(),
                        field: field_key(output),
                        path: Vec::new(),
                    }),
                    (None, Entry::Lane { step, tunnels, .. })
                        if scope.cards[index].role == Role::Start =>
                    {
                        through_start(output, step, tunnels)
                    }
                    _ => None,
                };
                if let Some(seen) = seen {
                    scope.sight.insert((index, pin.to_owned()), seen);
                }
            }
        }
    }

    /// Returns the binding of a pin: its wire, else what is typed.
    pub(super) fn bind(
        &mut self,
        scope: &Scope<'_>,
        card: usize,
        pin: &str,
        typed: Binding,
    ) -> Binding {
        let Some(wires) = scope.incoming.get(&(card, pin)) else {
            return typed;
        };
        let uuid = scope.cards[card].uuid.clone();
        if wires.len() > 1 {
            self.problem(
                Some(&uuid),
                "two_wires",
                "Two links end at one field; the first one counts.",
            );
        }
        let Some(wire) = wires.first() else {
            return typed;
        };
        self.link(scope, &uuid, wire).unwrap_or(typed)
    }

    /// Returns the binding that a wire is.
    pub(super) fn link(
        &mut self,
        scope: &Scope<'_>,
        uuid: &str,
        wire: &super::scope::Incoming<'_>,
    ) -> Option<Binding> {
        let convert = types::read_convert(wire.transform).unwrap_or_else(|name| {
            self.problem(
                Some(uuid),
                "converter",
                format!("The conversion {name:?} is not known; the value passes as it is."),
            );
            None
        });
        let source = scope.sight.get(&(wire.card, wire.pin.to_owned())).cloned();
        if source.is_none() {
            self.problem(
                Some(uuid),
                "dangling_wire",
                "A link starts at a value that is not there; it is left out.",
            );
        }
        source.map(|source| Binding::Output { source, convert })
    }

    /// Reports an input that the card has twice.
    pub(super) fn reports_twin(&mut self, uuid: &str, inputs: &[Input], input: &Input) -> bool {
        let twin = inputs
            .iter()
            .any(|known| known.key == input.key && known.arg == input.arg);
        if twin {
            self.problem(
                Some(uuid),
                "duplicate_field",
                format!(
                    "The card has the field {} twice; the first one counts.",
                    input.key
                ),
            );
        }
        twin
    }
}

/// The loop around what happens for each event: the only card behind the event card.
fn event_wrapper(scope: &Scope<'_>, first: usize) -> Option<usize> {
    let model = &scope.cards[first].raw["node"]["model"];
    let [_, wrapper] = scope.order.as_slice() else {
        return None;
    };
    let card = &scope.cards[*wrapper];
    let inline = raw::pins(card.raw, "inputs").any(|(_, pin)| raw::is_body(&pin["value"]["data"]));
    (model["webhook"] == true
        && model["webhookList"] == true
        && inline
        && card.key.is("list", "asyncEach"))
    .then_some(*wrapper)
}

fn through_start(
    output: &Json,
    step: &flow::StepId,
    tunnels: &std::collections::HashMap<String, OutputRef>,
) -> Option<OutputRef> {
    let key = field_key(output);
    if output["metadata"]["wormholeMethodId"].is_string() {
        return tunnels.get(&key.key).cloned();
    }
    key.is("context", "error").then(|| OutputRef {
        step: step.clone(),
        field: FieldKey::in_group("context", "error"),
        path: Vec::new(),
    })
}

/// Folds a card that picks values out of an object; tells whether it could be folded.
fn expand(scope: &mut Scope<'_>, index: usize) -> bool {
    let raw = scope.cards[index].raw;
    let mut inputs = raw::pins(raw, "inputs").map(|(pin, _)| pin);
    let (Some(input), None) = (inputs.next(), inputs.next()) else {
        return false;
    };
    let Some([wire]) = scope.incoming.get(&(index, input)).map(Vec::as_slice) else {
        return false;
    };
    let Some(source) = scope.sight.get(&(wire.card, wire.pin.to_owned())).cloned() else {
        return false;
    };
    if !wire.transform.is_null() {
        return false;
    }
    let mut seen = Vec::new();
    for (pin, output) in raw::pins(raw, "outputs").filter(|(_, pin)| pin["key"] == "value") {
        let path = raw::pins(raw, "outputs")
            .find(|(_, other)| other["key"] == "key" && other["group"] == output["group"])
            .map(|(_, other)| items(&other["value"]["data"]))
            .unwrap_or_default();
        let mut whole = source.clone();
        whole.path.extend(path.iter().map(|key| match key {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        }));
        if path.is_empty() || whole.path.len() > MAX_PATH {
            return false;
        }
        seen.push((pin.to_owned(), whole));
    }
    for (pin, whole) in seen {
        scope.sight.insert((index, pin), whole);
    }
    text(raw, "uuid") == scope.cards[index].uuid
}
