//! JWT cards: Sign, Verify, Decode (RFC 7519), by shared secret or with a key (RFC 7518, section 3).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flow::{Args, CardError, Extensible, FieldKey, Fields, Number, Outputs, Value};
use serde_json::{Map, Value as Json};

use super::crypto::{Algorithm, PrivateKey, PublicKey, hmac};
use super::text::decode_bytes;
use crate::declare::{
    Card, Category, Field, Seed, any, boolean, example, function, object, pick, seeded, text, words,
};
use crate::read::{self, as_number, flag_of, output};

pub(super) static CARDS: [Card; 3] = [SIGN, VERIFY, DECODE];

const ALGORITHM: Field = text("algorithm")
    .of("options")
    .label("algorithm")
    .choices(&[
        pick("HS256"),
        pick("HS384"),
        pick("HS512"),
        pick("RS256"),
        pick("RS384"),
        pick("RS512"),
        pick("ES256"),
        pick("ES384"),
        pick("ES512"),
        pick("PS256"),
        pick("PS384"),
        pick("PS512"),
    ])
    .starts_as("\"HS256\"");
const AUDIENCE: Field = text("audience").of("options").label("audience").more();
const ISSUER: Field = text("issuer").of("options").label("issuer").more();
const SUBJECT: Field = text("subject").of("options").label("subject").more();

