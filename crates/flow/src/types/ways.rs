//! How a value gets into a field of another type, where there is a way: through a conversion, by its first item, or by
//! one of its keys. Goes further than [`fit`], which says what happens without anybody being asked.

use super::{Base, Convert, Fit, Type, fit};

/// The deepest key that is looked for in an object.
const DEEPEST: usize = 3;

/// A way into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// As it is.
    Same,
    /// Through a conversion.
    Convert(Convert),
    /// By what stands at this path inside the value (a position of a list, keys of an object), through a conversion where
    /// one is named.
    Inside(Vec<String>, Option<Convert>),
}

/// Returns the conversion that brings a value into a field whenever it can be brought there at all. What the coercions
/// do by themselves when the flow runs gets the conversion that changes nothing else, so that the link says it.
pub fn conversion(from: &Type, to: &Type) -> Option<Option<Convert>> {
    match fit(from, to) {
        Fit::Same => return Some(None),
        Fit::Convert(convert) => return Some(Some(convert)),
        Fit::Refused => {}
    }
    match (from.list, to.list) {
        (_, true) => {
            let one = |ty: &Type| Type {
                list: false,
                ..ty.clone()
            };
            conversion(&one(from), &one(to)).map(|_| Some(Convert::WrapArray))
        }
        (true, false) => None,
        (false, false) => match (from.base, to.base) {
            (Base::Text, Base::Boolean) | (Base::File, Base::Text) => Some(Some(Convert::ToString)),
            (Base::Number, Base::Boolean) | (Base::Boolean | Base::Date, Base::Number) => {
                Some(Some(Convert::ParseFloat))
            }
            (Base::Number, Base::Date) => Some(Some(Convert::DateTime)),
            _ => None,
        },
    }
}

/// Returns the ways of a value into a field, the best one first. `name` is what the field is called: a key of that name
/// comes before other keys.
pub fn ways(from: &Type, to: &Type, name: &str) -> Vec<Way> {
    match conversion(from, to) {
        Some(None) => return vec![Way::Same],
        Some(Some(convert)) => return vec![Way::Convert(convert)],
        None => {}
    }
    if from.list {
        let item = Type {
            list: false,
            ..from.clone()
        };
        // What stands at a position has no known type, so no conversion is asked for: it is brought to the field's type.
        return conversion(&item, to)
            .map(|_| vec![Way::Inside(vec!["0".to_owned()], None)])
            .unwrap_or_default();
    }
    let mut found = Vec::new();
    keys(from, to, &mut Vec::new(), &mut found);
    found.sort_by_key(|(path, convert)| {
        let is_called_so = path
            .last()
            .is_some_and(|key| key.eq_ignore_ascii_case(name));
        (!is_called_so, convert.is_some(), path.len())
    });
    found
        .into_iter()
        .map(|(path, convert)| Way::Inside(path, convert))
        .collect()
}

fn keys(
    from: &Type,
    to: &Type,
    path: &mut Vec<String>,
    found: &mut Vec<(Vec<String>, Option<Convert>)>,
) {
    if from.list || path.len() == DEEPEST {
        return;
    }
    for known in from.keys.iter() {
        path.push(known.key.clone());
        match conversion(&known.ty, to) {
            Some(convert) => found.push((path.clone(), convert)),
            None => keys(&known.ty, to, path, found),
        }
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{KeyType, coerce};
    use crate::value::Value;

    const BASES: [Base; 6] = [
        Base::Text,
        Base::Number,
        Base::Boolean,
        Base::Date,
        Base::Object,
        Base::File,
    ];

    fn samples(base: Base) -> Vec<Value> {
        match base {
            Base::Text => vec!["12".into(), "true".into(), "2026-01-02".into(), "{}".into()],
            Base::Number => vec![12.into()],
            Base::Boolean => vec![true.into()],
            Base::Date => vec![coerce(&"2026-01-02".into(), None, &Type::one(Base::Date)).unwrap()],
            Base::Object => vec![Value::from_pairs([("a", Value::from(1))])],
            _ => Vec::new(),
        }
    }

    #[test]
    fn every_conversion_that_is_offered_works_when_the_flow_runs() {
        for from in BASES {
            for to in BASES {
                for list in [false, true] {
                    let to = Type {
                        list,
                        ..Type::one(to)
                    };
                    let Some(convert) = conversion(&Type::one(from), &to) else {
                        continue;
                    };
                    let all = samples(from);
                    let works = all.iter().any(|value| coerce(value, convert, &to).is_ok());
                    assert!(works || all.is_empty(), "{from:?} into {}", to.badge());
                }
            }
        }
    }

    #[test]
    fn lists_go_by_their_items() {
        let many = Type::list_of;
        let wraps = Some(Some(Convert::WrapArray));
        assert_eq!(conversion(&many(Base::Number), &many(Base::Text)), wraps);
        assert_eq!(
            conversion(&Type::one(Base::Text), &many(Base::Number)),
            wraps
        );
        assert_eq!(conversion(&many(Base::Object), &many(Base::Number)), None);
        assert_eq!(
            ways(&many(Base::Text), &Type::one(Base::Number), "n"),
            [Way::Inside(vec!["0".into()], None)]
        );
        assert_eq!(ways(&many(Base::Object), &Type::one(Base::File), "f"), []);
    }

    #[test]
    fn a_key_of_the_fields_name_comes_first() {
        let key = |key: &str, base| KeyType {
            key: key.into(),
            label: None,
            ty: Type::one(base),
        };
        let user = Type::object_with(vec![
            key("age", Base::Number),
            key("login", Base::Text),
            key("Size", Base::Text),
        ]);
        let found = ways(&user, &Type::one(Base::Number), "size");
        assert_eq!(
            found,
            [
                Way::Inside(vec!["Size".into()], Some(Convert::ParseFloat)),
                Way::Inside(vec!["age".into()], None),
                Way::Inside(vec!["login".into()], Some(Convert::ParseFloat)),
            ]
        );
    }
}
