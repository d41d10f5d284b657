//! Every method that is called on a value: the table that the parser looks in. Most are the functions of the classic dialect
//! with the value as their first argument. A method of null answers null, as a property of null does.

use super::arguments::{Arguments, Takes};
use super::evaluate::Machine;
use super::functions::Answer;
use super::problem::Fault;
use super::value::Value;
use super::{Dialect, array, country, groups, number, people, text, time};

type Run = for<'a> fn(&mut Machine<'a>, &Value<'a>, &Arguments<'_, 'a>) -> Answer<'a>;

/// A method, its name and what it does.
#[derive(Debug)]
pub(super) struct Method {
    name: &'static str,
    in_classic: bool,
    pub(super) takes: Takes,
    pub(super) run: Run,
}

const fn engine(name: &'static str, takes: Takes, run: Run) -> Method {
    Method {
        name,
        in_classic: false,
        takes,
        run,
    }
}

const fn both(name: &'static str, takes: Takes, run: Run) -> Method {
    Method {
        name,
        in_classic: true,
        takes,
        run,
    }
}

const NONE: Takes = Takes::just(0);
const ONE: Takes = Takes::just(1);
const TWO: Takes = Takes::just(2);

static METHODS: [Method; 47] = [
    both("getInternalProperty", ONE, people::internal_property),
    both("getLinkedObject", ONE, people::linked_object),
    both("getGroups", Takes::at_least(0), groups::of_user),
    both("isMemberOf", Takes::at_least(1), groups::is_member),
    engine("toUpperCase", NONE, |m, v, a| first(m, v, a, text::upper)),
    engine("toLowerCase", NONE, |m, v, a| first(m, v, a, text::lower)),
    engine("length", NONE, |m, v, a| first(m, v, a, text::len)),
    engine("removeSpaces", NONE, |m, v, a| {
        first(m, v, a, text::remove_spaces)
    }),
    engine("replace", TWO, |m, v, a| first(m, v, a, text::replace)),
    engine("replaceFirst", TWO, |m, v, a| {
        first(m, v, a, text::replace_first)
    }),
    engine("startsWith", ONE, |m, v, a| {
        first(m, v, a, text::starts_with)
    }),
    engine("substring", Takes::between(1, 2), |m, v, a| {
        first(m, v, a, text::substring)
    }),
    engine("substringBefore", ONE, |m, v, a| {
        first(m, v, a, text::before)
    }),
    engine("substringAfter", ONE, |m, v, a| first(m, v, a, text::after)),
    engine("contains", ONE, contains),
    engine("size", NONE, |m, v, a| listed(m, v, a, array::size)),
    engine("isEmpty", NONE, is_empty),
    engine("add", ONE, |m, v, a| listed(m, v, a, array::add)),
    engine("remove", ONE, |m, v, a| listed(m, v, a, array::remove)),
    engine("flatten", NONE, |m, v, a| listed(m, v, a, array::flatten)),
    engine("toInteger", NONE, |_, value, _| number::integer(value)),
    engine("toNumber", NONE, |_, value, _| number::double(value)),
    engine("parseCountryCode", NONE, |_, value, _| {
        country::parsed(value)
    }),
    engine("toAlpha2", NONE, |_, v, _| {
        of_country(v, |country| country.alpha2)
    }),
    engine("toAlpha3", NONE, |_, v, _| {
        of_country(v, |country| country.alpha3)
    }),
    engine("toNumeric", NONE, |_, v, _| {
        of_country(v, |country| country.numeric)
    }),
    engine("toName", NONE, |_, v, _| {
        of_country(v, |country| country.name)
    }),
    engine("parseWindowsTime", NONE, time::parse_windows),
    engine("parseUnixTime", NONE, time::parse_unix),
    engine("parseStringTime", Takes::between(0, 1), time::parse_string),
    engine("toWindows", NONE, time::windows_of),
    engine("toUnix", NONE, time::unix_of),
    engine("toString", Takes::between(0, 1), time::string_of),
    engine("toZone", ONE, time::in_zone),
    engine("plusDays", ONE, |_, v, a| time::shifted(v, a, 86_400)),
    engine("plusHours", ONE, |_, v, a| time::shifted(v, a, 3_600)),
    engine("plusMinutes", ONE, |_, v, a| time::shifted(v, a, 60)),
    engine("plusSeconds", ONE, |_, v, a| time::shifted(v, a, 1)),
    engine("minusDays", ONE, |_, v, a| time::shifted(v, a, -86_400)),
    engine("minusHours", ONE, |_, v, a| time::shifted(v, a, -3_600)),
    engine("minusMinutes", ONE, |_, v, a| time::shifted(v, a, -60)),
    engine("minusSeconds", ONE, |_, v, a| time::shifted(v, a, -1)),
    engine("withinDays", ONE, |m, v, a| time::within(m, v, a, 86_400)),
    engine("withinHours", ONE, |m, v, a| time::within(m, v, a, 3_600)),
    engine("withinMinutes", ONE, |m, v, a| time::within(m, v, a, 60)),
    engine("withinSeconds", ONE, |m, v, a| time::within(m, v, a, 1)),
    engine("get", ONE, |m, v, a| listed(m, v, a, array::get)),
];

