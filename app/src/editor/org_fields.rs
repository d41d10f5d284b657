//! Fields of cards that follow from the schemas of an org: which there are, and which the org no longer has.

use std::sync::Arc;

use api::Attribute;
use flow::{CardSpec, Choice, FieldKey, FieldSpec, InputRef, Schema, SchemaFields, Step, StepId};
use leptos::prelude::*;

use super::Editor;
use super::org::{SchemaKey, Told, schema_key};

/// Inputs or outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Inputs.
    Inputs,
    /// Outputs.
    Outputs,
}

impl Side {
    /// Returns the fields of the catalogue on this side, without options.
    pub fn known(self, spec: &CardSpec) -> impl Iterator<Item = &FieldSpec> {
        let fields = match self {
            Self::Inputs => &spec.inputs,
            Self::Outputs => &spec.outputs,
        };
        fields.iter().filter(|field| !field.option)
    }

    fn schemas(self, spec: &CardSpec) -> &[SchemaFields] {
        match self {
            Self::Inputs => &spec.schema_inputs,
            Self::Outputs => &spec.schema_outputs,
        }
    }

    /// Tells whether a card has a field of this key on this side.
    pub fn has(self, step: &Step, key: &FieldKey) -> bool {
        match self {
            Self::Inputs => step.inputs.iter().any(|input| input.key == *key),
            Self::Outputs => step.output(key).is_some(),
        }
    }

    /// Returns key, label and type of the fields that are on a card.
    pub fn on_card(self, step: &Step) -> Vec<(FieldKey, String, flow::Type)> {
        match self {
            Self::Inputs => step
                .inputs
                .iter()
                .filter(|input| !input.option && !input.arg && !input.custom && !input.hidden)
                .map(|input| (input.key.clone(), input.label.clone(), input.ty.clone()))
                .collect(),
            Self::Outputs => step
                .outputs
                .iter()
                .filter(|output| !output.custom && !output.hidden)
                .map(|output| (output.key.clone(), output.label.clone(), output.ty.clone()))
                .collect(),
        }
    }
}

/// The fields of one group that a schema gives a card.
#[derive(Clone, Debug, PartialEq)]
pub struct OfSchema {
    /// Which fields.
    pub fields: SchemaFields,
    /// Which schema; nothing while the connection or the application is not chosen.
    pub key: Option<SchemaKey>,
}

/// Returns what a card takes from schemas on a side.
pub fn of_schemas(step: &Step, spec: &CardSpec, side: Side) -> Vec<OfSchema> {
    let schemas = side.schemas(spec).iter();
    schemas
        .map(|fields| OfSchema {
            key: schema_key(step, fields),
            fields: fields.clone(),
        })
        .collect()
}

/// Returns the fields that the attributes of a schema are on a card, without those that the catalogue has.
pub fn fields_of(
    fields: &SchemaFields,
    attributes: &[Attribute],
    spec: &CardSpec,
    side: Side,
) -> Vec<FieldSpec> {
    attributes
        .iter()
        .filter(|attribute| fields.schema != Schema::Group || attribute.is_custom)
        .filter(|attribute| side == Side::Outputs || !attribute.is_read_only)
        .map(|attribute| field_of(fields, attribute, side))
        .filter(|field| side.known(spec).all(|known| known.key != field.key))
        .collect()
}

fn field_of(fields: &SchemaFields, attribute: &Attribute, side: Side) -> FieldSpec {
    let is_input = side == Side::Inputs;
    FieldSpec {
        key: key_of(fields, attribute),
        label: attribute.title.clone(),
        ty: attribute.ty.clone(),
        required: is_input && fields.is_new && attribute.is_required,
        option: false,
        choices: if is_input && !attribute.ty.list {
            attribute.choices.clone()
        } else {
            Vec::new()
        },
        lookup: None,
        entered: None,
        shown: false,
        default: None,
    }
}

fn key_of(fields: &SchemaFields, attribute: &Attribute) -> FieldKey {
    FieldKey::in_group(
        &fields.group,
        format!("{}{}", fields.prefix, attribute.name),
    )
}

/// Tells whether a field of a schema's group is neither in the catalogue nor in the schema.
pub fn is_gone(
    fields: &SchemaFields,
    attributes: &[Attribute],
    spec: &CardSpec,
    side: Side,
    key: &FieldKey,
) -> bool {
    key.group.as_deref() == Some(fields.group.as_str())
        && key.key.starts_with(&fields.prefix)
        && side.known(spec).all(|known| known.key != *key)
        && attributes
            .iter()
            .all(|attribute| key_of(fields, attribute) != *key)
}

