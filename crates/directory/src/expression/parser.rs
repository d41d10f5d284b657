//! Reads tokens into a tree, with the precedence of the Spring Expression Language: `?:` and `? :` bind least, then OR,
//! AND, one comparison (they do not chain), `+ -`, `* / %`, `^`, signs, and what follows a value (`.x`, `[0]`, `.![x]`).

mod operand;

use super::problem::Problem;
use super::syntax::{Branch, Comparison, Kind, Node, Operator};
use super::token::{Placed, Token};
use super::{Dialect, MAX_DEPTH};

/// Reads a whole expression.
pub(super) fn parse(tokens: Vec<Placed>, end: usize, dialect: Dialect) -> Result<Node, Problem> {
    let mut parser = Parser {
        tokens,
        next: 0,
        end,
        depth: 0,
        dialect,
    };
    if parser.tokens.is_empty() {
        return Err(Problem::at(0, "The expression is empty."));
    }
    let node = parser.expression()?;
    match parser.tokens.get(parser.next) {
        None => Ok(node),
        Some(left) => Err(Problem::at(left.at, left_over(&left.token))),
    }
}

fn left_over(token: &Token) -> String {
    match token {
        Token::Name(name) if name.eq_ignore_ascii_case("between") => {
            "`between` is not allowed; compare with >= and <=.".to_owned()
        }
        Token::Name(name) if name.eq_ignore_ascii_case("instanceof") => {
            "`instanceof` is not allowed.".to_owned()
        }
        Token::Symbol("==" | "!=" | "<" | ">" | "<=" | ">=") => {
            "Comparisons do not chain; put one of them in brackets.".to_owned()
        }
        other => format!("{} does not belong here.", other.shown()),
    }
}

struct Parser {
    tokens: Vec<Placed>,
    next: usize,
    end: usize,
    depth: usize,
    dialect: Dialect,
}

