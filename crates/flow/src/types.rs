//! Types of fields, and the one table that says which value may go where and what happens on the way.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

mod coerce;
mod dates;
mod ways;

pub use coerce::coerce;
pub use ways::{Way, conversion, ways};

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Type {
    /// What it is, or what a list of it holds.
    pub base: Base,
    /// A list of `base`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub list: bool,
    /// Known keys of an object; empty for an open one.
    #[serde(default, skip_serializing_if = "<[KeyType]>::is_empty")]
    pub keys: Arc<[KeyType]>,
}

/// A known key of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyType {
    /// The key.
    pub key: String,
    /// How the key is called on the screen, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The type of its value.
    #[serde(rename = "type")]
    pub ty: Type,
}

/// What a single value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// Any Unicode text.
    Text,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A point in time.
    Date,
    /// An object.
    Object,
    /// A file.
    File,
    /// A reference to a flow; only constants.
    Flow,
    /// Whatever comes: cards such as Return take any type.
    Any,
}

impl Type {
    /// Returns the type of one `base`.
    pub fn one(base: Base) -> Self {
        Self {
            base,
            list: false,
            keys: Arc::from([]),
        }
    }

    /// Returns the type list of `base`.
    pub fn list_of(base: Base) -> Self {
        Self {
            list: true,
            ..Self::one(base)
        }
    }

    /// Returns the type of an object with known keys.
    pub fn object_with(keys: impl Into<Arc<[KeyType]>>) -> Self {
        Self {
            base: Base::Object,
            list: false,
            keys: keys.into(),
        }
    }

    /// Returns the type at `path` inside this one: a known key's type, else [`Base::Any`].
    pub fn at(&self, path: &[String]) -> Self {
        let mut here = self;
        for step in path {
            match here.keys.iter().find(|known| known.key == *step) {
                Some(known) => here = &known.ty,
                None => return Self::one(Base::Any),
            }
        }
        here.clone()
    }

    /// Returns the badge users see: `T`, `#`, `◐`, `D`, `{}`, `F`, in brackets for a list.
    pub fn badge(&self) -> String {
        let one = match self.base {
            Base::Text => "T",
            Base::Number => "#",
            Base::Boolean => "◐",
            Base::Date => "D",
            Base::Object => "{}",
            Base::File => "F",
            Base::Flow => "↪",
            Base::Any => "*",
        };
        if self.list {
            format!("[{one}]")
        } else {
            one.to_owned()
        }
    }
}

/// A conversion that happens on the way from an output to an input. Names as in Okta's packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Convert {
    /// JSON text to what it says; text that is not JSON is an error.
    Parse,
    /// Date text to a date.
    DateTime,
    /// One value to a list of it.
    WrapArray,
    /// One value to a list of it, also where it is a list already.
    ForceWrapArray,
    /// Object or list to JSON text.
    Stringify,
    /// Number to decimal text.
    ToString,
    /// Text to number; text that is not a number is an error.
    ParseFloat,
    /// Date to ISO 8601 text in UTC.
    IsoString,
    /// True/False to `true` or `false`.
    BooleanToString,
}

/// The answer to "may this be dropped here?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The types agree.
    Same,
    /// They agree after this conversion.
    Convert(Convert),
    /// They do not agree and there is no conversion.
    Refused,
}

/// Tells whether a value of type `from` may go into an input of type `to`.
pub fn fit(from: &Type, to: &Type) -> Fit {
    use Base::{Any, Boolean, Date, Number, Object, Text};
    if to.base == Any || from.base == Any {
        return Fit::Same;
    }
    match (from.list, to.list) {
        (false, true) if from.base == to.base => return Fit::Convert(Convert::WrapArray),
        (true, false) if to.base == Text => return Fit::Convert(Convert::Stringify),
        (true, true) if from.base == to.base => return Fit::Same,
        (false, false) => {}
        _ => return Fit::Refused,
    }
    match (from.base, to.base) {
        (a, b) if a == b => Fit::Same,
        (Text, Object) => Fit::Convert(Convert::Parse),
        (Text, Date) => Fit::Convert(Convert::DateTime),
        (Text, Number) => Fit::Convert(Convert::ParseFloat),
        (Object, Text) => Fit::Convert(Convert::Stringify),
        (Number, Text) => Fit::Convert(Convert::ToString),
        (Date, Text) => Fit::Convert(Convert::IsoString),
        (Boolean, Text) => Fit::Convert(Convert::BooleanToString),
        _ => Fit::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "cases are short to write")]
    fn check(from: Type, to: Type, expected: Fit) {
        assert_eq!(
            fit(&from, &to),
            expected,
            "{} into {}",
            from.badge(),
            to.badge()
        );
    }

    #[test]
    fn the_table_of_drops() {
        let one = Type::one;
        let many = Type::list_of;
        check(one(Base::Text), one(Base::Text), Fit::Same);
        check(
            one(Base::Text),
            one(Base::Object),
            Fit::Convert(Convert::Parse),
        );
        check(
            one(Base::Date),
            one(Base::Text),
            Fit::Convert(Convert::IsoString),
        );
        check(
            one(Base::Object),
            many(Base::Object),
            Fit::Convert(Convert::WrapArray),
        );
        check(
            many(Base::Object),
            one(Base::Text),
            Fit::Convert(Convert::Stringify),
        );
        check(many(Base::Text), one(Base::Number), Fit::Refused);
        check(one(Base::Object), one(Base::Number), Fit::Refused);
        check(one(Base::File), one(Base::Any), Fit::Same);
    }
}
