//! Encryption › HMAC

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flow::{Args, CardError, Outputs};
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

use crate::declare::{Card, Category, example, function, pick, text, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 1] = [HMAC];

const HMAC: Card = function(
    "crypto:hmac",
    Category::Encryption,
    words("HMAC", "HMAC"),
    words(
        "Makes a keyed hash of a text, which proves that whoever made it knows the key.",
        "鍵付きハッシュを作ります。作成者が鍵を知っていることの証明になります。",
    ),
    eval,
)
.inputs(&[
    text("algorithm")
        .label("algorithm")
        .required()
        .choices(&[pick("sha224"), pick("sha256"), pick("sha384"), pick("sha512")])
        .starts_as("\"sha256\""),
    text("key").label("key").required(),
    text("data").label("data").required(),
    text("digest")
        .label("digest")
        .choices(&[pick("base64"), pick("hex")])
        .starts_as("\"base64\""),
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
        r#"{"algorithm": "md5", "key": "k", "data": "d", "digest": "hex"}"#,
        r#""unknown_algorithm""#,
    ),
]);

fn eval(args: &Args) -> Result<Outputs, CardError> {
    let (key, data) = (read::text(args, "key"), read::text(args, "data"));
    let hash = hmac(
        &read::text(args, "algorithm"),
        key.as_bytes(),
        data.as_bytes(),
    )?;
    let digest = read::text(args, "digest");
    Ok(output(
        "output",
        match digest.as_str() {
            "hex" => hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            "" | "base64" => STANDARD.encode(hash),
            other => {
                return Err(CardError::new(
                    "unknown_digest",
                    format!("The digest {other} is not available. Choose base64 or hex."),
                ));
            }
        },
    ))
}

/// Returns the HMAC (RFC 2104) by the named hash.
pub(crate) fn hmac(algorithm: &str, key: &[u8], data: &[u8]) -> Result<Vec<u8>, CardError> {
    match algorithm.to_lowercase().replace('-', "").as_str() {
        "sha224" => Ok(keyed::<Sha224>(64, key, data)),
        "sha256" => Ok(keyed::<Sha256>(64, key, data)),
        "sha384" => Ok(keyed::<Sha384>(128, key, data)),
        "sha512" => Ok(keyed::<Sha512>(128, key, data)),
        _ => Err(CardError::new(
            "unknown_algorithm",
            format!("The algorithm {algorithm} is not available. Choose sha256, sha384 or sha512."),
        )),
    }
}

fn keyed<D: Digest>(block: usize, key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut padded = if key.len() > block {
        D::digest(key).to_vec()
    } else {
        key.to_vec()
    };
    padded.resize(block, 0);
    let mixed = |mask: u8| padded.iter().map(|byte| byte ^ mask).collect::<Vec<u8>>();
    let inner = D::new()
        .chain_update(mixed(0x36))
        .chain_update(data)
        .finalize();
    D::new()
        .chain_update(mixed(0x5c))
        .chain_update(inner)
        .finalize()
        .to_vec()
}