impl Parser {
    fn at(&self) -> usize {
        self.tokens
            .get(self.next)
            .map_or(self.end, |token| token.at)
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|placed| &placed.token)
    }

    fn sees(&self, symbol: &str) -> bool {
        matches!(self.peek(), Some(Token::Symbol(found)) if *found == symbol)
    }

    fn take(&mut self, symbol: &str) -> bool {
        let is_there = self.sees(symbol);
        self.next += usize::from(is_there);
        is_there
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is_there =
            matches!(self.peek(), Some(Token::Name(name)) if name.eq_ignore_ascii_case(word));
        self.next += usize::from(is_there);
        is_there
    }

    fn expect(&mut self, symbol: &str) -> Result<(), Problem> {
        if self.take(symbol) {
            return Ok(());
        }
        let found = match self.peek() {
            None => "the end".to_owned(),
            Some(token) => token.shown(),
        };
        Err(Problem::at(
            self.at(),
            format!("`{symbol}` is expected, not {found}."),
        ))
    }

    /// Goes one level deeper for `read`; brackets, signs and branches are bounded.
    fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        if self.depth == MAX_DEPTH {
            let message = format!("More than {MAX_DEPTH} levels are nested here.");
            return Err(Problem::at(self.at(), message));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn expression(&mut self) -> Result<Node, Problem> {
        self.deeper(|parser| {
            let at = parser.at();
            let mut branches = Vec::new();
            loop {
                let value = parser.any()?;
                if parser.take("?:") {
                    branches.push(Branch::Unless(value));
                } else if parser.take("?") {
                    let taken = parser.expression()?;
                    parser.expect(":")?;
                    branches.push(Branch::When(value, taken));
                } else if branches.is_empty() {
                    return Ok(value);
                } else {
                    let kind = Kind::Choose(branches, Box::new(value));
                    return Ok(Node { at, kind });
                }
            }
        })
    }

    fn any(&mut self) -> Result<Node, Problem> {
        let at = self.at();
        let mut parts = vec![self.all()?];
        while self.take("||") || self.take_word("or") {
            parts.push(self.all()?);
        }
        Ok(joined(at, parts, Kind::Any))
    }

    fn all(&mut self) -> Result<Node, Problem> {
        let at = self.at();
        let mut parts = vec![self.comparison()?];
        while self.take("&&") || self.take_word("and") {
            parts.push(self.comparison()?);
        }
        Ok(joined(at, parts, Kind::All))
    }

    fn comparison(&mut self) -> Result<Node, Problem> {
        let left = self.sum()?;
        let at = self.at();
        let Some(comparison) = self.comparing() else {
            return Ok(left);
        };
        let right = self.sum()?;
        let kind = Kind::Compare(comparison, Box::new((left, right)));
        Ok(Node { at, kind })
    }

    fn comparing(&mut self) -> Option<Comparison> {
        const FORMS: [(&str, &str, Comparison); 6] = [
            ("==", "eq", Comparison::Equal),
            ("!=", "ne", Comparison::Different),
            ("<=", "le", Comparison::AtMost),
            (">=", "ge", Comparison::AtLeast),
            ("<", "lt", Comparison::Less),
            (">", "gt", Comparison::Greater),
        ];
        for (symbol, word, comparison) in FORMS {
            if self.take(symbol) || self.take_word(word) {
                return Some(comparison);
            }
        }
        self.take_word("matches").then_some(Comparison::Matches)
    }

    fn sum(&mut self) -> Result<Node, Problem> {
        self.arithmetic(Self::product, |parser| {
            if parser.take("+") {
                return Some(Operator::Add);
            }
            parser.take("-").then_some(Operator::Subtract)
        })
    }

    fn product(&mut self) -> Result<Node, Problem> {
        self.arithmetic(Self::power, |parser| {
            if parser.take("*") {
                return Some(Operator::Multiply);
            }
            if parser.take("/") || parser.take_word("div") {
                return Some(Operator::Divide);
            }
            (parser.take("%") || parser.take_word("mod")).then_some(Operator::Remainder)
        })
    }

    fn power(&mut self) -> Result<Node, Problem> {
        self.arithmetic(Self::signed, |parser| {
            parser.take("^").then_some(Operator::Power)
        })
    }

    fn arithmetic(
        &mut self,
        part: fn(&mut Self) -> Result<Node, Problem>,
        operator: fn(&mut Self) -> Option<Operator>,
    ) -> Result<Node, Problem> {
        let first = part(self)?;
        let mut rest = Vec::new();
        loop {
            let at = self.at();
            let Some(sign) = operator(self) else {
                break;
            };
            rest.push((sign, at, part(self)?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        let at = first.at;
        let kind = Kind::Arithmetic(Box::new(first), rest);
        Ok(Node { at, kind })
    }

    fn signed(&mut self) -> Result<Node, Problem> {
        let at = self.at();
        if self.take("!") || self.take_not() {
            let inner = self.deeper(Self::signed)?;
            let kind = Kind::Not(Box::new(inner));
            return Ok(Node { at, kind });
        }
        if self.take("-") {
            let inner = self.deeper(Self::signed)?;
            let kind = Kind::Negate(Box::new(inner));
            return Ok(Node { at, kind });
        }
        if self.take("+") {
            return self.deeper(Self::signed);
        }
        self.followed()
    }

    /// `not x`; a property may be called `not`.
    fn take_not(&mut self) -> bool {
        let begins_value = match self.tokens.get(self.next + 1).map(|placed| &placed.token) {
            Some(Token::Symbol(symbol)) => ["(", "!", "{", "-"].contains(symbol),
            Some(Token::Name(word)) => !is_operator(word),
            Some(_) => true,
            None => false,
        };
        begins_value && self.take_word("not")
    }
}

fn joined(at: usize, mut parts: Vec<Node>, kind: fn(Vec<Node>) -> Kind) -> Node {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            let kind = kind(parts);
            Node { at, kind }
        }
    }
}

fn is_operator(word: &str) -> bool {
    const WORDS: [&str; 11] = [
        "and", "or", "eq", "ne", "lt", "le", "gt", "ge", "div", "mod", "matches",
    ];
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}
