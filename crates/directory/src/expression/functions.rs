//! Every function that is called by its name: the table that the parser looks in.

use super::arguments::{Arguments, Takes};
use super::evaluate::Machine;
use super::problem::Fault;
use super::value::Value;
use super::{Dialect, Place, array, country, groups, methods, number, people, text, time};

/// What a function answers.
pub(super) type Answer<'a> = Result<Value<'a>, Fault>;

/// A function: the family before the dot (empty for a bare one), its name, and what it does.
#[derive(Debug)]
pub(super) struct Function {
    family: &'static str,
    name: &'static str,
    pub(super) takes: Takes,
    pub(super) run: for<'a> fn(&mut Machine<'a>, &Arguments<'_, 'a>) -> Answer<'a>,
}

impl Function {
    /// Whether Okta takes it there: group rules know texts, lists and groups of the user, and lists of groups are for
    /// claims alone.
    pub(super) fn is_taken(&self, place: Place) -> bool {
        let is_list_of_groups = self.family == "Groups" || self.name == "getFilteredGroups";
        match place {
            Place::Claim => true,
            Place::Mapping => !is_list_of_groups,
            Place::GroupRule => {
                let is_text = CLASSIC
                    .iter()
                    .any(|known| known.family == "String" && known.name == self.name);
                matches!(self.family, "String" | "Arrays")
                    || is_text
                    || self.name.starts_with("isMemberOf")
            }
        }
    }

    /// `String.len()`.
    pub(super) fn shown(&self) -> String {
        shown(self.family, self.name)
    }
}

fn shown(family: &str, name: &str) -> String {
    if family.is_empty() {
        return format!("{name}()");
    }
    format!("{family}.{name}()")
}

type Run = for<'a> fn(&mut Machine<'a>, &Arguments<'_, 'a>) -> Answer<'a>;

const fn row(family: &'static str, name: &'static str, takes: Takes, run: Run) -> Function {
    Function {
        family,
        name,
        takes,
        run,
    }
}

const ONE: Takes = Takes::just(1);
const TWO: Takes = Takes::just(2);
const THREE: Takes = Takes::just(3);

