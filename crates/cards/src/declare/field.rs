//! Fields as declared. A field is on the card when it is added unless it is declared with `more`; its label is its key
//! unless another is given, and the Japanese of a label is looked up in the crate's word list.

use super::{Base, Lookup};

/// An input or output field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) group: &'static str,
    pub(crate) key: &'static str,
    pub(crate) label: &'static str,
    pub(crate) base: Base,
    pub(crate) list: bool,
    pub(crate) keys: &'static [Key],
    pub(crate) required: bool,
    pub(crate) option: bool,
    pub(crate) shown: bool,
    pub(crate) choices: &'static [Pick],
    pub(crate) lookup: Option<Lookup>,
    pub(crate) entered: Option<(&'static str, (&'static str, &'static str))>,
    pub(crate) default: Option<&'static str>,
}

/// A known key of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub(crate) key: &'static str,
    pub(crate) base: Base,
    pub(crate) list: bool,
    pub(crate) keys: &'static [Key],
}

/// A value to choose.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pick {
    pub(crate) value: &'static str,
    pub(crate) label: &'static str,
}

/// Returns a choice that is shown as it is stored.
pub(crate) const fn pick(value: &'static str) -> Pick {
    Pick {
        value,
        label: value,
    }
}

/// Returns a choice that is stored as `value` and shown as `label`.
pub(crate) const fn pick_as(value: &'static str, label: &'static str) -> Pick {
    Pick { value, label }
}

/// Returns a known key of an object.
pub(crate) const fn key(key: &'static str, base: Base) -> Key {
    Key {
        key,
        base,
        list: false,
        keys: &[],
    }
}

/// Returns a known key that holds an object with known keys.
pub(crate) const fn keys_of(key: &'static str, keys: &'static [Key]) -> Key {
    Key {
        key,
        base: Base::Object,
        list: false,
        keys,
    }
}

const fn one(key: &'static str, base: Base) -> Field {
    Field {
        group: "",
        key,
        label: key,
        base,
        list: false,
        keys: &[],
        required: false,
        option: false,
        shown: true,
        choices: &[],
        lookup: None,
        entered: None,
        default: None,
    }
}

/// Returns a text field.
pub(crate) const fn text(key: &'static str) -> Field {
    one(key, Base::Text)
}

/// Returns a number field.
pub(crate) const fn number(key: &'static str) -> Field {
    one(key, Base::Number)
}

/// Returns a True/False field.
pub(crate) const fn boolean(key: &'static str) -> Field {
    one(key, Base::Boolean)
}

/// Returns a date field.
pub(crate) const fn date(key: &'static str) -> Field {
    one(key, Base::Date)
}

/// Returns an object field.
pub(crate) const fn object(key: &'static str) -> Field {
    one(key, Base::Object)
}

/// Returns a field for an object with known keys.
pub(crate) const fn shape(key: &'static str, keys: &'static [Key]) -> Field {
    Field {
        keys,
        ..one(key, Base::Object)
    }
}

/// Returns a field for any value.
pub(crate) const fn any(key: &'static str) -> Field {
    one(key, Base::Any)
}

/// Returns a field for a file.
pub(crate) const fn file(key: &'static str) -> Field {
    one(key, Base::File)
}

/// Returns a field that names a flow.
pub(crate) const fn flow(key: &'static str) -> Field {
    Field {
        label: "Helper Flow",
        lookup: Some(Lookup::Flows),
        ..one(key, Base::Flow)
    }
}

/// Returns a field for a list.
pub(crate) const fn list_of(key: &'static str, base: Base) -> Field {
    Field {
        list: true,
        ..one(key, base)
    }
}

/// Returns a field for a list of texts.
pub(crate) const fn texts(key: &'static str) -> Field {
    list_of(key, Base::Text)
}

/// Returns a field for a list of objects.
pub(crate) const fn objects(key: &'static str) -> Field {
    list_of(key, Base::Object)
}

/// Returns a field for a list of objects with known keys.
pub(crate) const fn objects_with(key: &'static str, keys: &'static [Key]) -> Field {
    Field {
        keys,
        ..objects(key)
    }
}

/// Returns a field for a list of anything.
pub(crate) const fn anys(key: &'static str) -> Field {
    list_of(key, Base::Any)
}

impl Field {
    /// In a group.
    pub(crate) const fn of(self, group: &'static str) -> Self {
        Self { group, ..self }
    }

    /// Called otherwise than its key.
    pub(crate) const fn label(self, label: &'static str) -> Self {
        Self { label, ..self }
    }

    /// Must be filled.
    pub(crate) const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// An option of the group `parameters`: decided while designing.
    pub(crate) const fn option(self) -> Self {
        Self {
            group: "parameters",
            option: true,
            ..self
        }
    }

    /// Not on the card at first: found in "Choose fields".
    pub(crate) const fn more(self) -> Self {
        Self {
            shown: false,
            ..self
        }
    }

    /// With values to choose from.
    pub(crate) const fn choices(self, choices: &'static [Pick]) -> Self {
        Self { choices, ..self }
    }

    /// With a list that is made while designing.
    pub(crate) const fn lookup(self, lookup: Lookup) -> Self {
        Self {
            lookup: Some(lookup),
            ..self
        }
    }

    /// With this JSON at first.
    pub(crate) const fn starts_as(self, json: &'static str) -> Self {
        Self {
            default: Some(json),
            ..self
        }
    }
}
