//! From declarations to [`flow::CardSpec`] in one language.

use std::sync::Arc;

use flow::{
    CardKey, CardSpec, Choice, Entered, Example, FieldKey, FieldSpec, KeyType, LaneId, LaneSpec,
    PathScopes, SchemaFields, Type,
};

use super::{Attributes, Card, Field, Key, LaneRow, PathRules, Sample, Words};
use crate::catalogue::Language;
use crate::words::in_japanese;

impl Words {
    pub(crate) fn get(self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Ja => self.ja,
        }
    }
}

impl Card {
    /// Returns the key, or nothing where the declaration is not `module:method` (a test looks for that).
    pub(crate) fn card_key(&self) -> Option<CardKey> {
        CardKey::parse(self.key)
    }

    /// Returns the owned description in `language`.
    pub(crate) fn spec(&self, language: Language) -> Option<CardSpec> {
        Some(CardSpec {
            key: self.card_key()?,
            kind: self.kind,
            family: self.family,
            icon: self.icon.to_owned(),
            name: self.name.get(language).to_owned(),
            name_en: self.name.en.to_owned(),
            name_ja: self.name.ja.to_owned(),
            help: self.help.get(language).to_owned(),
            category: self.category.words().get(language).to_owned(),
            inputs: specs(self.inputs, language),
            outputs: specs(self.outputs, language),
            extensible: self.extensible,
            schema_inputs: self.schema_inputs.iter().map(Attributes::spec).collect(),
            schema_outputs: self.schema_outputs.iter().map(Attributes::spec).collect(),
            lanes: self.lanes.iter().map(|lane| lane.spec(language)).collect(),
            connector: self.connector.map(str::to_owned),
            goes_without: self.goes_without,
            scopes: self.scopes.iter().map(|&scope| scope.to_owned()).collect(),
            optional_scopes: self
                .optional_scopes
                .iter()
                .map(|&scope| scope.to_owned())
                .collect(),
            path_scopes: self.path_scopes.map(PathRules::owned),
            listed: self.listed,
            examples: self.examples.iter().filter_map(Sample::spec).collect(),
            guide: crate::guide::of(self, language),
        })
    }
}

impl PathRules {
    fn owned(&self) -> PathScopes {
        let field = |(group, key): (&str, &str)| match group {
            "" => FieldKey::plain(key),
            group => FieldKey::in_group(group, key),
        };
        PathScopes {
            method: field(self.method),
            path: field(self.path),
            resources: self
                .resources
                .iter()
                .map(|(path, resource)| ((*path).to_owned(), (*resource).to_owned()))
                .collect(),
        }
    }
}

fn specs(fields: &[Field], language: Language) -> Vec<FieldSpec> {
    fields.iter().map(|field| field.spec(language)).collect()
}

fn label(english: &'static str, language: Language) -> &'static str {
    match language {
        Language::En => english,
        Language::Ja => in_japanese(english).unwrap_or(english),
    }
}

impl Field {
    pub(crate) fn field_key(&self) -> FieldKey {
        key_of(self.group, self.key)
    }

    pub(crate) fn ty(&self, language: Language) -> Type {
        Type {
            base: self.base,
            list: self.list,
            keys: key_types(self.keys, language),
        }
    }

    fn spec(&self, language: Language) -> FieldSpec {
        FieldSpec {
            key: self.field_key(),
            label: label(self.label, language).to_owned(),
            ty: self.ty(language),
            required: self.required,
            option: self.option,
            choices: self
                .choices
                .iter()
                .map(|pick| Choice {
                    value: pick.value.to_owned(),
                    label: label(pick.label, language).to_owned(),
                })
                .collect(),
            lookup: self.lookup,
            entered: self.entered.map(|(value, (group, key))| Entered {
                value: value.to_owned(),
                field: key_of(group, key),
            }),
            shown: self.shown,
            default: self
                .default
                .and_then(|json| serde_json::from_str(json).ok()),
        }
    }
}

fn key_of(group: &str, key: &str) -> FieldKey {
    if group.is_empty() {
        FieldKey::plain(key)
    } else {
        FieldKey::in_group(group, key)
    }
}

impl Attributes {
    fn spec(&self) -> SchemaFields {
        SchemaFields {
            group: self.group.to_owned(),
            schema: self.schema,
            prefix: self.prefix.to_owned(),
            is_new: self.is_new,
        }
    }
}

fn key_types(keys: &[Key], language: Language) -> Arc<[KeyType]> {
    keys.iter()
        .map(|known| KeyType {
            key: known.key.to_owned(),
            label: match language {
                Language::En => None,
                Language::Ja => in_japanese(known.key).map(str::to_owned),
            },
            ty: Type {
                base: known.base,
                list: known.list,
                keys: key_types(known.keys, language),
            },
        })
        .collect()
}

impl LaneRow {
    fn spec(&self, language: Language) -> LaneSpec {
        LaneSpec {
            id: LaneId::new(self.id),
            label: self.label.get(language).to_owned(),
            inputs: specs(self.inputs, language),
        }
    }
}

impl Sample {
    fn spec(&self) -> Option<Example> {
        Some(Example {
            inputs: serde_json::from_str(self.inputs).ok()?,
            result: serde_json::from_str(self.result).ok()?,
        })
    }
}
