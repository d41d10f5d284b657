//! Splits an expression into words, texts and parentheses.

/// One piece of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Open,
    Close,
    Word(String),
    Text(String),
}

/// Splits `source`, or says what is wrong with it.
pub(super) fn tokens(source: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = source.chars().peekable();
    while let Some(&next) = rest.peek() {
        match next {
            ' ' | '\t' | '\r' | '\n' => {
                rest.next();
            }
            '(' => {
                rest.next();
                found.push(Token::Open);
            }
            ')' => {
                rest.next();
                found.push(Token::Close);
            }
            '"' => {
                rest.next();
                found.push(Token::Text(quoted(&mut rest)?));
            }
            '[' | ']' => return Err("[ and ] are not supported".to_owned()),
            _ => {
                let mut word = String::new();
                while let Some(&letter) = rest.peek() {
                    if letter.is_whitespace() || matches!(letter, '(' | ')' | '"' | '[' | ']') {
                        break;
                    }
                    word.push(letter);
                    rest.next();
                }
                found.push(Token::Word(word));
            }
        }
    }
    Ok(found)
}

fn quoted(rest: &mut impl Iterator<Item = char>) -> Result<String, String> {
    let mut text = String::new();
    while let Some(letter) = rest.next() {
        match letter {
            '"' => return Ok(text),
            '\\' => match rest.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some(other) => text.push(other),
                None => break,
            },
            other => text.push(other),
        }
    }
    Err("a text is missing its closing quote".to_owned())
}
