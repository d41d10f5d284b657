//! Text to [`Expression`]. `OR` binds loosest, then `AND`, then comparisons, then `!`.

use super::{Comparison, Expression, Function};

const MAX_LENGTH: usize = 4_096;
const MAX_DEPTH: usize = 40;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Name(String),
    Text(String),
    Number(f64),
    Sign(&'static str),
}

/// Parses an expression, or says what is wrong with it.
pub(crate) fn parse(source: &str) -> Result<Expression, String> {
    if source.trim().is_empty() || source.len() > MAX_LENGTH {
        return Err("The expression is empty or too long".to_owned());
    }
    let mut parser = Parser {
        tokens: tokens(source)?,
        at: 0,
    };
    let expression = parser.either(0)?;
    if parser.at < parser.tokens.len() {
        return Err("There is something left over after the expression".to_owned());
    }
    Ok(expression)
}

const SIGNS: [&str; 16] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", ",", "{", "}", "[", "]",
];

fn tokens(source: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            found.push(Token::Sign(sign));
            rest = rest.strip_prefix(sign).unwrap_or_default();
        } else if first == '"' || first == '\'' {
            let (text, after) = rest
                .strip_prefix(first)
                .and_then(|rest| rest.split_once(first))
                .ok_or("A text is missing its closing quote")?;
            found.push(Token::Text(text.to_owned()));
            rest = after;
        } else {
            let is_part =
                |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-' | '$');
            let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            if word.is_empty() {
                return Err(format!("'{first}' is not expected here"));
            }
            found.push(match word.parse() {
                Ok(number) => Token::Number(number),
                Err(_) => Token::Name(word.to_owned()),
            });
            rest = after;
        }
        rest = rest.trim_start();
    }
    Ok(found)
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn either(&mut self, depth: usize) -> Result<Expression, String> {
        let mut left = self.both(depth)?;
        while self.takes("||", &["OR", "or"]) {
            left = Expression::Either(Box::new(left), Box::new(self.both(depth)?));
        }
        Ok(left)
    }

    fn both(&mut self, depth: usize) -> Result<Expression, String> {
        let mut left = self.comparison(depth)?;
        while self.takes("&&", &["AND", "and"]) {
            left = Expression::Both(Box::new(left), Box::new(self.comparison(depth)?));
        }
        Ok(left)
    }

    fn comparison(&mut self, depth: usize) -> Result<Expression, String> {
        let left = self.one(depth)?;
        let comparison = match self.tokens.get(self.at) {
            Some(Token::Sign("==")) => Comparison::Equal,
            Some(Token::Sign("!=")) => Comparison::NotEqual,
            Some(Token::Sign("<")) => Comparison::Less,
            Some(Token::Sign("<=")) => Comparison::LessOrEqual,
            Some(Token::Sign(">")) => Comparison::Greater,
            Some(Token::Sign(">=")) => Comparison::GreaterOrEqual,
            _ => return Ok(left),
        };
        self.at += 1;
        let right = self.one(depth)?;
        Ok(Expression::Compare(
            comparison,
            Box::new(left),
            Box::new(right),
        ))
    }

    fn one(&mut self, depth: usize) -> Result<Expression, String> {
        if depth > MAX_DEPTH {
            return Err("The expression is nested too deeply".to_owned());
        }
        if self.takes("!", &["NOT", "not"]) {
            return Ok(Expression::Not(Box::new(self.one(depth + 1)?)));
        }
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        match token {
            Some(Token::Text(text)) => Ok(Expression::Text(text)),
            Some(Token::Number(number)) => Ok(Expression::Number(number)),
            Some(Token::Sign("(")) => {
                let inner = self.either(depth + 1)?;
                if self.takes(")", &[]) {
                    Ok(inner)
                } else {
                    Err("A closing parenthesis is missing".to_owned())
                }
            }
            Some(Token::Name(name)) => self.named(&name, depth),
            _ => Err("The expression ends too early".to_owned()),
        }
    }

    fn named(&mut self, name: &str, depth: usize) -> Result<Expression, String> {
        match name {
            "true" => return Ok(Expression::Bool(true)),
            "false" => return Ok(Expression::Bool(false)),
            "null" => return Ok(Expression::Null),
            _ => {}
        }
        if !self.takes("(", &[]) {
            return name
                .strip_prefix("user.")
                .filter(|attribute| !attribute.is_empty())
                .map(|attribute| Expression::Attribute(attribute.to_owned()))
                .ok_or_else(|| format!("Invalid property {name}"));
        }
        let function = Function::named(name).ok_or_else(|| format!("Unknown function {name}"))?;
        let mut arguments = Vec::new();
        if !self.takes(")", &[]) {
            loop {
                arguments.push(self.either(depth + 1)?);
                if self.takes(")", &[]) {
                    break;
                }
                if !self.takes(",", &[]) {
                    return Err(format!("The arguments of {name} do not end"));
                }
            }
        }
        if !function.takes(arguments.len()) {
            return Err(format!("{name} has the wrong number of arguments"));
        }
        Ok(Expression::Call(function, arguments))
    }

    fn takes(&mut self, sign: &str, words: &[&str]) -> bool {
        let is_it = match self.tokens.get(self.at) {
            Some(Token::Sign(next)) => *next == sign,
            Some(Token::Name(next)) => words.contains(&next.as_str()),
            _ => false,
        };
        if is_it {
            self.at += 1;
        }
        is_it
    }
}
