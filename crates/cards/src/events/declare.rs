//! How event cards are declared: a row has a key, its words, its event types and the shape of its outputs. Every shape
//! has the same head and tail around fields of its own.

use flow::{Base, CardKind, Lookup};

use crate::declare::{Card, Category, Field, Key, Words, base, key, object, pick, shape, text};

/// A row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) key: &'static str,
    name: Words,
    help: Words,
    pub(super) types: &'static [&'static str],
    pub(super) shape: &'static Shape,
    pub(super) by_app: bool,
    confirmed: bool,
}

pub(super) const fn event(
    key: &'static str,
    name: Words,
    help: Words,
    types: &'static [&'static str],
    shape: &'static Shape,
) -> Event {
    Event {
        key,
        name,
        help,
        types,
        shape,
        by_app: false,
        confirmed: true,
    }
}

impl Event {
    /// Nobody has seen this key in an exported flow.
    pub(super) const fn unconfirmed(self) -> Self {
        Self {
            confirmed: false,
            ..self
        }
    }

    /// Can be narrowed to one application.
    pub(super) const fn narrowed_to_an_app(self) -> Self {
        Self {
            by_app: true,
            ..self
        }
    }

    pub(super) fn card(&self, icon: &'static str) -> Card {
        let card = base(
            self.key,
            CardKind::Event,
            Category::Okta,
            self.name,
            self.help,
        )
        .family(flow::Family::Event)
        .icon(icon)
        .inputs(if self.by_app { &APP_OPTIONS } else { &[] })
        .outputs(self.shape.outputs);
        Card {
            connector: Some("okta"),
            scopes: &["okta.logs.read"],
            // Hooks bring events sooner than the log; applications can be chosen by name.
            optional_scopes: if self.by_app {
                &["okta.eventHooks.manage", "okta.apps.read"]
            } else {
                &["okta.eventHooks.manage"]
            },
            confirmed: self.confirmed,
            ..card
        }
    }
}

static APP_OPTIONS: [Field; 4] = [
    text("useId")
        .label("Use App Instance ID?")
        .option()
        .choices(&[pick("No"), pick("Yes")])
        .starts_as("\"No\""),
    text("app")
        .label("Application")
        .option()
        .lookup(Lookup::AppNames),
    text("instance")
        .label("Application Instance")
        .option()
        .lookup(Lookup::AppInstances),
    text("appId").label("App Instance ID").option(),
];

/// The outputs of an event card, and where its own ones come from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) parts: &'static [Part],
    pub(super) outputs: &'static [Field],
}

/// An output of an event card's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) field: Field,
    pub(super) source: Source,
}

/// Where in a LogEvent a value comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    /// The actor.
    Actor,
    /// The first target of one of these types.
    Target(&'static [&'static str]),
    /// The first target of one of these types, else the first target.
    TargetOrFirst(&'static [&'static str]),
    /// The first target that no other part takes.
    Other,
    /// The value at a path.
    Path(&'static [&'static str]),
}

const fn text_key(name: &'static str) -> Key {
    key(name, Base::Text)
}

static ENTITY: [Key; 4] = [
    text_key("ID"),
    text_key("Alternate ID"),
    text_key("Display Name"),
    text_key("Type"),
];
static DEVICE_KEYS: [Key; 5] = [
    text_key("ID"),
    text_key("Alternate ID"),
    text_key("Display Name"),
    text_key("Type"),
    key("Detail", Base::Object),
];
static POLICY_KEYS: [Key; 5] = [
    text_key("ID"),
    text_key("Alternate ID"),
    text_key("Display Name"),
    text_key("Type"),
    text_key("Policy Type"),
];
static TARGET_KEYS: [Key; 4] = [
    text_key("ID"),
    text_key("Display Name"),
    text_key("Type"),
    key("Detail Entry", Base::Object),
];
static ENDPOINT_KEYS: [Key; 2] = [text_key("ID"), text_key("Type")];
static DEBUG_KEYS: [Key; 1] = [key("Debug Data", Base::Object)];

const NOTHING: Field = text("").of("Output");

const HEAD: [Field; 6] = [
    text("Date and Time").of("Output"),
    text("Message").of("Output"),
    text("Event ID").of("Output"),
    text("Event Type").of("Output"),
    text("Event Time").of("Output"),
    text("Version").of("Output"),
];

const TAIL: [Field; 7] = [
    text("UUID").of("Output"),
    object("Event Details").of("Output"),
    object("Headers").of("Output"),
    text("Source").of("Output"),
    shape("Debug Context", &DEBUG_KEYS).of("Output"),
    object("Full Details").of("Output").more(),
    text("execution_id")
        .of("context")
        .label("Execution ID")
        .more(),
];

/// Returns the head, the fields of `parts` and the tail; `M` is their number.
const fn around<const N: usize, const M: usize>(parts: [Part; N]) -> [Field; M] {
    let mut fields = [NOTHING; M];
    let mut at = 0;
    while at < M {
        fields[at] = if at < HEAD.len() {
            HEAD[at]
        } else if at < HEAD.len() + N {
            parts[at - HEAD.len()].field
        } else {
            TAIL[at - HEAD.len() - N]
        };
        at += 1;
    }
    fields
}

/// The shapes, named by the fields of their own.
pub(super) mod shapes;
