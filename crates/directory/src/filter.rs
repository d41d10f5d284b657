//! Search filters of RFC 4515: values are put into them escaped, and whatever an author wrote is checked before a directory
//! sees it. Lengths, nesting and the number of parts are bounded.

use std::fmt::Write as _;

use thiserror::Error;

/// The most bytes of a filter.
pub const MAX_LENGTH: usize = 16 * 1024;
/// How deep conditions may be nested.
pub const MAX_DEPTH: usize = 32;

/// What is wrong with a filter.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadFilter {
    /// It is longer than a filter may be.
    #[error("The filter has more than {MAX_LENGTH} bytes. Make it shorter.")]
    TooLong,
    /// Its conditions are nested too deep.
    #[error("The filter nests its conditions more than {MAX_DEPTH} deep. Make it simpler.")]
    TooDeep,
    /// It is not one condition in brackets.
    #[error(
        "The filter cannot be read at character {0}. Write each condition in brackets, such as (department=Sales), and join them like (&(a=1)(b=2))."
    )]
    Form(usize),
    /// An attribute has letters that attributes do not have.
    #[error("{0:?} is no name of an attribute.")]
    Attribute(String),
    /// A placeholder has no value.
    #[error("The filter names {{{0}}}, and the filter values have no such key. Add it to them.")]
    NoValue(String),
}

/// Escapes a value so that every letter of it stands for itself.
#[must_use]
pub fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for letter in value.chars() {
        match letter {
            '*' | '(' | ')' | '\\' | '\0' => {
                // Writing into a text cannot fail.
                if write!(text, "\\{:02x}", u32::from(letter)).is_err() {
                    return text;
                }
            }
            other => text.push(other),
        }
    }
    text
}

/// The condition that an attribute has exactly this value.
pub fn equals(attribute: &str, value: &str) -> Result<String, BadFilter> {
    if !is_attribute(attribute) {
        return Err(BadFilter::Attribute(attribute.to_owned()));
    }
    Ok(format!("({attribute}={})", escaped(value)))
}

/// Puts values, escaped, where a filter has their names in braces: `(title=*{title}*)`. Braces around anything but a name stay.
pub fn filled(filter: &str, value: &dyn Fn(&str) -> Option<String>) -> Result<String, BadFilter> {
    let mut text = String::with_capacity(filter.len());
    let mut rest = filter;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        match after.split_once('}') {
            Some((name, behind)) if is_name(name) => {
                let value = value(name).ok_or_else(|| BadFilter::NoValue(name.to_owned()))?;
                text.push_str(&escaped(&value));
                rest = behind;
            }
            _ => {
                text.push('{');
                rest = after;
            }
        }
        if text.len() > MAX_LENGTH {
            return Err(BadFilter::TooLong);
        }
    }
    text.push_str(rest);
    Ok(text)
}

/// Checks the form of a whole filter.
pub fn check(filter: &str) -> Result<(), BadFilter> {
    if filter.len() > MAX_LENGTH {
        return Err(BadFilter::TooLong);
    }
    let letters: Vec<char> = filter.chars().collect();
    let end = condition(&letters, 0, 0)?;
    if end == letters.len() {
        Ok(())
    } else {
        Err(BadFilter::Form(end))
    }
}

/// Reads one condition from `at` and returns the place behind it.
fn condition(letters: &[char], at: usize, depth: usize) -> Result<usize, BadFilter> {
    if depth >= MAX_DEPTH {
        return Err(BadFilter::TooDeep);
    }
    if letters.get(at) != Some(&'(') {
        return Err(BadFilter::Form(at));
    }
    let inner = at + 1;
    let end = match letters.get(inner) {
        Some('&' | '|') => {
            let mut place = inner + 1;
            while letters.get(place) == Some(&'(') {
                place = condition(letters, place, depth + 1)?;
            }
            place
        }
        Some('!') => condition(letters, inner + 1, depth + 1)?,
        _ => comparison(letters, inner)?,
    };
    if letters.get(end) == Some(&')') {
        Ok(end + 1)
    } else {
        Err(BadFilter::Form(end))
    }
}

