//! How actions are declared.

use flow::{Args, Base, CardError, CardKind, Outputs};

use super::fields::RESULT_SET_KEY;
use crate::declare::{Card, Category, Field, Key, Repeat, Run, Words, base, object, objects_with};
use crate::web::{HttpRequest, Method};

/// A call of Okta's API as a card.
#[derive(Clone, Copy, Debug)]
pub(super) struct Action {
    pub(super) key: &'static str,
    name: Words,
    help: Words,
    pub(super) method: Method,
    pub(super) path: &'static str,
    scopes: &'static [&'static str],
    pub(super) inputs: &'static [Put],
    pub(super) outputs: &'static [Take],
    pub(super) list: Option<List>,
    pub(super) profile: Option<&'static str>,
    pub(super) body: &'static [(&'static str, &'static str)],
    pub(super) custom: Option<fn(&Action, &Args) -> Result<HttpRequest, CardError>>,
    run: Run,
    confirmed: bool,
}

/// An input and where it goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Put {
    pub(super) field: Field,
    pub(super) to: To,
}

/// Where an input goes in the request.
#[derive(Clone, Copy, Debug)]
pub(super) enum To {
    /// Into `{…}` of the path.
    Path(&'static str),
    /// Into the query.
    Query(&'static str),
    /// Yes and No as true and false in the query.
    YesNo(&'static str),
    /// Into the body at a dotted path.
    Body(&'static str),
    /// Fields of its group that are made from the org's schema go into the profile in the body.
    Profile,
    /// Into a condition on this attribute, joined with `and` to the others.
    Term(&'static str),
    /// A condition in Okta's own words.
    OwnTerm,
    /// Nowhere: the engine or a function of the card's own uses it.
    Nowhere,
}

/// A value that is taken from the answer, under a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Take {
    pub(super) group: &'static str,
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) base: Base,
    pub(super) list: bool,
    pub(super) keys: &'static [Key],
    pub(super) shown: bool,
    pub(super) from: From,
}

/// Where in the answer a value comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum From {
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
}

/// A list of records.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    pub(super) group: &'static str,
    pub(super) name: &'static str,
    pub(super) record: &'static [Take],
    keys: &'static [Key],
    /// How many records one page may have; 0 where the call does not page.
    pub(super) page: usize,
    /// The first matching record can be had as fields.
    pub(super) has_first: bool,
    /// Fields made from the org's user schema come from here in a record.
    pub(super) profile: Option<&'static str>,
}

const SAFE: Run = Run::Call {
    repeatable: Repeat::Safe,
};

pub(super) const fn action(
    key: &'static str,
    name: Words,
    help: Words,
    method: Method,
    path: &'static str,
) -> Action {
    Action {
        key,
        name,
        help,
        method,
        path,
        scopes: &[],
        inputs: &[],
        outputs: &[],
        list: None,
        profile: None,
        body: &[],
        custom: None,
        run: match method {
            Method::Get | Method::Put | Method::Delete => SAFE,
            Method::Post | Method::Patch => Run::Call {
                repeatable: Repeat::Never,
            },
        },
        confirmed: true,
    }
}

impl Action {
    pub(super) const fn scopes(self, scopes: &'static [&'static str]) -> Self {
        Self { scopes, ..self }
    }

    pub(super) const fn inputs(self, inputs: &'static [Put]) -> Self {
        Self { inputs, ..self }
    }

    pub(super) const fn outputs(self, outputs: &'static [Take]) -> Self {
        Self { outputs, ..self }
    }

    pub(super) const fn list(self, list: List) -> Self {
        Self {
            list: Some(list),
            ..self
        }
    }

    /// Fields of this output group that are made from the org's schema come from the profile.
    pub(super) const fn profile(self, group: &'static str) -> Self {
        Self {
            profile: Some(group),
            ..self
        }
    }

    /// These constants are in the body.
    pub(super) const fn body(self, body: &'static [(&'static str, &'static str)]) -> Self {
        Self { body, ..self }
    }

    pub(super) const fn custom(
        self,
        custom: fn(&Action, &Args) -> Result<HttpRequest, CardError>,
    ) -> Self {
        Self {
            custom: Some(custom),
            ..self
        }
    }

    /// A second call changes nothing more, though it is a POST.
    pub(super) const fn repeatable(self) -> Self {
        Self { run: SAFE, ..self }
    }

    /// Computes without a call.
    pub(super) const fn computes(self, eval: fn(&Args) -> Result<Outputs, CardError>) -> Self {
        Self {
            run: Run::Pure(eval),
            ..self
        }
    }

    /// Nobody has seen this key in an exported flow.
    pub(super) const fn unconfirmed(self) -> Self {
        Self {
            confirmed: false,
            ..self
        }
    }

    pub(super) fn card(&self, icon: &'static str) -> Card {
        let card = base(
            self.key,
            CardKind::Action,
            Category::Okta,
            self.name,
            self.help,
        )
        .icon(icon)
        .runs(self.run);
        Card {
            inputs: leak(self.inputs.iter().map(|put| put.field)),
            outputs: leak(self.output_fields()),
            connector: Some("okta"),
            scopes: self.scopes,
            confirmed: self.confirmed,
            extensible: if self.streams() {
                flow::Extensible::Inputs
            } else {
                flow::Extensible::No
            },
            ..card
        }
    }

