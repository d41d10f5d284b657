//! Encryption › HMAC, Hash

use flow::{Args, CardError, Outputs};

use super::digest::{ALGORITHM, Algorithm, DIGEST, hmac, written};
use crate::declare::{Card, Category, example, function, text, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 2] = [HMAC, HASH];

const HMAC: Card = function(
    "crypto:hmac",
    Category::Encryption,
    words("HMAC", "HMAC"),
    words(
        "Makes a keyed hash of a text, which proves that whoever made it knows the key. Key and data are taken as UTF-8. Where the algorithm or the digest is empty, it is sha256 and base64; Okta does not document its own choice.",
        "鍵付きハッシュを作ります。作成者が鍵を知っていることの証明になります。鍵とデータはUTF-8として扱います。アルゴリズムやダイジェストが空の場合はsha256とbase64を使います（Oktaの既定値はドキュメントに記載がありません）。",
    ),
    keyed,
)
.inputs(&[
    ALGORITHM,
    text("key").label("key").required(),
    text("data").label("data").required(),
    DIGEST,
])
.outputs(&[text("output")])
.examples(&[
    example(
        r#"{"algorithm": "sha256", "key": "my secret key", "data": "My secret message!", "digest": "base64"}"#,
        r#"{"output": "qd83l7nEE4gBpuaueA+XtKFeZO99aV7IvGgsJ15qmyo="}"#,
    ),
    example(
        r#"{"algorithm": "sha256", "key": "Jefe", "data": "what do ya want for nothing?", "digest": "hex"}"#,
        r#"{"output": "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"}"#,
    ),
    example(
        r#"{"algorithm": "md5", "key": "Jefe", "data": "what do ya want for nothing?", "digest": "hex"}"#,
        r#"{"output": "750c783e6ab0b503eaa86e310a5db738"}"#,
    ),
    example(
        r#"{"algorithm": "sha1", "key": "Jefe", "data": "what do ya want for nothing?", "digest": "hex"}"#,
        r#"{"output": "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"}"#,
    ),
    example(
        r#"{"algorithm": "crc32", "key": "k", "data": "d", "digest": "hex"}"#,
        r#""unknown_algorithm""#,
    ),
]);

fn keyed(args: &Args) -> Result<Outputs, CardError> {
    let algorithm = Algorithm::parse(&read::text(args, "algorithm"))?;
    let (key, data) = (read::text(args, "key"), read::text(args, "data"));
    let hash = hmac(algorithm, key.as_bytes(), data.as_bytes());
    Ok(output(
        "output",
        written(&hash, &read::text(args, "digest"))?,
    ))
}

const HASH: Card = function(
    "crypto:hash",
    Category::Encryption,
    words("Hash", "ハッシュ"),
    words(
        "Makes a hash of a text in UTF-8. md5 and sha1 are there for old services; they no longer protect anything. Okta's page of this card could not be found, so its name and inputs are our choice.",
        "テキスト（UTF-8）のハッシュを作ります。md5とsha1は古いサービスのためのもので、もはや安全ではありません。このカードはOktaのドキュメントで確認できないため、名前と入力は独自に定めたものです。",
    ),
    hashed,
)
.unconfirmed()
.inputs(&[ALGORITHM, text("data").label("data").required(), DIGEST])
.outputs(&[text("output")])
.examples(&[
    example(
        r#"{"algorithm": "sha256", "data": "abc", "digest": "hex"}"#,
        r#"{"output": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}"#,
    ),
    example(
        r#"{"algorithm": "md5", "data": "", "digest": "hex"}"#,
        r#"{"output": "d41d8cd98f00b204e9800998ecf8427e"}"#,
    ),
    example(
        r#"{"algorithm": "sha1", "data": "流れ"}"#,
        r#"{"output": "j+wIgDJ9lxxEBtMv/WRWBbvtRL0="}"#,
    ),
]);

fn hashed(args: &Args) -> Result<Outputs, CardError> {
    let algorithm = Algorithm::parse(&read::text(args, "algorithm"))?;
    let hash = algorithm.hash(read::text(args, "data").as_bytes());
    Ok(output(
        "output",
        written(&hash, &read::text(args, "digest"))?,
    ))
}
