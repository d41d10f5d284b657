//! How actions are declared.

use std::iter;

use flow::{Args, CardError, CardKind, Outputs};

use super::fields::RESULT_SET_KEY;
use crate::declare::{
    Card, Category, Field, Key, PathRules, Repeat, Run, Words, base, number, objects_with, text,
};
use crate::web::{HttpRequest, Method};

mod looked_up;
mod take;

pub(super) use take::{
    From, Take, count_of, counted, date_at, exists, grouped, headers, keys, last_segment, nested,
    number_at, object_at, objects_at, status, text_at, texts_at, whole,
};

/// Makes the request of an action whose inputs alone do not.
type Custom = fn(&Action, &Args) -> Result<HttpRequest, CardError>;

/// Makes the requests of an action that needs several, in their order.
type Several = fn(&Action, &Args) -> Result<Vec<HttpRequest>, CardError>;

/// A call of Okta's API as a card.
#[derive(Clone, Copy, Debug)]
pub(super) struct Action {
    pub(super) key: &'static str,
    name: Words,
    help: Words,
    notes: &'static [Words],
    pub(super) method: Method,
    pub(super) path: &'static str,
    scopes: &'static [&'static str],
    path_scopes: Option<&'static PathRules>,
    pub(super) inputs: &'static [Put],
    pub(super) outputs: &'static [Take],
    pub(super) list: Option<List>,
    pub(super) profile: Option<&'static str>,
    pub(super) body: &'static [(&'static str, &'static str)],
    pub(super) custom: Option<Custom>,
    pub(super) several: Option<Several>,
    /// Keys of the resource that a replacement keeps where nothing is given for them.
    pub(super) keeps: &'static [&'static str],
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
        notes: &[],
        method,
        path,
        scopes: &[],
        path_scopes: None,
        inputs: &[],
        outputs: &[],
        list: None,
        profile: None,
        body: &[],
        custom: None,
        several: None,
        keeps: &[],
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
    /// The scope follows from the path that the author writes.
    pub(super) const fn scopes_by_path(self, rules: &'static PathRules) -> Self {
        Self {
            path_scopes: Some(rules),
            ..self
        }
    }

    /// What else the help says.
    pub(super) const fn notes(self, notes: &'static [Words]) -> Self {
        Self { notes, ..self }
    }

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

    pub(super) const fn custom(self, custom: Custom) -> Self {
        Self {
            custom: Some(custom),
            ..self
        }
    }

    /// Makes several requests; the outputs are those of the last answer.
    pub(super) const fn several(self, several: Several) -> Self {
        Self {
            several: Some(several),
            ..self
        }
    }

    /// The resource is read first, and what the inputs say nothing of stays as it is under these keys.
    pub(super) const fn keeps(self, keys: &'static [&'static str]) -> Self {
        Self {
            keeps: keys,
            ..self
        }
    }

    /// A second call changes nothing more, though it is a POST.
    pub(super) const fn repeatable(self) -> Self {
        Self { run: SAFE, ..self }
    }

    /// A second call does something else than the first one.
    pub(super) const fn once(self) -> Self {
        Self {
            run: Run::Call {
                repeatable: Repeat::Never,
            },
            ..self
        }
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
            self.whole_help(),
        )
        .icon(icon)
        .runs(self.run);
        Card {
            inputs: leak(self.input_fields()),
            outputs: leak(self.output_fields()),
            connector: Some("okta"),
            scopes: self.scopes,
            path_scopes: self.path_scopes,
            confirmed: self.confirmed,
            schema_inputs: self.schema_inputs(),
            schema_outputs: self.schema_outputs(),
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

    /// The help with its notes, which lives as long as the program, as the fields do.
    fn whole_help(&self) -> Words {
        if self.notes.is_empty() {
            return self.help;
        }
        let notes = |of: fn(&Words) -> &'static str| self.notes.iter().map(of);
        let english: Vec<&str> = iter::once(self.help.en).chain(notes(|it| it.en)).collect();
        let japanese: String = iter::once(self.help.ja).chain(notes(|it| it.ja)).collect();
        Words {
            en: String::leak(english.join(" ")),
            ja: String::leak(japanese),
        }
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
                fields.push(number("Records Streamed").of(list.group).more());
            }
        }
        fields
    }
}

/// The catalogue is made once for each language and lives as long as the program, and so do its fields.
fn leak<T>(fields: impl IntoIterator<Item = T>) -> &'static [T] {
    Vec::leak(fields.into_iter().collect())
}

pub(super) const fn put(field: Field, to: To) -> Put {
    Put { field, to }
}

/// Fields of `group` that are made from a profile schema of the org go into the profile in the body. Without a key it is
/// not a field itself.
pub(super) const fn attributes(group: &'static str) -> Put {
    put(text("").of(group), To::Profile)
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
