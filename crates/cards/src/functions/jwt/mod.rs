//! JWT cards: Sign, Verify, Decode (RFC 7519). Signing and verifying are by shared secret (HS256, HS384, HS512).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flow::{Args, CardError, Extensible, FieldKey, Fields, Outputs, Value};
use serde_json::{Map, Value as Json};

use super::crypto::hmac;
use super::text::decode_bytes;
use crate::declare::{
    Card, Category, Field, Seed, boolean, example, function, number, object, pick, seeded, text,
    words,
};
use crate::read::{self, as_number, flag_of, output};

pub(super) static CARDS: [Card; 3] = [SIGN, VERIFY, DECODE];

const ALGORITHM: Field = text("algorithm")
    .of("options")
    .label("algorithm")
    .choices(&[pick("HS256"), pick("HS384"), pick("HS512")])
    .starts_as("\"HS256\"");
const AUDIENCE: Field = text("audience").of("options").label("audience").more();
const ISSUER: Field = text("issuer").of("options").label("issuer").more();
const SUBJECT: Field = text("subject").of("options").label("subject").more();

const SIGN: Card = seeded(
    "jwt:sign",
    Category::Jwt,
    words("Sign", "署名"),
    words(
        "Makes a signed JSON Web Token. Add an input for each claim.",
        "署名付きのJSON Web Tokenを作ります。クレームごとに入力を追加します。",
    ),
    sign,
)
.inputs(&[
    text("key").label("key").required(),
    ALGORITHM,
    AUDIENCE,
    ISSUER,
    number("expiresIn")
        .of("options")
        .label("expires in (seconds)")
        .more(),
    number("notBefore").of("options").label("not before").more(),
    text("jwtid").of("options").label("JWT ID").more(),
    boolean("noTimestamp")
        .of("options")
        .label("no timestamp")
        .more(),
    object("header").of("options").label("header").more(),
    SUBJECT,
])
.outputs(&[text("token").label("token")])
.extensible(Extensible::Inputs)
.examples(&[
    example(
        r#"{"key": "your-256-bit-secret", "algorithm": "HS256", "noTimestamp": true, "subject": "1234567890"}"#,
        r#"{"token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"}"#,
    ),
    example(r#"{"key": "k", "algorithm": "none"}"#, r#""unknown_algorithm""#),
    example(r#"{"key": "", "algorithm": "HS256"}"#, r#""missing_key""#),
]);

fn sign(args: &Args, seed: &Seed) -> Result<Outputs, CardError> {
    let option = |key: &str| args.get("options", key);
    let now = seed.now.timestamp();
    let mut claims: Map<String, Json> = args
        .group("payload")
        .into_iter()
        .map(|(key, value)| (key.to_string(), value.to_json()))
        .collect();
    if !flag_of(args, "options", "noTimestamp")? {
        claims.insert("iat".into(), now.into());
    }
    if let Some(seconds) = as_number(option("expiresIn"), "expiresIn")?.and_then(|n| n.as_i64()) {
        claims.insert("exp".into(), now.saturating_add(seconds).into());
    }
    if let Some(from) = as_number(option("notBefore"), "notBefore")?.and_then(|n| n.as_i64()) {
        claims.insert("nbf".into(), from.into());
    }
    for (key, claim) in [
        ("audience", "aud"),
        ("issuer", "iss"),
        ("subject", "sub"),
        ("jwtid", "jti"),
    ] {
        if !option(key).is_empty() {
            claims.insert(claim.into(), option(key).to_json());
        }
    }
    let algorithm = chosen(args);
    let mut header = Map::new();
    header.insert("alg".into(), algorithm.as_str().into());
    header.insert("typ".into(), "JWT".into());
    for (key, value) in read::as_object(option("header"), "header")? {
        header.insert(key.to_string(), value.to_json());
    }
    header.insert("alg".into(), algorithm.as_str().into());
    let encode = |part: Map<String, Json>| URL_SAFE_NO_PAD.encode(Json::Object(part).to_string());
    let signed = format!("{}.{}", encode(header), encode(claims));
    let signature = signature(&algorithm, args, &signed)?;
    Ok(output(
        "token",
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)),
    ))
}

fn chosen(args: &Args) -> String {
    let chosen = args.get("options", "algorithm").to_text();
    if chosen.is_empty() {
        "HS256".to_owned()
    } else {
        chosen
    }
}

fn signature(algorithm: &str, args: &Args, signed: &str) -> Result<Vec<u8>, CardError> {
    let key = read::text(args, "key");
    if key.is_empty() {
        return Err(CardError::new(
            "missing_key",
            "The key is empty. A token signed with it would prove nothing.",
        ));
    }
    let hash = match algorithm {
        "HS256" => "sha256",
        "HS384" => "sha384",
        "HS512" => "sha512",
        _ => {
            return Err(CardError::new(
                "unknown_algorithm",
                format!(
                    "The algorithm {algorithm} is not available. Choose HS256, HS384 or HS512."
                ),
            ));
        }
    };
    hmac(hash, key.as_bytes(), signed.as_bytes())
}