const SIGN: Card = seeded(
    "jwt:sign",
    Category::Jwt,
    words("Sign", "署名"),
    words(
        "Makes a signed JSON Web Token. Add an input to the payload for each claim. The key is a secret for HS, else a private key in PEM form. The time of issue is added unless you say no timestamp. Spans are seconds, or texts such as 10 minutes, 7d or 10h. Not before is a point in time in seconds since 1970; Okta's page says so, but its library counts from now, so a number below 1,000,000,000 is taken as seconds from now.",
        "署名付きのJSON Web Tokenを作ります。クレームごとにペイロードに入力を追加します。鍵は、HSでは秘密のテキスト、それ以外ではPEM形式の秘密鍵です。「タイムスタンプなし」を選ばないかぎり、発行時刻が加わります。期間は秒数、または10 minutes、7d、10hのようなテキストで指定します。有効開始時刻は1970年からの秒数です（Oktaのページの説明による）。ただしOktaが使うライブラリーは現在からの秒数として扱うため、1,000,000,000未満の数値は現在からの秒数とみなします。",
    ),
    sign,
)
.inputs(&[
    text("key").label("key").required(),
    ALGORITHM,
    AUDIENCE,
    ISSUER,
    any("expiresIn")
        .of("options")
        .label("expires in (seconds)")
        .more(),
    any("notBefore").of("options").label("not before").more(),
    text("jwtid").of("options").label("JWT ID").more(),
    boolean("noTimestamp")
        .of("options")
        .label("no timestamp")
        .more(),
    any("header").of("options").label("header").more(),
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
    example(r#"{"key": "k", "expiresIn": "soon"}"#, r#""invalid_type""#),
    example(r#"{"key": "not a key", "algorithm": "RS256"}"#, r#""invalid_key""#),
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
    if let Some(seconds) = seconds(option("expiresIn"), "expiresIn")? {
        claims.insert("exp".into(), now.saturating_add(seconds).into());
    }
    if let Some(from) = seconds(option("notBefore"), "notBefore")? {
        let from = if from < EPOCH_LIKE {
            now.saturating_add(from)
        } else {
            from
        };
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
    let signature = signature(&algorithm, args, &signed, seed.random)?;
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

/// Numbers from here on are points in time: 2001-09-09.
const EPOCH_LIKE: i64 = 1_000_000_000;

/// Returns a span in whole seconds: a number, or a text such as `10 minutes`, `2 days`, `7d`; a text of digits alone is
/// seconds too.
fn seconds(value: &Value, key: &str) -> Result<Option<i64>, CardError> {
    let Some(text) = value.as_text() else {
        return Ok(as_number(value, key)?.map(read::to_whole));
    };
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let scale = match unit.trim().to_lowercase().as_str() {
        "" | "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "ms" | "msec" | "msecs" | "millisecond" | "milliseconds" => 0.001,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3_600.0,
        "d" | "day" | "days" => 86_400.0,
        "w" | "week" | "weeks" => 7.0 * 86_400.0,
        "y" | "yr" | "yrs" | "year" | "years" => 365.25 * 86_400.0,
        _ => return Err(not_a_span(key)),
    };
    let number = Number::parse(number).ok_or_else(|| not_a_span(key))?;
    let span = Number::from_f64(number.as_f64() * scale).ok_or_else(|| not_a_span(key))?;
    Ok(Some(read::to_whole(span)))
}

fn not_a_span(key: &str) -> CardError {
    CardError::new(
        "invalid_type",
        format!(
            "The input {key} is not a span of time. Write seconds, or a text such as 10 minutes."
        ),
    )
}

/// Returns the kind of an algorithm, such as `RS`, and its hash.
fn parsed(algorithm: &str) -> Result<(&str, Algorithm), CardError> {
    let hash = match algorithm.get(2..) {
        Some("256") => Some(Algorithm::Sha256),
        Some("384") => Some(Algorithm::Sha384),
        Some("512") => Some(Algorithm::Sha512),
        _ => None,
    };
    match (algorithm.get(..2), hash) {
        (Some(kind @ ("HS" | "RS" | "ES" | "PS")), Some(hash)) => Ok((kind, hash)),
        _ => Err(CardError::new(
            "unknown_algorithm",
            format!(
                "The algorithm {algorithm} is not available. Choose HS, RS, ES or PS with 256, 384 or 512."
            ),
        )),
    }
}

fn key_of(args: &Args) -> Result<String, CardError> {
    let key = read::text(args, "key");
    if key.is_empty() {
        return Err(CardError::new(
            "missing_key",
            "The key is empty. A token signed with it would prove nothing.",
        ));
    }
    Ok(key)
}

fn signature(
    algorithm: &str,
    args: &Args,
    signed: &str,
    random: u64,
) -> Result<Vec<u8>, CardError> {
    let (kind, hash) = parsed(algorithm)?;
    let key = key_of(args)?;
    if kind == "HS" {
        return Ok(hmac(hash, key.as_bytes(), signed.as_bytes()));
    }
    PrivateKey::read(&key, "")?.sign_token(kind, hash, signed.as_bytes(), random)
}

fn matches(algorithm: &str, args: &Args, signed: &str, given: &[u8]) -> Result<bool, CardError> {
    let (kind, hash) = parsed(algorithm)?;
    let key = key_of(args)?;
    if kind != "HS" {
        return PublicKey::read(&key)?.verifies_token(kind, hash, signed.as_bytes(), given);
    }
    if key.contains("-----BEGIN ") {
        // Who has the public key could make such a token.
        return Err(CardError::new(
            "invalid_key",
            "HS needs a secret, not a key in PEM form. Choose the algorithm that goes with the key.",
        ));
    }
    Ok(same(given, &hmac(hash, key.as_bytes(), signed.as_bytes())))
}

const VERIFY: Card = seeded(
    "jwt:verify",
    Category::Jwt,
    words("Verify", "検証"),
    words(
        "Checks the signature, the time and the claims of a JSON Web Token and gives its payload; an output that you add takes the claim of its name. The key is the secret for HS, else a public key in PEM form or as a JSON Web Key. The algorithm is the one that you choose, HS256 where it is empty, whatever the token says. A token that does not pass is an error.",
        "JSON Web Tokenの署名、有効期間、クレームを検証し、ペイロードを返します。追加した出力には、同じ名前のクレームが入ります。鍵は、HSでは秘密のテキスト、それ以外ではPEM形式またはJSON Web Keyの公開鍵です。トークンの記載にかかわらず、選んだアルゴリズム（空の場合はHS256）で検証します。検証に通らないトークンはエラーになります。",
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
.extensible(Extensible::Outputs)
.examples(&[
    example(
        r#"{"key": "your-256-bit-secret", "token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U", "subject": "1234567890"}"#,
        r#"{"decoded": {"sub": "1234567890"}, "sub": "1234567890", "email": null}"#,
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
    let given = decode_bytes(given).map_err(|_| invalid("its signature is not Base64"))?;
    if !matches(&algorithm, args, signed, &given)? {
        return Err(invalid("its signature does not match the key"));
    }
    let now = seed.now.timestamp();
    // Times may have fractions (RFC 7519, section 2).
    let moment = |claim: &str| payload.get(claim).and_then(Json::as_f64);
    #[expect(clippy::cast_precision_loss, reason = "exact for all times there are")]
    let now = now as f64;
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
    let payload = value(&payload)?;
    let mut outputs = claims(args, &payload, &["decoded"]);
    outputs.push((FieldKey::plain("decoded"), payload));
    Ok(outputs)
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
        "Reads a JSON Web Token without checking its signature; an output that you add takes the claim of its name. Use Verify for tokens that you do not trust.",
        "署名を検証せずにJSON Web Tokenを読み取ります。追加した出力には、同じ名前のクレームが入ります。信頼できないトークンには「検証」を使用してください。",
    ),
    decode,
)
.unconfirmed()
.inputs(&[text("token").label("token").required()])
.outputs(&[text("header").label("header"), object("payload").label("payload")])
.extensible(Extensible::Outputs)
.examples(&[
    example(
        r#"{"token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.x"}"#,
        r#"{"header": "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", "payload": {"sub": "1234567890"}, "sub": "1234567890"}"#,
    ),
    example(r#"{"token": "abc"}"#, r#""invalid_token""#),
]);

fn decode(args: &Args) -> Result<Outputs, CardError> {
    let (header, payload) = parts(&read::text(args, "token"))?;
    let payload = value(&payload)?;
    let mut outputs = claims(args, &payload, &["header", "payload"]);
    outputs.push((FieldKey::plain("header"), Value::from(header.to_string())));
    outputs.push((FieldKey::plain("payload"), payload));
    Ok(outputs)
}

/// Returns the outputs that the user made, one for each claim; a name with dots is a path.
fn claims(args: &Args, payload: &Value, own: &[&str]) -> Outputs {
    args.wanted
        .iter()
        .filter(|(key, _)| !(key.group.is_none() && own.contains(&key.key.as_str())))
        .map(|(key, _)| (key.clone(), read::at(payload, &key.key)))
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use flow::Arg;

    fn seed() -> Seed {
        Seed {
            now: DateTime::from_timestamp(1_760_000_000, 0).unwrap(),
            random: 5,
        }
    }

    fn args(options: &[(&str, &str)], plain: &[(&str, &str)]) -> Args {
        let arg = |key: FieldKey, value: &str| Arg {
            key,
            value: Value::from(value),
            custom: false,
        };
        let options = options
            .iter()
            .map(|(key, value)| arg(FieldKey::in_group("options", *key), value));
        let plain = plain
            .iter()
            .map(|(key, value)| arg(FieldKey::plain(*key), value));
        Args {
            inputs: options.chain(plain).collect(),
            wanted: Vec::new(),
        }
    }

    #[test]
    fn what_is_signed_is_verified_with_every_algorithm() {
        const RSA: &str = include_str!("../crypto/test_keys/rsa.pem");
        const RSA_PUBLIC: &str = include_str!("../crypto/test_keys/rsa_pub.pem");
        for (algorithm, private, public) in [
            ("HS512", "a secret", "a secret"),
            ("RS256", RSA, RSA_PUBLIC),
            ("RS512", RSA, include_str!("../crypto/test_keys/rsa.jwk")),
            ("PS256", RSA, RSA_PUBLIC),
            ("PS384", RSA, RSA_PUBLIC),
            ("PS512", RSA, RSA_PUBLIC),
            (
                "ES256",
                include_str!("../crypto/test_keys/ec256_sec1.pem"),
                include_str!("../crypto/test_keys/ec256_pub.pem"),
            ),
            (
                "ES384",
                include_str!("../crypto/test_keys/ec384.pem"),
                include_str!("../crypto/test_keys/ec384_pub.pem"),
            ),
            (
                "ES512",
                include_str!("../crypto/test_keys/ec521.pem"),
                include_str!("../crypto/test_keys/ec521_pub.pem"),
            ),
        ] {
            let options = [("algorithm", algorithm), ("expiresIn", "10 minutes")];
            let token = sign(&args(&options, &[("key", private)]), &seed()).unwrap()[0]
                .1
                .to_text();
            let check = |token: &str, key: &str| {
                verify(
                    &args(&options[..1], &[("key", key), ("token", token)]),
                    &seed(),
                )
            };
            let decoded = check(&token, public).unwrap()[0].1.at(&["exp"]);
            assert_eq!(decoded, Value::from(1_760_000_600), "{algorithm}");
            let (body, signature) = token.rsplit_once('.').unwrap();
            let changed = format!("{}x.{signature}", body.get(..body.len() - 1).unwrap());
            assert!(check(&changed, public).is_err(), "{algorithm}");
        }
    }

    #[test]
    fn a_public_key_is_no_secret() {
        const PUBLIC: &str = include_str!("../crypto/test_keys/rsa_pub.pem");
        let forged = sign(
            &args(&[("algorithm", "HS256")], &[("key", PUBLIC)]),
            &seed(),
        );
        let forged = forged.unwrap()[0].1.to_text();
        for algorithm in ["HS256", "RS256"] {
            let options = [("algorithm", algorithm)];
            let error = verify(
                &args(&options, &[("key", PUBLIC), ("token", &forged)]),
                &seed(),
            );
            assert!(error.is_err(), "{algorithm}");
        }
    }

    #[test]
    fn spans_are_seconds_or_words() {
        for (given, expected) in [
            ("600", Some(600)),
            ("10 minutes", Some(600)),
            ("2 days", Some(172_800)),
            ("7d", Some(604_800)),
            ("10h", Some(36_000)),
            ("2.5 hrs", Some(9_000)),
            ("", None),
        ] {
            assert_eq!(seconds(&Value::from(given), "e"), Ok(expected), "{given}");
        }
        for wrong in ["soon", "1 moon", "d", "1-2"] {
            assert!(seconds(&Value::from(wrong), "e").is_err(), "{wrong}");
        }
    }
}
