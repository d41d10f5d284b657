//! What is asked of an org for a field: which list, with which account, and what it depends on.

use api::LookUp;
use flow::{CardSpec, ConnectionId, Entered, FieldSpec, Input, InputRef, Lookup, Step};

use super::Editor;
use super::picker::Said;

/// What is asked for a field.
pub(super) struct Asking {
    /// The question, without a text to search for; nothing where something hinders it.
    pub(super) question: Option<LookUp>,
    /// What hinders it.
    pub(super) hindered: Option<Said>,
    /// The option may be left to the run, and what the field is called that gives the value then.
    pub(super) entered: Option<(Entered, String)>,
    /// Values of earlier cards may go into the field as well.
    pub(super) takes_values: bool,
}

/// What a field stores: with which connection, from which list, and the id.
pub type Stored = (Option<ConnectionId>, Lookup, String);

impl Editor {
    pub(super) fn asking(self, at: &InputRef) -> Option<Asking> {
        self.board.names_now(|names| {
            let step = names.flow.step(&at.step)?;
            let spec = names.catalogue.card(&step.card)?;
            let field = field(spec, at)?;
            Some(asking(step, spec, field, field.lookup?))
        })
    }

    /// Returns what is stored in a field that is chosen from an org.
    pub fn stored_choice(self, at: &InputRef) -> Option<Stored> {
        self.board.names(|names| {
            let step = names.flow.step(&at.step)?;
            let field = field(names.catalogue.card(&step.card)?, at)?;
            let stored = names.flow.input(at)?.constant()?.as_str()?;
            Some((step.connection.clone(), field.lookup?, stored.to_owned()))
        })
    }

    /// Tells whether a field is chosen from an org.
    pub(super) fn is_chosen_from_org(self, at: &InputRef) -> bool {
        let found = self.board.names(|names| {
            let step = names.flow.step(&at.step)?;
            field(names.catalogue.card(&step.card)?, at).map(|_| ())
        });
        found.is_some()
    }

    /// Returns the field that gives the value of an option which is left to the run: it stores `value` then.
    pub fn entered_field(self, at: &InputRef, value: &str) -> Option<String> {
        self.board.names(|names| {
            let spec = names.catalogue.card(&names.flow.step(&at.step)?.card)?;
            let entered = field(spec, at)?.entered.as_ref()?;
            (entered.value == value).then(|| label_of(spec, entered))
        })
    }
}

fn field<'a>(spec: &'a CardSpec, at: &InputRef) -> Option<&'a FieldSpec> {
    let found = spec.inputs.iter().find(|field| field.key == at.field)?;
    found.lookup.is_some_and(Lookup::is_of_org).then_some(found)
}

fn asking(step: &Step, spec: &CardSpec, field: &FieldSpec, what: Lookup) -> Asking {
    let parent = (what == Lookup::AppInstances).then(|| kind_of_app(step));
    let hindered = if step.connection.is_none() {
        Some(Said::NoConnection)
    } else if parent == Some(None) {
        Some(Said::NoParent)
    } else {
        None
    };
    let connection = step.connection.clone().filter(|_| hindered.is_none());
    Asking {
        question: connection.map(|connection| LookUp {
            connection,
            what,
            search: String::new(),
            parent: parent.flatten(),
            ids: Vec::new(),
            after: None,
            fresh: false,
        }),
        hindered,
        entered: field
            .entered
            .clone()
            .map(|entered| (entered.clone(), label_of(spec, &entered))),
        takes_values: !field.option,
    }
}

/// The kind of application that an event card is narrowed to.
fn kind_of_app(step: &Step) -> Option<String> {
    let chosen = step.input("parameters", "app").and_then(Input::constant);
    let kind = chosen.and_then(|value| value.as_str())?;
    (!kind.is_empty()).then(|| kind.to_owned())
}

fn label_of(spec: &CardSpec, entered: &Entered) -> String {
    let other = spec.inputs.iter().find(|other| other.key == entered.field);
    let label = other.map_or(entered.field.key.as_str(), |other| other.label.as_str());
    match &entered.field.group {
        Some(group) => format!("{group} › {label}"),
        None => label.to_owned(),
    }
}