const VERIFY: Card = seeded(
    "jwt:verify",
    Category::Jwt,
    words("Verify", "検証"),
    words(
        "Checks the signature, the time and the claims of a JSON Web Token and gives its payload. A token that does not pass is an error.",
        "JSON Web Tokenの署名、有効期間、クレームを検証し、ペイロードを返します。検証に通らないトークンはエラーになります。",
    ),
    verify,
)
.unconfirmed()
.inputs(&[
    text("token").label("token").required(),
    text("key").label("key").required(),
    ALGORITHM,
    AUDIENCE,
    ISSUER,
    SUBJECT,
    boolean("ignoreExpiration")
        .of("options")
        .label("ignore expiration")
        .more(),
])
.outputs(&[object("decoded").label("decoded")])
.examples(&[
    example(
        r#"{"key": "your-256-bit-secret", "token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U", "subject": "1234567890"}"#,
        r#"{"decoded": {"sub": "1234567890"}}"#,
    ),
    example(
        r#"{"key": "another", "token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"}"#,
        r#""invalid_token""#,
    ),
    example(
        r#"{"key": "your-256-bit-secret", "token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U", "issuer": "me"}"#,
        r#""invalid_token""#,
    ),
]);

fn verify(args: &Args, seed: &Seed) -> Result<Outputs, CardError> {
    let token = read::text(args, "token");
    let (signed, given) = token
        .rsplit_once('.')
        .ok_or_else(|| invalid("it has no signature"))?;
    let (header, payload) = parts(&token)?;
    let algorithm = chosen(args);
    if header.get("alg").and_then(Json::as_str) != Some(algorithm.as_str()) {
        return Err(invalid("it is signed with another algorithm"));
    }
    let expected = signature(&algorithm, args, signed)?;
    if !same(&decode_bytes(given)?, &expected) {
        return Err(invalid("its signature does not match the key"));
    }
    let now = seed.now.timestamp();
    let moment = |claim: &str| payload.get(claim).and_then(Json::as_i64);
    if !flag_of(args, "options", "ignoreExpiration")? && moment("exp").is_some_and(|exp| exp <= now)
    {
        return Err(invalid("it has expired"));
    }
    if moment("nbf").is_some_and(|from| from > now) {
        return Err(invalid("it is not valid yet"));
    }
    for (key, claim) in [("audience", "aud"), ("issuer", "iss"), ("subject", "sub")] {
        let wanted = args.get("options", key).to_text();
        if !wanted.is_empty() && !names(payload.get(claim), &wanted) {
            return Err(invalid(&format!("its {claim} is not {wanted}")));
        }
    }
    Ok(output("decoded", value(&payload)?))
}

/// A claim is a text, or a list that holds it.
fn names(claim: Option<&Json>, wanted: &str) -> bool {
    match claim {
        Some(Json::String(text)) => text == wanted,
        Some(Json::Array(items)) => items.iter().any(|item| item.as_str() == Some(wanted)),
        _ => false,
    }
}

/// Compares in the same time wherever the first difference is.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

const DECODE: Card = function(
    "jwt:decode",
    Category::Jwt,
    words("Decode", "デコード"),
    words(
        "Reads a JSON Web Token without checking its signature. Use Verify for tokens that you do not trust.",
        "署名を検証せずにJSON Web Tokenを読み取ります。信頼できないトークンには「検証」を使用してください。",
    ),
    decode,
)
.unconfirmed()
.inputs(&[text("token").label("token").required()])
.outputs(&[text("header").label("header"), object("payload").label("payload")])
.examples(&[
    example(
        r#"{"token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.x"}"#,
        r#"{"header": "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", "payload": {"sub": "1234567890"}}"#,
    ),
    example(r#"{"token": "abc"}"#, r#""invalid_token""#),
]);

fn decode(args: &Args) -> Result<Outputs, CardError> {
    let (header, payload) = parts(&read::text(args, "token"))?;
    Ok(vec![
        (FieldKey::plain("header"), Value::from(header.to_string())),
        (FieldKey::plain("payload"), value(&payload)?),
    ])
}

/// Returns header and payload.
fn parts(token: &str) -> Result<(Json, Json), CardError> {
    let mut segments = token.trim().split('.');
    let mut next = || {
        let segment = segments
            .next()
            .ok_or_else(|| invalid("it does not have three parts"))?;
        let bytes = decode_bytes(segment).map_err(|_| invalid("a part is not Base64"))?;
        serde_json::from_slice::<Json>(&bytes).map_err(|_| invalid("a part is not JSON"))
    };
    Ok((next()?, next()?))
}

fn value(json: &Json) -> Result<Value, CardError> {
    match Value::from_json(json) {
        Ok(Value::Null) => Ok(Value::object(Fields::new())),
        Ok(value) => Ok(value),
        Err(error) => Err(CardError::new("too_deep", error.to_string())),
    }
}

fn invalid(why: &str) -> CardError {
    CardError::new("invalid_token", format!("The token is not valid: {why}."))
}
