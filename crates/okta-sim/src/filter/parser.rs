//! Recursive descent over the tokens: `or` binds loosest, then `and`, then `not` and parentheses.

use super::lexer::{Token, tokens};
use super::{Expr, Literal, Op};

/// Longest expression accepted, in bytes.
const MAX_LENGTH: usize = 8_192;
/// Deepest nesting of parentheses and `not`.
const MAX_DEPTH: usize = 40;

/// Parses an expression, or says what is wrong with it.
pub(crate) fn parse(source: &str) -> Result<Expr, String> {
    if source.len() > MAX_LENGTH {
        return Err("the expression is too long".to_owned());
    }
    let mut parser = Parser {
        tokens: tokens(source)?,
        at: 0,
    };
    let expr = parser.any_of(0)?;
    match parser.tokens.get(parser.at) {
        None => Ok(expr),
        Some(extra) => Err(format!("unexpected {extra:?}")),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn any_of(&mut self, depth: usize) -> Result<Expr, String> {
        let mut left = self.all_of(depth)?;
        while self.takes_word("or") {
            left = Expr::Or(Box::new(left), Box::new(self.all_of(depth)?));
        }
        Ok(left)
    }

    fn all_of(&mut self, depth: usize) -> Result<Expr, String> {
        let mut left = self.one(depth)?;
        while self.takes_word("and") {
            left = Expr::And(Box::new(left), Box::new(self.one(depth)?));
        }
        Ok(left)
    }

    fn one(&mut self, depth: usize) -> Result<Expr, String> {
        if depth > MAX_DEPTH {
            return Err("the expression is nested too deeply".to_owned());
        }
        if self.takes_word("not") {
            return Ok(Expr::Not(Box::new(self.one(depth + 1)?)));
        }
        match self.next() {
            Some(Token::Open) => {
                let inner = self.any_of(depth + 1)?;
                match self.next() {
                    Some(Token::Close) => Ok(inner),
                    _ => Err("a closing parenthesis is missing".to_owned()),
                }
            }
            Some(Token::Word(path)) => self.comparison(path),
            Some(other) => Err(format!("expected a property, found {other:?}")),
            None => Err("the expression ends too early".to_owned()),
        }
    }

    fn comparison(&mut self, path: String) -> Result<Expr, String> {
        let Some(Token::Word(word)) = self.next() else {
            return Err(format!("an operator is missing after '{path}'"));
        };
        let op = operator(&word).ok_or_else(|| format!("'{word}' is not an operator"))?;
        let value = if op == Op::Present {
            Literal::Null
        } else {
            self.literal()?
        };
        Ok(Expr::Compare { path, op, value })
    }

    fn literal(&mut self) -> Result<Literal, String> {
        match self.next() {
            Some(Token::Text(text)) => Ok(Literal::Text(text)),
            Some(Token::Word(word)) => match word.as_str() {
                "true" => Ok(Literal::Bool(true)),
                "false" => Ok(Literal::Bool(false)),
                "null" => Ok(Literal::Null),
                number => number
                    .parse()
                    .map(Literal::Number)
                    .map_err(|_| format!("'{number}' must be in quotes")),
            },
            _ => Err("a value is missing after the operator".to_owned()),
        }
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let is_it = matches!(self.tokens.get(self.at), Some(Token::Word(next)) if next.eq_ignore_ascii_case(word));
        if is_it {
            self.at += 1;
        }
        is_it
    }
}

fn operator(word: &str) -> Option<Op> {
    Some(match word.to_ascii_lowercase().as_str() {
        "eq" => Op::Eq,
        "ne" => Op::Ne,
        "co" => Op::Contains,
        "sw" => Op::StartsWith,
        "ew" => Op::EndsWith,
        "gt" => Op::Greater,
        "ge" => Op::GreaterOrEqual,
        "lt" => Op::Less,
        "le" => Op::LessOrEqual,
        "pr" => Op::Present,
        _ => return None,
    })
}
