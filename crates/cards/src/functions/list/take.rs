//! List › At, Get First Item, Get Last Item, Sample

use flow::{Args, CardError, FieldKey, Outputs, Value};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use crate::declare::{Card, Category, Seed, any, anys, example, function, number, seeded, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 4] = [AT, FIRST, LAST, SAMPLE];

const AT: Card = function(
    "list:at",
    Category::List,
    words("At", "指定位置の項目"),
    words(
        "Gives the item at a position; the first position is 0. A position outside the list, also a negative one, is an error.",
        "指定した位置の項目を返します。先頭は0です。負の位置を含め、リストの範囲外の位置はエラーになります。",
    ),
    at,
)
.icon("list-checks")
.inputs(&[
    anys("list").label("list").required(),
    number("index").label("index").required().starts_as("0"),
])
.outputs(&[any("item").label("item")])
.examples(&[
    example(r#"{"list": ["a", "b"], "index": 1}"#, r#"{"item": "b"}"#),
    example(r#"{"list": ["a", "b"], "index": 2}"#, r#""out_of_bounds""#),
    example(r#"{"list": ["a", "b"], "index": -1}"#, r#""out_of_bounds""#),
    example(r#"{"list": [], "index": 0}"#, r#""out_of_bounds""#),
]);

fn at(args: &Args) -> Result<Outputs, CardError> {
    let items = read::list(args, "list");
    let index = read::whole(args, "index")?.unwrap_or(0);
    usize::try_from(index)
        .ok()
        .and_then(|index| items.get(index))
        .map(|item| output("item", item.clone()))
        .ok_or_else(|| {
            CardError::new(
                "out_of_bounds",
                format!(
                    "Array index out of bounds: the list has {} items, so there is none at position {index}. Check its length first.",
                    items.len()
                ),
            )
        })
}

fn split_off(item: Option<&Value>, rest: &[Value]) -> Outputs {
    vec![
        (FieldKey::plain("list"), Value::list(rest.to_vec())),
        (FieldKey::plain("item"), item.cloned().unwrap_or_default()),
    ]
}

const FIRST: Card = function(
    "list:shift",
    Category::List,
    words("Get First Item", "先頭の項目を取得"),
    words(
        "Gives the first item of a list, and the list without it. An empty list gives nothing and an empty list.",
        "リストの先頭の項目と、それを除いたリストを返します。空のリストでは、何もない項目と空のリストを返します。",
    ),
    first,
)
.icon("list-minus")
.inputs(&[anys("list").label("list").required()])
.outputs(&[anys("list").label("list"), any("item").label("item")])
.examples(&[
    example(r#"{"list": ["a", "b"]}"#, r#"{"item": "a", "list": ["b"]}"#),
    example(r#"{"list": []}"#, r#"{"item": null, "list": []}"#),
]);

fn first(args: &Args) -> Result<Outputs, CardError> {
    Ok(match read::list(args, "list").split_first() {
        Some((item, rest)) => split_off(Some(item), rest),
        None => split_off(None, &[]),
    })
}

const LAST: Card = function(
    "list:pop",
    Category::List,
    words("Get Last Item", "末尾の項目を取得"),
    words(
        "Gives the last item of a list, and the list without it. An empty list gives nothing and an empty list.",
        "リストの末尾の項目と、それを除いたリストを返します。空のリストでは、何もない項目と空のリストを返します。",
    ),
    last,
)
.icon("list-minus")
.inputs(&[anys("list").label("list").required()])
.outputs(&[anys("list").label("list"), any("item").label("item")])
.examples(&[example(
    r#"{"list": ["a", "b"]}"#,
    r#"{"item": "b", "list": ["a"]}"#,
)]);

fn last(args: &Args) -> Result<Outputs, CardError> {
    Ok(match read::list(args, "list").split_last() {
        Some((item, rest)) => split_off(Some(item), rest),
        None => split_off(None, &[]),
    })
}

const SAMPLE: Card = seeded(
    "list:sample",
    Category::List,
    words("Sample", "サンプル"),
    words(
        "Picks a number of items at random, none of them twice.",
        "指定した数の項目を、重複なしでランダムに選びます。",
    ),
    sample,
)
.icon("dices")
.inputs(&[
    anys("list").label("list").required(),
    number("amount").label("amount").required().starts_as("1"),
])
.outputs(&[anys("samples").label("samples")])
.examples(&[
    example(r#"{"list": ["a"], "amount": 5}"#, r#"{"samples": ["a"]}"#),
    example(r#"{"list": ["a", "b"], "amount": 0}"#, r#"{"samples": []}"#),
]);

fn sample(args: &Args, seed: &Seed) -> Result<Outputs, CardError> {
    let amount = usize::try_from(read::whole(args, "amount")?.unwrap_or(0)).unwrap_or(0);
    let items = read::list(args, "list");
    let mut rng = StdRng::seed_from_u64(seed.random);
    let picked = items
        .choose_multiple(&mut rng, amount.min(items.len()))
        .cloned()
        .collect();
    Ok(output("samples", Value::list(picked)))
}
