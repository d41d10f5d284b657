//! Okta expression card: Evaluate Expression

use directory::expression::{Dialect, Expression, NullJoin, Problem, Scene};
use flow::{Args, CardError, Extensible, FieldKey, Outputs, Value};
use serde_json::Map;

use crate::declare::{
    Card, Category, Run, Seed, any, base, example, object, pick_as, text, texts, words,
};
use crate::read;

pub(super) static CARDS: [Card; 1] = [EVALUATE];

const EVALUATE: Card = base(
    "expression:evaluate",
    flow::CardKind::Function,
    Category::Okta,
    words("Evaluate Expression", "式の評価"),
    words(
        "Evaluates an expression of the Okta Expression Language: classic, as in mappings and group rules, or Identity Engine, as in policies. The roots (user, appuser, org …) come from Context and from the inputs that you add. A mistake names the character where it is; what takes too long or grows too large is an error.",
        "Okta式言語の式を評価します。方言は、マッピングやグループルールで使うクラシックと、ポリシーで使うIdentity Engineから選びます。ルート（user、appuser、orgなど）は、コンテキストと、追加した入力から取ります。誤りがあれば何文字目かを示します。時間がかかりすぎる式や大きくなりすぎる値はエラーになります。",
    ),
)
.runs(Run::Seeded(evaluate))
.unconfirmed()
.icon("sigma")
.inputs(&[
    text("expression").label("Expression").required(),
    text("dialect")
        .label("Dialect")
        .option()
        .choices(&[
            pick_as("classic", "Classic"),
            pick_as("engine", "Identity Engine"),
        ])
        .starts_as("\"classic\""),
    object("context").label("Context"),
])
.outputs(&[any("value").label("Value"), texts("notes").label("Notes").more()])
.extensible(Extensible::Inputs)
.examples(&[
    example(
        r#"{"expression": "substringBefore(user.login, \"@\")", "user": {"login": "hanako@corp.example"}}"#,
        r#"{"value": "hanako"}"#,
    ),
    example(
        r#"{"expression": "user.profile.email.substringAfter('@')", "dialect": "engine", "context": {"user": {"profile": {"email": "a@b.example"}}}}"#,
        r#"{"value": "b.example"}"#,
    ),
    example(
        r#"{"expression": "user.nickName ?: user.firstName", "user": {"nickName": "", "firstName": "花子"}}"#,
        r#"{"value": "花子"}"#,
    ),
    example(r#"{"expression": "user.("}"#, r#""bad_expression""#),
    example(r#"{"expression": "1 < 'a'"}"#, r#""bad_expression""#),
]);

fn evaluate(args: &Args, seed: &Seed) -> Result<Outputs, CardError> {
    let dialect = match args.get("parameters", "dialect").to_text().as_str() {
        "engine" => Dialect::Engine,
        _ => Dialect::Classic,
    };
    let source = read::text(args, "expression");
    let mut roots = Map::new();
    for (name, value) in read::object(args, "context")?.iter() {
        roots.insert(name.to_string(), value.to_json());
    }
    for arg in read::plain(args, &["expression", "context"]).filter(|arg| arg.custom) {
        roots.insert(arg.key.key.clone(), arg.value.to_json());
    }
    let scene = Scene {
        roots: &roots,
        now: seed.now,
        null_join: NullJoin::Empty,
    };
    let outcome = Expression::read(&source, dialect)
        .and_then(|expression| expression.evaluate(&scene))
        .map_err(|problem| wrong(&problem))?;
    let value = Value::from_json(&outcome.value)
        .map_err(|error| CardError::new("too_deep", error.to_string()))?;
    let notes = outcome
        .notes
        .iter()
        .map(|note| Value::text(note.to_string()));
    Ok(vec![
        (FieldKey::plain("value"), value),
        (FieldKey::plain("notes"), Value::list(notes.collect())),
    ])
}

fn wrong(problem: &Problem) -> CardError {
    CardError::new("bad_expression", problem.to_string())
}
