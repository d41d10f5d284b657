//! Values that are taken from an answer: what they are called, what they hold and where they come from.

use flow::Base;

use crate::declare::{Field, Key, object};

/// A value that is taken from the answer, under a name.
#[derive(Clone, Copy, Debug)]
pub(in crate::okta) struct Take {
    pub(in crate::okta) group: &'static str,
    pub(in crate::okta) name: &'static str,
    pub(in crate::okta) label: &'static str,
    pub(in crate::okta) base: Base,
    pub(in crate::okta) list: bool,
    pub(in crate::okta) keys: &'static [Key],
    pub(in crate::okta) shown: bool,
    pub(in crate::okta) from: From,
}

/// Where in the answer a value comes from.
#[derive(Clone, Copy, Debug)]
pub(in crate::okta) enum From {
    /// The status.
    Status,
    /// The headers.
    Headers,
    /// The whole body or record.
    Whole,
    /// A dotted path in the body or record.
    At(&'static str),
    /// Whether there is something at the path.
    Exists(&'static str),
    /// The last segment of the URL at the path.
    LastSegment(&'static str),
    /// An object of further values.
    Object(&'static [Take]),
    /// Counted by the host while it streams.
    Counted,
    /// The number of items in the input of this group and key.
    CountOf(&'static str, &'static str),
}

impl Take {
    pub(in crate::okta) const fn of(self, group: &'static str) -> Self {
        Self { group, ..self }
    }

    pub(in crate::okta) const fn label(self, label: &'static str) -> Self {
        Self { label, ..self }
    }

    pub(in crate::okta) const fn more(self) -> Self {
        Self {
            shown: false,
            ..self
        }
    }

    pub(super) fn field(&self) -> Field {
        Field {
            group: self.group,
            label: self.label,
            base: self.base,
            list: self.list,
            keys: self.keys,
            shown: self.shown,
            ..object(self.name)
        }
    }
}

const fn take(name: &'static str, base: Base, from: From) -> Take {
    Take {
        group: "",
        name,
        label: name,
        base,
        list: false,
        keys: &[],
        shown: true,
        from,
    }
}

pub(in crate::okta) const fn text_at(name: &'static str, path: &'static str) -> Take {
    take(name, Base::Text, From::At(path))
}

pub(in crate::okta) const fn date_at(name: &'static str, path: &'static str) -> Take {
    take(name, Base::Date, From::At(path))
}

pub(in crate::okta) const fn number_at(name: &'static str, path: &'static str) -> Take {
    take(name, Base::Number, From::At(path))
}

pub(in crate::okta) const fn object_at(name: &'static str, path: &'static str) -> Take {
    take(name, Base::Object, From::At(path))
}

pub(in crate::okta) const fn texts_at(name: &'static str, path: &'static str) -> Take {
    Take {
        list: true,
        ..text_at(name, path)
    }
}

pub(in crate::okta) const fn objects_at(name: &'static str, path: &'static str) -> Take {
    Take {
        list: true,
        ..object_at(name, path)
    }
}

pub(in crate::okta) const fn exists(name: &'static str, path: &'static str) -> Take {
    take(name, Base::Boolean, From::Exists(path))
}

pub(in crate::okta) const fn last_segment(name: &'static str, path: &'static str) -> Take {
    take(name, Base::Text, From::LastSegment(path))
}

pub(in crate::okta) const fn whole(name: &'static str) -> Take {
    take(name, Base::Object, From::Whole)
}

/// An object of further values; `keys` are those of `takes`.
pub(in crate::okta) const fn nested(
    name: &'static str,
    takes: &'static [Take],
    keys: &'static [Key],
) -> Take {
    Take {
        keys,
        ..take(name, Base::Object, From::Object(takes))
    }
}

/// The status of the answer.
pub(in crate::okta) const fn status(
    group: &'static str,
    name: &'static str,
    label: &'static str,
) -> Take {
    Take {
        group,
        label,
        ..take(name, Base::Number, From::Status)
    }
}

/// The headers of the answer.
pub(in crate::okta) const fn headers(group: &'static str, name: &'static str) -> Take {
    Take {
        group,
        ..take(name, Base::Object, From::Headers)
    }
}

/// A number that the host counts.
pub(in crate::okta) const fn counted(
    group: &'static str,
    name: &'static str,
    label: &'static str,
) -> Take {
    Take {
        group,
        label,
        ..take(name, Base::Number, From::Counted)
    }
}

/// The number of items in an input.
pub(in crate::okta) const fn count_of(
    group: &'static str,
    name: &'static str,
    label: &'static str,
    input: (&'static str, &'static str),
) -> Take {
    Take {
        group,
        label,
        ..take(name, Base::Number, From::CountOf(input.0, input.1))
    }
}

/// Returns these values in an output group.
pub(in crate::okta) const fn grouped<const N: usize>(
    group: &'static str,
    takes: [Take; N],
) -> [Take; N] {
    let mut takes = takes;
    let mut at = 0;
    while at < N {
        takes[at].group = group;
        at += 1;
    }
    takes
}

/// Returns the keys of an object of these values.
pub(in crate::okta) const fn keys<const N: usize>(takes: [Take; N]) -> [Key; N] {
    let mut keys = [Key {
        key: "",
        base: Base::Any,
        list: false,
        keys: &[],
    }; N];
    let mut at = 0;
    while at < N {
        keys[at] = Key {
            key: takes[at].name,
            base: takes[at].base,
            list: takes[at].list,
            keys: takes[at].keys,
        };
        at += 1;
    }
    keys
}
