//! Writing lines.

/// Appends one line with CR LF. What is absent becomes an empty field, an empty text one in quotes; so both come back.
pub(crate) fn write_line<'t>(
    into: &mut String,
    delimiter: u8,
    fields: impl IntoIterator<Item = Option<&'t str>>,
) {
    let delimiter = char::from(delimiter);
    for (index, field) in fields.into_iter().enumerate() {
        if index > 0 {
            into.push(delimiter);
        }
        let Some(text) = field else { continue };
        let must_quote = text.is_empty()
            || text.contains([delimiter, '"', '\r', '\n'])
            || text.starts_with([' ', '\u{feff}'])
            || text.ends_with(' ');
        if !must_quote {
            into.push_str(text);
            continue;
        }
        into.push('"');
        for (index, part) in text.split('"').enumerate() {
            if index > 0 {
                into.push_str("\"\"");
            }
            into.push_str(part);
        }
        into.push('"');
    }
    into.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::write_line;

    #[test]
    fn only_what_needs_quotes_gets_them() {
        let mut text = String::new();
        let fields = [
            Some("a"),
            None,
            Some(""),
            Some("b\"c"),
            Some("x,y"),
            Some("愛\n"),
            Some(" z"),
        ];
        write_line(&mut text, b',', fields);
        assert_eq!(text, "a,,\"\",\"b\"\"c\",\"x,y\",\"愛\n\",\" z\"\r\n");
    }
}