static CLASSIC: [Function; 58] = [
    row("String", "append", TWO, text::append),
    row("String", "join", Takes::at_least(1), text::join),
    row("String", "len", ONE, text::len),
    row("String", "removeSpaces", ONE, text::remove_spaces),
    row("String", "replace", THREE, text::replace),
    row("String", "replaceFirst", THREE, text::replace_first),
    row("String", "startsWith", TWO, text::starts_with),
    row("String", "stringContains", TWO, text::contains),
    row("String", "stringSwitch", Takes::at_least(2), text::switch),
    row("String", "substring", Takes::between(2, 3), text::substring),
    row("String", "substringAfter", TWO, text::after),
    row("String", "substringBefore", TWO, text::before),
    row("String", "toUpperCase", ONE, text::upper),
    row("String", "toLowerCase", ONE, text::lower),
    row("", "substring", Takes::between(2, 3), text::substring),
    row("", "substringAfter", TWO, text::after),
    row("", "substringBefore", TWO, text::before),
    row("", "toUpperCase", ONE, text::upper),
    row("", "toLowerCase", ONE, text::lower),
    row("Arrays", "add", TWO, array::add),
    row("Arrays", "remove", TWO, array::remove),
    row("Arrays", "clear", ONE, array::clear),
    row("Arrays", "get", TWO, array::get),
    row("Arrays", "flatten", Takes::at_least(0), array::flatten),
    row("Arrays", "contains", TWO, array::contains),
    row("Arrays", "size", ONE, array::size),
    row("Arrays", "isEmpty", ONE, array::is_empty),
    row("Arrays", "toCsvString", ONE, array::to_csv),
    row("Convert", "toInt", ONE, number::to_int),
    row("Convert", "toNum", ONE, number::to_num),
    row("Iso3166Convert", "toAlpha2", ONE, country::alpha2),
    row("Iso3166Convert", "toAlpha3", ONE, country::alpha3),
    row("Iso3166Convert", "toNumeric", ONE, country::numeric),
    row("Iso3166Convert", "toName", ONE, country::name),
    row("Time", "now", Takes::between(0, 2), time::now),
    row("Time", "fromWindowsToIso8601", ONE, time::from_windows),
    row("Time", "fromIso8601ToWindows", ONE, time::to_windows),
    row("Time", "fromUnixToIso8601", ONE, time::from_unix),
    row("Time", "fromIso8601ToUnix", ONE, time::to_unix),
    row("Time", "fromStringToIso8601", TWO, time::from_string),
    row("Time", "fromIso8601ToString", TWO, time::to_string),
    row("", "getManagerUser", ONE, people::manager_user),
    row("", "getManagerAppUser", TWO, people::manager_app_user),
    row("", "getAssistantUser", ONE, people::assistant_user),
    row("", "getAssistantAppUser", TWO, people::assistant_app_user),
    row(
        "",
        "hasDirectoryUser",
        Takes::just(0),
        people::has_directory_user,
    ),
    row(
        "",
        "findDirectoryUser",
        Takes::just(0),
        people::find_directory_user,
    ),
    row(
        "",
        "hasWorkdayUser",
        Takes::just(0),
        people::has_workday_user,
    ),
    row(
        "",
        "findWorkdayUser",
        Takes::just(0),
        people::find_workday_user,
    ),
    row("", "isMemberOfGroup", ONE, groups::by_id),
    row(
        "",
        "isMemberOfAnyGroup",
        Takes::at_least(1),
        groups::by_any_id,
    ),
    row("", "isMemberOfGroupName", ONE, groups::by_name),
    row("", "isMemberOfGroupNameStartsWith", ONE, groups::by_start),
    row("", "isMemberOfGroupNameContains", ONE, groups::by_part),
    row("", "isMemberOfGroupNameRegex", ONE, groups::by_pattern),
    row("", "getFilteredGroups", THREE, groups::filtered),
    row("Groups", "contains", THREE, groups::names_with),
    row("Groups", "startsWith", THREE, groups::names_from),
];

static MORE_CLASSIC: [Function; 1] = [row("Groups", "endsWith", THREE, groups::names_to)];

static ENGINE: [Function; 2] = [
    row("DateTime", "now", Takes::just(0), time::current),
    row("Time", "now", Takes::just(0), time::current),
];

/// Whether a name before a dot is a family of functions.
pub(super) fn is_family(name: &str) -> bool {
    let mut all = CLASSIC.iter().chain(&ENGINE);
    !name.is_empty() && all.any(|function| function.family == name)
}

/// The function of this name in a dialect.
pub(super) fn find(family: &str, name: &str, dialect: Dialect) -> Result<&'static Function, Fault> {
    let named = |function: &&Function| function.family == family && function.name == name;
    let classic = CLASSIC.iter().chain(&MORE_CLASSIC).find(named);
    let engine = ENGINE.iter().find(named);
    let (own, other) = match dialect {
        Dialect::Classic => (classic, engine),
        Dialect::Engine => (engine, classic),
    };
    own.ok_or_else(|| {
        let shown = shown(family, name);
        Fault::new(match (other, dialect) {
            (Some(_), Dialect::Engine) => {
                let method = methods::twin(family, name);
                format!("{shown} belongs to the classic dialect{method}.")
            }
            (Some(_), Dialect::Classic) => {
                format!("{shown} belongs to the Identity Engine dialect; classic has Time.now().")
            }
            (None, _) => format!(
                "There is no function {shown}.{}",
                near(family, name, dialect)
            ),
        })
    })
}

/// A function that differs in capital letters or in its family.
fn near(family: &str, name: &str, dialect: Dialect) -> String {
    if dialect == Dialect::Engine {
        return String::new();
    }
    let mut all = CLASSIC.iter().chain(&MORE_CLASSIC);
    let close = all.find(|function| {
        function.name.eq_ignore_ascii_case(name)
            && (family.is_empty() || function.family.eq_ignore_ascii_case(family))
    });
    close.map_or_else(String::new, |function| {
        format!(" {} is one.", function.shown())
    })
}
