//! Okta's names for types and conversions.

use flow::{Base, Convert, KeyType, Type};
use serde_json::{Map, Value as Json, json};

/// Reads `type` and `collection` of a value or of a key of a schema. What is not known may be anything.
pub(crate) fn read(value: &Json) -> Type {
    let list = value["collection"].as_bool().unwrap_or(false);
    let mut ty = match &value["type"] {
        Json::Object(schema) => Type::object_with(schema.iter().map(read_key).collect::<Vec<_>>()),
        Json::String(name) => Type::one(base(name)),
        _ => Type::one(Base::Any),
    };
    ty.list = list;
    ty
}

fn read_key((key, value): (&String, &Json)) -> KeyType {
    KeyType {
        key: key.clone(),
        label: value["displayname"].as_str().map(str::to_owned),
        ty: read(value),
    }
}

fn base(name: &str) -> Base {
    match name {
        "string" => Base::Text,
        "number" => Base::Number,
        "boolean" => Base::Boolean,
        "Date" => Base::Date,
        "object" => Base::Object,
        "file" => Base::File,
        "flo" => Base::Flow,
        _ => Base::Any,
    }
}

/// Returns what stands in `type`: a name, or a schema for an object with known keys.
pub(crate) fn write(ty: &Type) -> Json {
    if ty.base == Base::Object && !ty.keys.is_empty() {
        return Json::Object(ty.keys.iter().map(write_key).collect::<Map<_, _>>());
    }
    Json::from(match ty.base {
        Base::Text | Base::Any => "string",
        Base::Number => "number",
        Base::Boolean => "boolean",
        Base::Date => "Date",
        Base::Object => "object",
        Base::File => "file",
        Base::Flow => "flo",
    })
}

fn write_key(key: &KeyType) -> (String, Json) {
    let mut entry = json!({"type": write(&key.ty), "collection": key.ty.list});
    if let (Some(label), Some(map)) = (&key.label, entry.as_object_mut()) {
        map.insert("displayname".to_owned(), label.as_str().into());
    }
    (key.key.clone(), entry)
}

/// Returns the static value of a field of this type into which nothing was typed.
pub(crate) fn nothing(ty: &Type) -> Json {
    if ty.list {
        return json!([]);
    }
    match ty.base {
        Base::Text | Base::Date | Base::Any => json!(""),
        Base::Number => json!(0),
        Base::Boolean => json!(false),
        Base::Object => json!({}),
        Base::File | Base::Flow => Json::Null,
    }
}

/// Returns the type that a constant of any type has.
pub(crate) fn of_constant(value: &Json) -> Type {
    match value {
        Json::Array(items) => Type {
            list: true,
            ..items.first().map_or(Type::one(Base::Text), |item| Type {
                list: false,
                ..of_constant(item)
            })
        },
        Json::Object(_) => Type::one(Base::Object),
        Json::Number(_) => Type::one(Base::Number),
        Json::Bool(_) => Type::one(Base::Boolean),
        Json::String(_) | Json::Null => Type::one(Base::Text),
    }
}

/// Returns the type that a conversion of a value of type `from` gives.
pub(crate) fn after(convert: Option<Convert>, from: Type) -> Type {
    match convert {
        None => from,
        Some(Convert::Parse) => Type::one(Base::Object),
        Some(Convert::DateTime) => Type::one(Base::Date),
        Some(Convert::ParseFloat) => Type::one(Base::Number),
        Some(Convert::WrapArray | Convert::ForceWrapArray) => Type { list: true, ..from },
        Some(
            Convert::Stringify | Convert::ToString | Convert::IsoString | Convert::BooleanToString,
        ) => Type::one(Base::Text),
    }
}

/// Reads the converter of a wire; the error is a name that is not known.
pub(crate) fn read_convert(transform: &Json) -> Result<Option<Convert>, String> {
    let Some((_, entry)) = crate::raw::entries(transform).next() else {
        return Ok(None);
    };
    Ok(Some(match crate::raw::text(entry, "convert") {
        "parse" => Convert::Parse,
        "dateTime" => Convert::DateTime,
        "wrapArray" if entry["forceWrapArray"] == true => Convert::ForceWrapArray,
        "wrapArray" => Convert::WrapArray,
        "stringify" => Convert::Stringify,
        "toString" => Convert::ToString,
        "parseFloat" => Convert::ParseFloat,
        "isoString" => Convert::IsoString,
        "booleanToString" => Convert::BooleanToString,
        other => return Err(other.to_owned()),
    }))
}

/// Returns the converter of a wire that starts at `pin`.
pub(crate) fn write_convert(convert: Option<Convert>, pin: &str) -> Json {
    let Some(convert) = convert else {
        return Json::Null;
    };
    let name = match convert {
        Convert::Parse => "parse",
        Convert::DateTime => "dateTime",
        Convert::WrapArray | Convert::ForceWrapArray => "wrapArray",
        Convert::Stringify => "stringify",
        Convert::ToString => "toString",
        Convert::ParseFloat => "parseFloat",
        Convert::IsoString => "isoString",
        Convert::BooleanToString => "booleanToString",
    };
    json!({pin: {
        "convert": name,
        "dest": pin,
        "forceWrapArray": convert == Convert::ForceWrapArray,
    }})
}
