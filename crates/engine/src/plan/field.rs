//! Inputs of a card, with what they are bound to resolved to slots.

use std::collections::HashMap;

use flow::{Binding, CardError, Convert, FieldKey, Input, Part, Step, StepId, Type, Value, coerce};

/// The cards of a flow by id, with the slot of their first output.
pub(crate) type Scope<'f> = HashMap<&'f StepId, (&'f Step, usize)>;

/// A template text may become this long, in bytes.
const MAX_TEXT: usize = 16 * 1024 * 1024;

/// One input.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) key: FieldKey,
    pub(crate) label: String,
    pub(crate) ty: Type,
    pub(crate) is_custom: bool,
    /// An argument for a helper flow.
    pub(crate) is_arg: bool,
    source: Source,
}

/// Where a value comes from.
#[derive(Debug)]
enum Source {
    Nothing,
    /// A constant, brought to the field's type while compiling.
    Constant(Result<Value, String>),
    Slot {
        slot: usize,
        path: Vec<String>,
        convert: Option<Convert>,
    },
    Template(Vec<Piece>),
    /// The current item of a loop, or a key of it.
    Item(Option<String>),
}

#[derive(Debug)]
enum Piece {
    Text(String),
    Value(Source),
}

impl Field {
    pub(crate) fn compile_all(inputs: &[Input], scope: &Scope) -> Vec<Self> {
        inputs
            .iter()
            .map(|input| Self {
                key: input.key.clone(),
                label: input.label.clone(),
                ty: input.ty.clone(),
                is_custom: input.custom,
                is_arg: input.arg,
                source: Source::compile(&input.binding, Some(&input.ty), scope),
            })
            .collect()
    }

    /// Tells whether the value differs from item to item.
    pub(crate) fn is_per_item(&self) -> bool {
        matches!(self.source, Source::Item(_))
    }

    fn is_loose(&self) -> bool {
        self.is_arg || self.is_custom || self.ty.base == flow::Base::Object
    }

    /// Tells whether nothing is bound.
    pub(crate) fn is_unbound(&self) -> bool {
        match &self.source {
            Source::Nothing => true,
            Source::Constant(Ok(value)) => value.is_empty(),
            _ => false,
        }
    }
}

impl Source {
    /// `ty` is the type that a constant is brought to; a part of a template has none.
    fn compile(binding: &Binding, ty: Option<&Type>, scope: &Scope) -> Self {
        match binding {
            Binding::Empty => Self::Nothing,
            Binding::Constant { value } => Self::Constant(
                Value::from_json(value)
                    .map_err(|error| error.to_string())
                    .and_then(|value| match ty {
                        Some(ty) => coerce(&value, None, ty),
                        None => Ok(value),
                    }),
            ),
            Binding::Output { source, convert } => {
                let slot = scope.get(&source.step).and_then(|(step, first)| {
                    let place = step
                        .outputs
                        .iter()
                        .position(|output| output.key == source.field)?;
                    Some(first + place)
                });
                match slot {
                    Some(slot) => Self::Slot {
                        slot,
                        path: source.path.clone(),
                        convert: *convert,
                    },
                    None => Self::Nothing,
                }
            }
            Binding::Template { parts } => Self::Template(
                parts
                    .iter()
                    .map(|part| match part {
                        Part::Text { text } => Piece::Text(text.clone()),
                        Part::Value { binding, .. } => {
                            Piece::Value(Self::compile(binding, None, scope))
                        }
                    })
                    .collect(),
            ),
            Binding::Item { path } => Self::Item(path.clone()),
        }
    }

    fn read(&self, slots: &[Value], item: &Value) -> Result<(Value, Option<Convert>), String> {
        Ok(match self {
            Self::Nothing => (Value::Null, None),
            Self::Constant(value) => (value.clone()?, None),
            Self::Slot {
                slot,
                path,
                convert,
            } => {
                let value = slots.get(*slot).map_or(Value::Null, |value| value.at(path));
                (value, *convert)
            }
            Self::Template(pieces) => (fill(pieces, slots, item)?, None),
            Self::Item(None) => (item.clone(), None),
            Self::Item(Some(key)) => (item.at(&[key]), None),
        })
    }
}

fn fill(pieces: &[Piece], slots: &[Value], item: &Value) -> Result<Value, String> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Value(source) => {
                let (value, convert) = source.read(slots, item)?;
                let value = match convert {
                    Some(_) => coerce(&value, convert, &Type::one(flow::Base::Any))?,
                    None => value,
                };
                match &value {
                    Value::Text(part) => text.push_str(part),
                    other => text.push_str(&other.to_text()),
                }
            }
        }
        if text.len() > MAX_TEXT {
            return Err("The text would be longer than 16 MB.".to_owned());
        }
    }
    Ok(Value::from(text))
}

/// Returns the value of an input, in the type of its field. `item` is the current item of a loop, else null.
pub(crate) fn resolve(field: &Field, slots: &[Value], item: &Value) -> Result<Value, CardError> {
    let found = match &field.source {
        Source::Constant(value) => value.clone(),
        source => source.read(slots, item).and_then(|(value, convert)| {
            match coerce(&value, convert, &field.ty) {
                // Without a conversion the other end is declared alike. What comes in fact is passed on where only the
                // author knows what it is: objects, and fields that somebody made. Okta's packs rely on that.
                Err(_) if convert.is_none() && field.is_loose() => Ok(value),
                coerced => coerced,
            }
        }),
    };
    found.map_err(|reason| {
        CardError::new(
            "input.type",
            format!(
                "The field “{}” cannot take this value: {reason} Change the type of the field, or convert the value in a \
                 card before.",
                field.label
            ),
        )
    })
}