impl Editor {
    /// Returns a field of a card: the catalogue's, with the values that the org allows, or one that a schema gives.
    pub(super) fn field_spec(self, step: &Step, side: Side, key: &FieldKey) -> Option<FieldSpec> {
        let catalogue = self.board.catalogue.get_untracked();
        let spec = catalogue.card(&step.card)?;
        let declared = of_schemas(step, spec, side).into_iter().find_map(|of| {
            let attributes = self.attributes_now(of.key.as_ref()?)?;
            let found = attributes
                .iter()
                .find(|attribute| key_of(&of.fields, attribute) == *key)?;
            Some(field_of(&of.fields, found, side))
        });
        let known = side.known(spec).find(|field| field.key == *key).cloned();
        match (known, declared) {
            (Some(known), Some(declared)) if known.choices.is_empty() => Some(FieldSpec {
                choices: declared.choices,
                ..known
            }),
            (Some(known), _) => Some(known),
            (None, declared) => declared,
        }
    }

    fn attributes_now(self, key: &SchemaKey) -> Option<Arc<[Attribute]>> {
        match self.org.schema_now(key)? {
            Told::Attributes(attributes) => Some(attributes),
            Told::Asked | Told::Refused(_) => None,
        }
    }

    /// Returns the schemas of a card that are known, with their attributes.
    fn told(self, id: &StepId, side: Side) -> Vec<(OfSchema, Arc<[Attribute]>, CardSpec)> {
        let found = self.board.names(|names| {
            let step = names.flow.step(id)?;
            let spec = names.catalogue.card(&step.card)?;
            Some((of_schemas(step, spec, side), spec.clone()))
        });
        let Some((of_schemas, spec)) = found else {
            return Vec::new();
        };
        of_schemas
            .into_iter()
            .filter_map(|of| match self.org.schema(of.key.as_ref()?)? {
                Told::Attributes(attributes) => Some((of, attributes, spec.clone())),
                Told::Asked | Told::Refused(_) => None,
            })
            .collect()
    }

    /// Tells whether the org is known not to have the attribute that an input stands for.
    pub fn is_gone(self, at: &InputRef) -> bool {
        at.lane.is_none()
            && !at.arg
            && self
                .told(&at.step, Side::Inputs)
                .iter()
                .any(|(of, attributes, spec)| {
                    is_gone(&of.fields, attributes, spec, Side::Inputs, &at.field)
                })
    }

    /// Asks for the schema that an input follows from, for the names of its values.
    pub fn ask_schema_of(self, at: &InputRef) {
        let keys = self.board.names_now(|names| {
            let step = names.flow.step(&at.step)?;
            let spec = names.catalogue.card(&step.card)?;
            let mine = of_schemas(step, spec, Side::Inputs)
                .into_iter()
                .filter(|of| at.field.group.as_deref() == Some(of.fields.group.as_str()));
            Some(mine.filter_map(|of| of.key).collect::<Vec<_>>())
        });
        for key in keys.unwrap_or_default() {
            self.org.ask_schema(key, false);
        }
    }

    /// Returns the values that the org allows for an input, with their names.
    pub fn org_choices(self, at: &InputRef) -> Vec<Choice> {
        let found =
            self.told(&at.step, Side::Inputs)
                .into_iter()
                .find_map(|(of, attributes, _)| {
                    attributes
                        .iter()
                        .find(|attribute| key_of(&of.fields, attribute) == at.field)
                        .map(|attribute| field_of(&of.fields, attribute, Side::Inputs).choices)
                });
        found.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::catalogue;
    use flow::{Base, CardKey, Type};

    fn attribute(name: &str, base: Base) -> Attribute {
        Attribute {
            name: name.to_owned(),
            title: format!("The {name}"),
            ty: Type::one(base),
            choices: Vec::new(),
            is_required: name == "role",
            is_read_only: name == "since",
            is_custom: true,
        }
    }

    fn fields(prefix: &str) -> SchemaFields {
        SchemaFields {
            group: "Profile".to_owned(),
            schema: Schema::User,
            prefix: prefix.to_owned(),
            is_new: true,
        }
    }

    #[test]
    fn attributes_become_fields_as_packs_store_them() {
        let catalogue = catalogue();
        let spec = catalogue.card(&CardKey::new("okta", "readUser")).unwrap();
        let all = [
            attribute("role", Base::Text),
            attribute("since", Base::Date),
            attribute("badge", Base::Number),
        ];
        let found = fields_of(&fields("profile."), &all, spec, Side::Inputs);
        let keys: Vec<String> = found.iter().map(|field| field.key.to_string()).collect();
        assert_eq!(keys, ["Profile › profile.role", "Profile › profile.badge"]);
        let input = found[1].input();
        assert_eq!((input.label.as_str(), input.custom), ("The badge", false));
        assert!(found[0].required && !input.required);
        assert_eq!(fields_of(&fields(""), &all, spec, Side::Outputs).len(), 3);
    }

    #[test]
    fn what_the_org_no_longer_has_is_gone() {
        let catalogue = catalogue();
        let spec = catalogue.card(&CardKey::new("okta", "readUser")).unwrap();
        let all = [attribute("role", Base::Text)];
        let gone = |key: FieldKey| is_gone(&fields(""), &all, spec, Side::Inputs, &key);
        assert!(gone(FieldKey::in_group("Profile", "badge")));
        assert!(!gone(FieldKey::in_group("Profile", "role")));
        assert!(!gone(FieldKey::in_group("User", "badge")));
    }
}