/// The method of this name in a dialect.
pub(super) fn find(name: &str, dialect: Dialect) -> Result<&'static Method, Fault> {
    let found = METHODS.iter().find(|method| method.name == name);
    match found {
        Some(method) if method.in_classic || dialect == Dialect::Engine => Ok(method),
        Some(_) => Err(Fault::new(format!(
            "The method {name}() belongs to the Identity Engine dialect; classic calls functions, as in String.toUpperCase(user.x)."
        ))),
        None => Err(Fault::new(format!("There is no method {name}()."))),
    }
}

/// How a classic function is written as a method, for an error.
pub(super) fn twin(family: &str, name: &str) -> String {
    let method = match (family, name) {
        ("String", "len") => "length",
        ("String", "stringContains") => "contains",
        ("Convert", "toInt") => "toInteger",
        ("Convert", "toNum") => "toNumber",
        (_, name) => name,
    };
    let exists = METHODS.iter().any(|known| known.name == method);
    if exists {
        format!("; here it is the method value.{method}(…)")
    } else {
        String::new()
    }
}

/// Calls a function with the value before the arguments.
fn first<'a>(
    machine: &mut Machine<'a>,
    value: &Value<'a>,
    given: &Arguments<'_, 'a>,
    run: for<'b> fn(&mut Machine<'b>, &Arguments<'_, 'b>) -> Answer<'b>,
) -> Answer<'a> {
    if let Value::List(_) | Value::Object(_) | Value::Map(_) = value {
        return Err(Fault::new(format!(
            "This method belongs to a text, not to {}.",
            value.kind()
        )));
    }
    let mut values = vec![value.clone()];
    values.extend_from_slice(given.all());
    run(machine, &Arguments(&values))
}

/// Calls a function of lists on a list or on null.
fn listed<'a>(
    machine: &mut Machine<'a>,
    value: &Value<'a>,
    given: &Arguments<'_, 'a>,
    run: for<'b> fn(&mut Machine<'b>, &Arguments<'_, 'b>) -> Answer<'b>,
) -> Answer<'a> {
    let Value::List(items) = value else {
        if value.is_null() {
            return run(machine, &Arguments(&[Value::Null, given.value(0)]));
        }
        return Err(Fault::new(format!(
            "This method belongs to a list, not to {}.",
            value.kind()
        )));
    };
    machine.room_for_items(items.len())?;
    let mut values = vec![value.clone()];
    values.extend_from_slice(given.all());
    run(machine, &Arguments(&values))
}

/// Of a text a part, of a list an element of the same kind.
fn contains<'a>(
    machine: &mut Machine<'a>,
    value: &Value<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    match value {
        Value::List(_) => listed(machine, value, given, array::contains),
        Value::Null => Ok(Value::Bool(false)),
        _ => first(machine, value, given, text::contains),
    }
}

fn is_empty<'a>(
    machine: &mut Machine<'a>,
    value: &Value<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    match value {
        Value::Text(text) => Ok(Value::Bool(text.is_empty())),
        _ => listed(machine, value, given, array::is_empty),
    }
}

fn of_country<'a>(
    value: &Value<'a>,
    part: fn(&super::countries::Country) -> &'static str,
) -> Answer<'a> {
    match value {
        Value::Null | Value::Country(_) => country::converted(value, part),
        other => Err(Fault::new(format!(
            "This method belongs to a country: call parseCountryCode() on {} first.",
            other.kind()
        ))),
    }
}
