//! Walks the tree of an expression. Every node and every letter that is made costs a little; when [`super::MAX_WORK`] is
//! used up, the evaluation ends with a problem.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json};

use super::arguments::{Arguments, whole};
use super::lookup;
use super::operators;
use super::problem::{Fault, Problem};
use super::syntax::{Branch, Comparison, Kind, Node, Operator, Step, StepKind};
use super::value::Value;
use super::{MAX_ITEMS, MAX_TEXT, MAX_WORK, NullJoin, Scene};

/// One evaluation.
pub(super) struct Machine<'a> {
    pub(super) roots: &'a Map<String, Json>,
    pub(super) now: DateTime<Utc>,
    pub(super) notes: Vec<Problem>,
    null_join: NullJoin,
    left: usize,
    /// The element that a projection stands at.
    element: Option<Value<'a>>,
}

impl<'a> Machine<'a> {
    pub(super) fn new(scene: &Scene<'a>) -> Self {
        Self {
            roots: scene.roots,
            now: scene.now,
            notes: Vec::new(),
            null_join: scene.null_join,
            left: MAX_WORK,
            element: None,
        }
    }

    /// Pays for work before it is done.
    pub(super) fn spend(&mut self, work: usize) -> Result<(), Fault> {
        match self.left.checked_sub(work) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(Fault::new("The expression takes too much work.")),
        }
    }

    /// Pays for a text of so many bytes and refuses it when it is too long.
    pub(super) fn room_for(&mut self, bytes: usize) -> Result<(), Fault> {
        if bytes > MAX_TEXT {
            return Err(Fault::new(format!(
                "A text would have {bytes} bytes, more than {MAX_TEXT}."
            )));
        }
        self.spend(bytes)
    }

    /// Pays for a list of so many elements and refuses it when it is too long.
    pub(super) fn room_for_items(&mut self, items: usize) -> Result<(), Fault> {
        if items > MAX_ITEMS {
            return Err(Fault::new(format!(
                "A list would have {items} elements, more than {MAX_ITEMS}."
            )));
        }
        self.spend(items)
    }

    pub(super) fn run(&mut self, node: &'a Node) -> Result<Value<'a>, Problem> {
        self.spend(1).map_err(|fault| fault.at(node.at))?;
        Ok(match &node.kind {
            Kind::Null => Value::Null,
            Kind::Bool(truth) => Value::Bool(*truth),
            Kind::Int(number) => Value::Int(*number),
            Kind::Double(number) => Value::Double(*number),
            Kind::Text(text) => Value::text(text.as_str()),
            Kind::Name(name) => self.named(name).map_err(|fault| fault.at(node.at))?,
            Kind::List(items) => Value::List(self.run_all(items)?),
            Kind::Map(entries) => Value::Map(self.entries(entries)?),
            Kind::Call(function, nodes) => {
                let values = self.run_all(nodes)?;
                (function.run)(self, &Arguments(&values)).map_err(|fault| fault.at(node.at))?
            }
            Kind::Chain(base, steps) => self.chain(base, steps)?,
            Kind::Not(inner) => Value::Bool(!self.truth(inner)?),
            Kind::Negate(inner) => {
                let value = self.run(inner)?;
                operators::negate(&value).map_err(|fault| fault.at(node.at))?
            }
            Kind::Arithmetic(first, rest) => self.arithmetic(first, rest)?,
            Kind::Compare(comparison, sides) => self.compare(node.at, *comparison, sides)?,
            Kind::All(parts) => Value::Bool(self.each_is(parts, true)?),
            Kind::Any(parts) => Value::Bool(!self.each_is(parts, false)?),
            Kind::Choose(branches, last) => self.choose(branches, last)?,
        })
    }

    fn run_all(&mut self, nodes: &'a [Node]) -> Result<Vec<Value<'a>>, Problem> {
        nodes.iter().map(|node| self.run(node)).collect()
    }

    fn entries(
        &mut self,
        entries: &'a [(String, Node)],
    ) -> Result<Vec<(&'a str, Value<'a>)>, Problem> {
        let run = |(key, node): &'a (String, Node)| Ok((key.as_str(), self.run(node)?));
        entries.iter().map(run).collect()
    }

    /// A bare name: a property of the element inside a projection, else a root.
    fn named(&mut self, name: &'a str) -> Result<Value<'a>, Fault> {
        if let Some(element) = self.element.clone() {
            return lookup::property(self, &element, name, lookup::Spelling::Loose);
        }
        lookup::root(self, name)
    }

    /// A condition must be true or false; nothing else stands for one.
    fn truth(&mut self, node: &'a Node) -> Result<bool, Problem> {
        match self.run(node)? {
            Value::Bool(truth) => Ok(truth),
            other => {
                let message = format!("A condition is true or false, not {}.", other.kind());
                Err(Problem::at(node.at, message))
            }
        }
    }

    /// Whether all parts are `wanted`; stops at the first that is not.
    fn each_is(&mut self, parts: &'a [Node], wanted: bool) -> Result<bool, Problem> {
        for part in parts {
            if self.truth(part)? != wanted {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn choose(&mut self, branches: &'a [Branch], last: &'a Node) -> Result<Value<'a>, Problem> {
        for branch in branches {
            match branch {
                Branch::When(condition, value) => {
                    if self.truth(condition)? {
                        return self.run(value);
                    }
                }
                Branch::Unless(value) => {
                    let value = self.run(value)?;
                    if !matches!(&value, Value::Null)
                        && !matches!(&value, Value::Text(text) if text.is_empty())
                    {
                        return Ok(value);
                    }
                }
            }
        }
        self.run(last)
    }

    fn compare(
        &mut self,
        at: usize,
        comparison: Comparison,
        sides: &'a (Node, Node),
    ) -> Result<Value<'a>, Problem> {
        let (left, right) = (self.run(&sides.0)?, self.run(&sides.1)?);
        let result = match comparison {
            Comparison::Matches => operators::matches(self, &left, &right),
            _ => operators::compare(self, comparison, &left, &right),
        };
        result.map(Value::Bool).map_err(|fault| fault.at(at))
    }

    fn arithmetic(
        &mut self,
        first: &'a Node,
        rest: &'a [(Operator, usize, Node)],
    ) -> Result<Value<'a>, Problem> {
        let mut value = self.run(first)?;
        for (operator, at, node) in rest {
            let right = self.run(node)?;
            value = if *operator == Operator::Add {
                self.add(*at, value, &right)?
            } else {
                operators::calculate(*operator, &value, &right).map_err(|fault| fault.at(*at))?
            };
        }
        Ok(value)
    }

    /// Adds two numbers, joins everything else as text.
    fn add(&mut self, at: usize, left: Value<'a>, right: &Value<'a>) -> Result<Value<'a>, Problem> {
        if operators::are_numbers(&left, right) {
            return operators::calculate(Operator::Add, &left, right).map_err(|fault| fault.at(at));
        }
        if left.is_null() || right.is_null() {
            self.note_null(at);
        }
        let null = match self.null_join {
            NullJoin::Empty => "",
            NullJoin::Literal => "null",
        };
        let mut joined = match left {
            Value::Text(text) => text.into_owned(),
            other => {
                let text = other.as_text().map_err(|fault| fault.at(at))?;
                text.unwrap_or(null.into()).into_owned()
            }
        };
        let more = right.as_text().map_err(|fault| fault.at(at))?;
        let more = more.as_deref().unwrap_or(null);
        self.spend(more.len()).map_err(|fault| fault.at(at))?;
        if joined.len() + more.len() > MAX_TEXT {
            let message = format!("A text would have more than {MAX_TEXT} bytes.");
            return Err(Problem::at(at, message));
        }
        joined.push_str(more);
        Ok(Value::text(joined))
    }

    fn note_null(&mut self, at: usize) {
        const MESSAGE: &str = "A null is joined to a text here.";
        let note = Problem::at(at, MESSAGE);
        if self.notes.len() < 20 && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn chain(&mut self, base: &'a Node, steps: &'a [Step]) -> Result<Value<'a>, Problem> {
        let mut value = self.run(base)?;
        let is_user = matches!(&base.kind, Kind::Name(name) if name == "user");
        for (index, step) in steps.iter().enumerate() {
            self.spend(1).map_err(|fault| fault.at(step.at))?;
            let rest = steps.get(index + 1);
            let spelling = if is_user && index < 2 {
                lookup::Spelling::Exact
            } else {
                lookup::Spelling::Loose
            };
            value = match &step.kind {
                StepKind::Property(name) => {
                    let is_followed =
                        matches!(rest.map(|step| &step.kind), Some(StepKind::Property(_)));
                    if is_followed && lookup::is_flat_profile(&value, name) {
                        continue;
                    }
                    lookup::property(self, &value, name, spelling)
                        .map_err(|fault| fault.at(step.at))?
                }
                StepKind::Method(method, nodes) => {
                    let values = self.run_all(nodes)?;
                    (method.run)(self, &value, &Arguments(&values))
                        .map_err(|fault| fault.at(step.at))?
                }
                StepKind::Index(node) => {
                    let index = self.run(node)?;
                    self.at_index(&value, &index)
                        .map_err(|fault| fault.at(step.at))?
                }
                StepKind::Project(node) => self.project(step.at, value, node)?,
            };
        }
        Ok(value)
    }

    fn at_index(&mut self, value: &Value<'a>, index: &Value<'a>) -> Result<Value<'a>, Fault> {
        match (value, index) {
            (Value::Null, _) | (Value::Object(_) | Value::Map(_), Value::Null) => Ok(Value::Null),
            (Value::Object(_) | Value::Map(_), Value::Text(key)) => {
                lookup::property(self, value, key, lookup::Spelling::Exact)
            }
            (Value::List(items), _) => element(items, whole(index)?),
            (Value::Text(text), _) => {
                let place = whole(index)?;
                self.spend(text.len())?;
                let letter = usize::try_from(place)
                    .ok()
                    .and_then(|place| text.chars().nth(place));
                let outside = || Fault::new(format!("The text has no character {place}."));
                letter
                    .map(|letter| Value::text(letter.to_string()))
                    .ok_or_else(outside)
            }
            (other, _) => Err(Fault::new(format!(
                "[…] picks from a list, not from {}.",
                other.kind()
            ))),
        }
    }

    fn project(
        &mut self,
        at: usize,
        value: Value<'a>,
        node: &'a Node,
    ) -> Result<Value<'a>, Problem> {
        let items = match value {
            Value::Null => return Ok(Value::Null),
            Value::List(items) => items,
            other => {
                let message = format!(".![…] goes through a list, not {}.", other.kind());
                return Err(Problem::at(at, message));
            }
        };
        let outer = self.element.take();
        let mut results = Vec::new();
        for item in items {
            self.element = Some(item);
            results.push(self.run(node)?);
        }
        self.element = outer;
        Ok(Value::List(results))
    }
}

/// The element at a place that is counted from 0.
pub(super) fn element<'a>(items: &[Value<'a>], place: i64) -> Result<Value<'a>, Fault> {
    let found = usize::try_from(place)
        .ok()
        .and_then(|place| items.get(place));
    found.cloned().ok_or_else(|| {
        Fault::new(format!(
            "The list has {} elements and none at position {place}; the first is at 0.",
            items.len()
        ))
    })
}