/// Reads `attribute=value` and its relatives, up to the closing bracket.
fn comparison(letters: &[char], at: usize) -> Result<usize, BadFilter> {
    let mut place = at;
    while letters
        .get(place)
        .is_some_and(|letter| letter.is_ascii_alphanumeric() || "-.;:".contains(*letter))
    {
        place += 1;
    }
    if matches!(letters.get(place), Some('~' | '<' | '>')) {
        place += 1;
    }
    if place == at || letters.get(place) != Some(&'=') {
        return Err(BadFilter::Form(place));
    }
    place += 1;
    while let Some(letter) = letters.get(place) {
        match letter {
            ')' => return Ok(place),
            '(' | '\0' => return Err(BadFilter::Form(place)),
            '\\' => {
                let digits = letters.get(place + 1..place + 3).unwrap_or_default();
                if digits.len() != 2 || !digits.iter().all(char::is_ascii_hexdigit) {
                    return Err(BadFilter::Form(place));
                }
                place += 3;
            }
            _ => place += 1,
        }
    }
    Err(BadFilter::Form(place))
}

/// Whether this can be the name of an attribute.
#[must_use]
pub fn is_attribute(name: &str) -> bool {
    name.len() <= 255
        && name.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "-.;".contains(letter))
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().count() <= 100
        && name
            .chars()
            .all(|letter| letter.is_alphanumeric() || "_- ".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_for_themselves() {
        // The examples of RFC 4515, section 4.
        assert_eq!(
            escaped("Parens R Us (for all your parenthetical needs)"),
            "Parens R Us \\28for all your parenthetical needs\\29"
        );
        assert_eq!(escaped("*"), "\\2a");
        assert_eq!(escaped("C:\\MyFile"), "C:\\5cMyFile");
        assert_eq!(escaped("a\0b"), "a\\00b");
        assert_eq!(escaped("山田"), "山田");
        assert_eq!(
            equals("cn", "x)(objectClass=*").as_deref(),
            Ok("(cn=x\\29\\28objectClass=\\2a)")
        );
        assert_eq!(
            equals("cn)(a", "x"),
            Err(BadFilter::Attribute("cn)(a".into()))
        );
        assert_eq!(equals("", "x"), Err(BadFilter::Attribute(String::new())));
    }

    #[test]
    fn placeholders_take_escaped_values() {
        let value = |name: &str| (name == "部署").then(|| "(営業)*".to_owned());
        assert_eq!(
            filled("(&(department={部署})(a={ }))", &|_| Some("x".into())).as_deref(),
            Ok("(&(department=x)(a=x))")
        );
        assert_eq!(
            filled("(department=*{部署}*)", &value).as_deref(),
            Ok("(department=*\\28営業\\29\\2a*)")
        );
        assert_eq!(
            filled("(a={title})", &value),
            Err(BadFilter::NoValue("title".into()))
        );
        for as_it_is in ["(a={})", "(a={=})", "(a={", "(a=})", ""] {
            assert_eq!(filled(as_it_is, &value).as_deref(), Ok(as_it_is));
        }
        let long = "{x}".repeat(10);
        assert_eq!(
            filled(&long, &|_| Some("x".repeat(4_000))),
            Err(BadFilter::TooLong)
        );
    }

    #[test]
    fn what_is_no_filter_is_refused() {
        for good in [
            "(cn=Babs Jensen)",
            "(!(cn=Tim Howes))",
            "(&(objectClass=Person)(|(sn=Jensen)(cn=Babs J*)))",
            "(o=univ*of*mich*)",
            "(seeAlso=)",
            "(cn:caseExactMatch:=Fred Flintstone)",
            "(:1.2.3:=Wilma Flintstone)",
            "(sn:dn:2.4.6.8.10:=Barney Rubble)",
            "(userAccountControl:1.2.840.113556.1.4.803:=2)",
            "(uSNChanged>=12)",
            "(&)",
            "(cn=\\E4\\BB\\98)",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for (bad, at) in [
            ("", 0),
            ("cn=a", 0),
            ("(cn=a", 5),
            ("(cn=a))", 6),
            ("(cn=a)(sn=b)", 6),
            ("(=a)", 1),
            ("(cn)", 3),
            ("(cn=a(b)", 5),
            ("(cn=\\2)", 4),
            ("(cn=\\zz)", 4),
            ("(&(cn=a)x)", 8),
            ("(!)", 2),
            ("(日本=a)", 1),
        ] {
            assert_eq!(check(bad), Err(BadFilter::Form(at)), "{bad}");
        }
        let deep = format!("{}(a=b){}", "(!".repeat(40), ")".repeat(40));
        assert_eq!(check(&deep), Err(BadFilter::TooDeep));
        assert_eq!(check(&"(".repeat(20_000)), Err(BadFilter::TooLong));
    }
}
