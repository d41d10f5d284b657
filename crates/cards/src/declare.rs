//! How cards are declared: static data only, made by `const fn` builders, so that a card reads like a row of a table.
//! `convert` turns a declaration into the owned [`flow::CardSpec`] of one language, once.

use chrono::{DateTime, Utc};
use flow::{Args, Base, CardError, CardKind, Extensible, Family, Lookup, Outputs, Schema};

mod category;
mod convert;
mod field;

pub(crate) use category::Category;
pub(crate) use field::{
    Field, Key, Pick, any, anys, boolean, date, file, flow as flow_field, key, keys_of, number,
    object, objects, objects_with, pick, pick_as, shape, text, texts,
};

/// How a card runs.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// Computes from its inputs alone.
    Pure(fn(&Args) -> Result<Outputs, CardError>),
    /// Computes from its inputs, the time and a random number, which the engine records.
    Seeded(fn(&Args, &Seed) -> Result<Outputs, CardError>),
    /// Leaves the building or touches the store.
    Call {
        /// Whether the call may be made a second time.
        repeatable: Repeat,
    },
    /// Means something only to the engine.
    Control,
}

/// The time and the randomness of one activation of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed {
    /// The current time.
    pub now: DateTime<Utc>,
    /// 64 random bits.
    pub random: u64,
}

/// Whether a call may be made a second time when nobody knows how the first one ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// The second call changes nothing that the first did not.
    Safe,
    /// The second call may do harm: it would create another one, for instance.
    Never,
}

/// A text in both languages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    pub(crate) en: &'static str,
    pub(crate) ja: &'static str,
}

/// Returns a text in both languages.
pub(crate) const fn words(en: &'static str, ja: &'static str) -> Words {
    Words { en, ja }
}

/// A card as declared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Card {
    pub(crate) key: &'static str,
    pub(crate) kind: CardKind,
    pub(crate) family: Family,
    pub(crate) icon: &'static str,
    pub(crate) name: Words,
    pub(crate) help: Words,
    pub(crate) category: Category,
    pub(crate) inputs: &'static [Field],
    pub(crate) outputs: &'static [Field],
    pub(crate) extensible: Extensible,
    pub(crate) schema_inputs: &'static [Attributes],
    pub(crate) schema_outputs: &'static [Attributes],
    pub(crate) lanes: &'static [LaneRow],
    pub(crate) connector: Option<&'static str>,
    /// It works without a connection too.
    pub(crate) goes_without: bool,
    pub(crate) scopes: &'static [&'static str],
    pub(crate) optional_scopes: &'static [&'static str],
    pub(crate) path_scopes: Option<&'static PathRules>,
    pub(crate) listed: bool,
    pub(crate) confirmed: bool,
    pub(crate) examples: &'static [Sample],
    pub(crate) run: Run,
}

/// A group of fields that follow from a profile schema of the org.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attributes {
    pub(crate) group: &'static str,
    pub(crate) schema: Schema,
    pub(crate) prefix: &'static str,
    pub(crate) is_new: bool,
}

/// How the scope of a card follows from the path that its author writes.
#[derive(Debug)]
pub(crate) struct PathRules {
    /// The inputs with the method and the path, each as group and key.
    pub(crate) method: (&'static str, &'static str),
    pub(crate) path: (&'static str, &'static str),
    /// Beginnings of paths and the resource of their scope.
    pub(crate) resources: &'static [(&'static str, &'static str)],
}

/// A row of a container.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LaneRow {
    pub(crate) id: &'static str,
    pub(crate) label: Words,
    pub(crate) inputs: &'static [Field],
}

/// An example: the inputs as a JSON object by key, and the outputs as a JSON object or the error's code as a JSON text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    pub(crate) inputs: &'static str,
    pub(crate) result: &'static str,
}

/// Returns an example from two JSON texts.
pub(crate) const fn example(inputs: &'static str, result: &'static str) -> Sample {
    Sample { inputs, result }
}

/// Returns a card that computes.
pub(crate) const fn function(
    key: &'static str,
    category: Category,
    name: Words,
    help: Words,
    eval: fn(&Args) -> Result<Outputs, CardError>,
) -> Card {
    base(key, CardKind::Function, category, name, help).runs(Run::Pure(eval))
}

/// Returns a card that computes and needs the time or randomness.
pub(crate) const fn seeded(
    key: &'static str,
    category: Category,
    name: Words,
    help: Words,
    eval: fn(&Args, &Seed) -> Result<Outputs, CardError>,
) -> Card {
    base(key, CardKind::Function, category, name, help).runs(Run::Seeded(eval))
}

/// Returns a card whose meaning lives in the engine.
pub(crate) const fn control(
    key: &'static str,
    category: Category,
    name: Words,
    help: Words,
) -> Card {
    base(key, CardKind::Control, category, name, help)
}

/// Returns a card of this kind in the colour and with the icon of its category.
pub(crate) const fn base(
    key: &'static str,
    kind: CardKind,
    category: Category,
    name: Words,
    help: Words,
) -> Card {
    Card {
        key,
        kind,
        family: category.family(),
        icon: category.icon(),
        name,
        help,
        category,
        inputs: &[],
        outputs: &[],
        extensible: Extensible::No,
        schema_inputs: &[],
        schema_outputs: &[],
        lanes: &[],
        connector: None,
        goes_without: false,
        scopes: &[],
        optional_scopes: &[],
        path_scopes: None,
        listed: true,
        confirmed: true,
        examples: &[],
        run: Run::Control,
    }
}

impl Card {
    pub(crate) const fn inputs(self, inputs: &'static [Field]) -> Self {
        Self { inputs, ..self }
    }

    pub(crate) const fn outputs(self, outputs: &'static [Field]) -> Self {
        Self { outputs, ..self }
    }

    pub(crate) const fn extensible(self, extensible: Extensible) -> Self {
        Self { extensible, ..self }
    }

    pub(crate) const fn lanes(self, lanes: &'static [LaneRow]) -> Self {
        Self { lanes, ..self }
    }

    pub(crate) const fn examples(self, examples: &'static [Sample]) -> Self {
        Self { examples, ..self }
    }

    pub(crate) const fn icon(self, icon: &'static str) -> Self {
        Self { icon, ..self }
    }

    pub(crate) const fn family(self, family: Family) -> Self {
        Self { family, ..self }
    }

    pub(crate) const fn runs(self, run: Run) -> Self {
        Self { run, ..self }
    }

    /// Not in the palette: it comes with imported flows only.
    pub(crate) const fn unlisted(self) -> Self {
        Self {
            listed: false,
            ..self
        }
    }

    /// It may have a connection of this module, and works without.
    pub(crate) const fn may_connect(self, module: &'static str) -> Self {
        Self {
            connector: Some(module),
            goes_without: true,
            ..self
        }
    }

    /// Nobody has seen this address in an exported flow.
    pub(crate) const fn unconfirmed(self) -> Self {
        Self {
            confirmed: false,
            ..self
        }
    }
}
