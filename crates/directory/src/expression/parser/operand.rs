//! What stands between operators: literals, names, calls, brackets, and what follows them (`.x`, `.f()`, `[0]`, `.![x]`).
//! Functions and methods are looked up here, so that a wrong name or number of arguments is found before anything runs.

use super::super::functions::{self, Function};
use super::super::methods;
use super::super::problem::Problem;
use super::super::syntax::{Kind, Node, Step, StepKind};
use super::super::token::Token;
use super::Parser;

impl Parser {
    pub(super) fn followed(&mut self) -> Result<Node, Problem> {
        let base = self.primary()?;
        let mut steps = Vec::new();
        loop {
            let at = self.at();
            let kind = if self.take(".") || self.take("?.") {
                self.after_dot()?
            } else if self.take("[") {
                let index = self.expression()?;
                self.expect("]")?;
                StepKind::Index(Box::new(index))
            } else {
                break;
            };
            steps.push(Step { at, kind });
        }
        if steps.is_empty() {
            return Ok(base);
        }
        let at = base.at;
        let kind = Kind::Chain(Box::new(base), steps);
        Ok(Node { at, kind })
    }

    fn after_dot(&mut self) -> Result<StepKind, Problem> {
        let at = self.at();
        if self.take("!") {
            self.expect("[")?;
            let inner = self.expression()?;
            self.expect("]")?;
            return Ok(StepKind::Project(Box::new(inner)));
        }
        let name = self.name("The name of a property or method is expected after the dot.")?;
        if !self.sees("(") {
            return Ok(StepKind::Property(name));
        }
        let arguments = self.arguments()?;
        let method = methods::find(&name, self.dialect).map_err(|fault| fault.at(at))?;
        method
            .takes
            .check(&format!("{name}()"), arguments.len())
            .map_err(|fault| fault.at(at))?;
        Ok(StepKind::Method(method, arguments))
    }

    fn name(&mut self, otherwise: &str) -> Result<String, Problem> {
        if let Some(Token::Name(name)) = self.peek() {
            let name = name.clone();
            self.next += 1;
            return Ok(name);
        }
        Err(Problem::at(self.at(), otherwise))
    }

    fn primary(&mut self) -> Result<Node, Problem> {
        let at = self.at();
        if self.take("(") {
            let inner = self.expression()?;
            self.expect(")")?;
            return Ok(inner);
        }
        if self.take("{") {
            return self.deeper(|parser| parser.braces(at));
        }
        let Some(token) = self.peek().cloned() else {
            return Err(Problem::at(
                at,
                "The expression ends where a value is expected.",
            ));
        };
        let kind = match token {
            Token::Int(number) => Kind::Int(number),
            Token::Double(number) => Kind::Double(number),
            Token::Text(text) => Kind::Text(text),
            Token::Name(name) => return self.named(at, &name),
            Token::Symbol(symbol) => {
                let message = format!("A value is expected, not `{symbol}`.");
                return Err(Problem::at(at, message));
            }
        };
        self.next += 1;
        Ok(Node { at, kind })
    }

    /// A list `{1, 2}` or a map `{'key': value}`.
    fn braces(&mut self, at: usize) -> Result<Node, Problem> {
        let (mut items, mut entries) = (Vec::new(), Vec::new());
        if self.take(":") {
            self.expect("}")?;
            let kind = Kind::Map(entries);
            return Ok(Node { at, kind });
        }
        while !self.sees("}") {
            let item = self.expression()?;
            if self.take(":") {
                let key = key(&item)?;
                entries.push((key, self.expression()?));
            } else {
                items.push(item);
            }
            if !self.take(",") {
                break;
            }
        }
        self.expect("}")?;
        let kind = match (items.is_empty(), entries.is_empty()) {
            (_, true) => Kind::List(items),
            (true, false) => Kind::Map(entries),
            (false, false) => {
                return Err(Problem::at(
                    at,
                    "Either all parts have a key here, or none.",
                ));
            }
        };
        Ok(Node { at, kind })
    }

    fn named(&mut self, at: usize, name: &str) -> Result<Node, Problem> {
        self.next += 1;
        let kind = match name.to_ascii_lowercase().as_str() {
            "null" => Kind::Null,
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "new" if matches!(self.peek(), Some(Token::Name(_))) => {
                return Err(Problem::at(at, "Constructors (`new …`) are not allowed."));
            }
            _ if self.sees("(") => return self.call(at, "", name),
            _ if functions::is_family(name) && self.sees(".") => {
                self.next += 1;
                let function = self.name("The name of a function is expected after the dot.")?;
                return self.call(at, name, &function);
            }
            _ => Kind::Name(name.to_owned()),
        };
        Ok(Node { at, kind })
    }

    fn call(&mut self, at: usize, family: &str, name: &str) -> Result<Node, Problem> {
        if family.is_empty() && name == "T" {
            return Err(Problem::at(
                at,
                "References to types (`T(…)`) are not allowed.",
            ));
        }
        let function: &'static Function =
            functions::find(family, name, self.dialect).map_err(|fault| fault.at(at))?;
        let arguments = self.arguments()?;
        function
            .takes
            .check(&function.shown(), arguments.len())
            .map_err(|fault| fault.at(at))?;
        let kind = Kind::Call(function, arguments);
        Ok(Node { at, kind })
    }

    fn arguments(&mut self) -> Result<Vec<Node>, Problem> {
        self.expect("(")?;
        let mut arguments = Vec::new();
        if self.take(")") {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.expression()?);
            if !self.take(",") {
                self.expect(")")?;
                return Ok(arguments);
            }
        }
    }
}

fn key(node: &Node) -> Result<String, Problem> {
    match &node.kind {
        Kind::Text(text) | Kind::Name(text) => Ok(text.clone()),
        _ => Err(Problem::at(node.at, "The key of a map is a text.")),
    }
}