    /// Custom inputs of a stream are handed to the helper flow as its state.
    fn streams(&self) -> bool {
        self.inputs
            .iter()
            .any(|put| put.field.option && put.field.key == RESULT_SET_KEY)
    }

    fn output_fields(&self) -> Vec<Field> {
        let mut fields: Vec<Field> = self.outputs.iter().map(Take::field).collect();
        if let Some(list) = &self.list {
            fields.push(objects_with(list.name, list.keys).of(list.group));
            if list.has_first {
                fields.extend(list.record.iter().map(|take| {
                    Take {
                        group: list.group,
                        shown: false,
                        ..*take
                    }
                    .field()
                }));
            }
            if self.streams() {
                fields.push(
                    crate::declare::number("Records Streamed")
                        .of(list.group)
                        .more(),
                );
            }
        }
        fields
    }
}

/// The catalogue is made once for each language and lives as long as the program, and so do its fields.
fn leak(fields: impl IntoIterator<Item = Field>) -> &'static [Field] {
    Vec::leak(fields.into_iter().collect())
}

pub(super) const fn put(field: Field, to: To) -> Put {
    Put { field, to }
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

pub(super) const fn text_at(name: &'static str, path: &'static str) -> Take {
    take(name, Base::Text, From::At(path))
}

pub(super) const fn date_at(name: &'static str, path: &'static str) -> Take {
    take(name, Base::Date, From::At(path))
}

pub(super) const fn number_at(name: &'static str, path: &'static str) -> Take {
    take(name, Base::Number, From::At(path))
}

pub(super) const fn object_at(name: &'static str, path: &'static str) -> Take {
    take(name, Base::Object, From::At(path))
}

pub(super) const fn texts_at(name: &'static str, path: &'static str) -> Take {
    Take {
        list: true,
        ..text_at(name, path)
    }
}

pub(super) const fn objects_at(name: &'static str, path: &'static str) -> Take {
    Take {
        list: true,
        ..object_at(name, path)
    }
}

pub(super) const fn exists(name: &'static str, path: &'static str) -> Take {
    take(name, Base::Boolean, From::Exists(path))
}

pub(super) const fn last_segment(name: &'static str, path: &'static str) -> Take {
    take(name, Base::Text, From::LastSegment(path))
}

pub(super) const fn whole(name: &'static str) -> Take {
    take(name, Base::Object, From::Whole)
}

/// An object of further values; `keys` are those of `takes`.
pub(super) const fn nested(
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
pub(super) const fn status(group: &'static str, name: &'static str, label: &'static str) -> Take {
    Take {
        group,
        label,
        ..take(name, Base::Number, From::Status)
    }
}

/// The headers of the answer.
pub(super) const fn headers(group: &'static str, name: &'static str) -> Take {
    Take {
        group,
        ..take(name, Base::Object, From::Headers)
    }
}

/// A number that the host counts.
pub(super) const fn counted(group: &'static str, name: &'static str, label: &'static str) -> Take {
    Take {
        group,
        label,
        ..take(name, Base::Number, From::Counted)
    }
}

/// Returns these values in an output group.
pub(super) const fn grouped<const N: usize>(group: &'static str, takes: [Take; N]) -> [Take; N] {
    let mut takes = takes;
    let mut at = 0;
    while at < N {
        takes[at].group = group;
        at += 1;
    }
    takes
}

/// Returns the keys of an object of these values.
pub(super) const fn keys<const N: usize>(takes: [Take; N]) -> [Key; N] {
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

impl List {
    pub(super) const fn new(
        group: &'static str,
        name: &'static str,
        record: &'static [Take],
        keys: &'static [Key],
    ) -> Self {
        Self {
            group,
            name,
            record,
            keys,
            page: 200,
            has_first: false,
            profile: None,
        }
    }

    pub(super) const fn first(self) -> Self {
        Self {
            has_first: true,
            ..self
        }
    }

    pub(super) const fn page(self, page: usize) -> Self {
        Self { page, ..self }
    }

    pub(super) const fn profile(self, path: &'static str) -> Self {
        Self {
            profile: Some(path),
            ..self
        }
    }
}

impl Take {
    pub(super) const fn of(self, group: &'static str) -> Self {
        Self { group, ..self }
    }

    pub(super) const fn label(self, label: &'static str) -> Self {
        Self { label, ..self }
    }

    pub(super) const fn more(self) -> Self {
        Self {
            shown: false,
            ..self
        }
    }

    fn field(&self) -> Field {
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

/// Returns the items of `first` and then those of `second`; `M` is their number.
pub(super) const fn joined<T: Copy, const A: usize, const B: usize, const M: usize>(
    first: [T; A],
    second: [T; B],
) -> [T; M] {
    let mut all = [if A > 0 { first[0] } else { second[0] }; M];
    let mut at = 0;
    while at < M {
        all[at] = if at < A { first[at] } else { second[at - A] };
        at += 1;
    }
    all
}
