//! Values that reach a card which computes.

use cards::{Language, Run, Seed};
use flow::{Arg, Args, CardKey, CardSpec, FieldKey, Value};
use serde_json::{Map, Value as Json};

/// Reads the bytes as the name of a card, a line break, and its inputs as a JSON object; runs the card.
pub fn card(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Some((name, inputs)) = text.split_once('\n') else {
        return;
    };
    let Ok(inputs) = serde_json::from_str::<Map<String, Json>>(inputs) else {
        return;
    };
    if let Some(key) = CardKey::parse(name) {
        run(&key, &inputs);
    }
}

/// Fills the bytes, as a template text, by the Compose card.
pub fn compose(bytes: &[u8]) {
    with_text("string:compose", bytes);
}

/// Works the bytes out as a formula.
pub fn formula(bytes: &[u8]) {
    with_text("math:expression", bytes);
}

fn with_text(card: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let inputs = [
        ("_text_", Json::from(text)),
        ("a", Json::from("{{{b}}}")),
        ("b", Json::from(2)),
    ];
    let inputs = inputs.map(|(key, value)| (key.to_owned(), value));
    if let Some(key) = CardKey::parse(card) {
        run(&key, &inputs.into_iter().collect());
    }
}

/// Runs a card as the engine would: what does not fit a field's type never reaches it.
fn run(key: &CardKey, inputs: &Map<String, Json>) {
    let catalogue = cards::catalogue(Language::En);
    let (Some(spec), Some(run)) = (catalogue.card(key), cards::run_of(key)) else {
        return;
    };
    let Some(args) = args(spec, inputs) else {
        return;
    };
    let outputs = match run {
        Run::Pure(eval) => eval(&args),
        Run::Seeded(eval) => eval(&args, &seed()),
        Run::Call { .. } | Run::Control => return,
    };
    match outputs {
        // What a card gives is written to disk as JSON and read again.
        Ok(outputs) => outputs.iter().for_each(|(key, value)| {
            let again = Value::from_json(&value.to_json());
            assert!(again.is_ok(), "{key} is deeper than a value may be");
        }),
        Err(error) => assert!(!error.message.is_empty(), "an error without a word"),
    }
}

fn args(spec: &CardSpec, inputs: &Map<String, Json>) -> Option<Args> {
    let mut args = Args::default();
    for (name, json) in inputs {
        let value = Value::from_json(json).ok()?;
        let declared = spec.inputs.iter().find(|field| field.key.key == *name);
        args.inputs.push(match declared {
            Some(field) => Arg {
                key: field.key.clone(),
                value: flow::coerce(&value, None, &field.ty).ok()?,
                custom: false,
            },
            None => Arg {
                key: FieldKey::plain(name.as_str()),
                value,
                custom: true,
            },
        });
    }
    args.wanted = spec
        .outputs
        .iter()
        .map(|field| (field.key.clone(), field.ty.clone()))
        .collect();
    Some(args)
}

/// The beginning of time and a number that is not special.
fn seed() -> Seed {
    Seed {
        now: std::time::SystemTime::UNIX_EPOCH.into(),
        random: 0x9e37_79b9_7f4a_7c15,
    }
}
