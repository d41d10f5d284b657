use super::*;

#[test]
fn a_made_key_shows_its_public_half_and_signs() {
    let key = PrivateKey::new().unwrap();
    let jwk = key.public_jwk().unwrap();
    assert_eq!((&jwk["kty"], &jwk["crv"]), (&json!("EC"), &json!("P-256")));
    assert!(jwk["d"].is_null(), "{jwk}");
    assert_eq!(jwk["kid"].as_str().map(str::len), Some(43));
    let token = key.sign(json!({}), &json!({"a": 1})).unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let header: Json = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[0]).unwrap()).unwrap();
    assert_eq!(
        (&header["alg"], &header["kid"]),
        (&json!("ES256"), &jwk["kid"])
    );
    assert_eq!(URL_SAFE_NO_PAD.decode(parts[2]).unwrap().len(), 64);
    assert!(!format!("{key:?}").contains("material"));
}

/// The example of RFC 7638, section 3.1, as a private key needs more parts, so only its public half is checked: RFC 7517,
/// appendix A.2, has the private one.
#[test]
fn keys_of_rfc_7517_are_read() {
    let ec = r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE","use":"enc","kid":"1"}"#;
    let key = PrivateKey::parse(ec).unwrap();
    assert_eq!(key.public_jwk().unwrap()["kid"], "1");
    let set = format!("{{\"keys\": [{ec}]}}");
    assert!(PrivateKey::parse(&set).is_ok());
    let other_half = ec.replace("4Etl6SRW2", "5Etl6SRW2");
    assert!(PrivateKey::parse(&other_half).is_err());
}

#[test]
fn pems_are_read_and_what_cannot_sign_is_refused() {
    let made = PrivateKey::new().unwrap();
    let Material::EcPkcs8(body) = &made.material else {
        panic!("made keys are PKCS #8");
    };
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n");
    let read = PrivateKey::parse(&pem).unwrap();
    assert_eq!(read.public_parts().unwrap(), made.public_parts().unwrap());
    assert!(read.public_jwk().unwrap()["kid"].is_null());

    let refused = |text: &str| PrivateKey::parse(text).unwrap_err().to_string();
    let public = made.public_jwk().unwrap().to_string();
    assert!(refused(&public).contains("public key"));
    assert!(refused("hello").contains("neither"));
    assert!(refused(&pem.replace("-----END", "")).contains("not complete"));
    assert!(refused(&pem.replace("PRIVATE", "EC PRIVATE")).contains("openssl pkcs8"));
    assert!(refused(&pem.replace("PRIVATE", "ENCRYPTED PRIVATE")).contains("passphrase"));
    assert!(refused(r#"{"kty":"oct","k":"x","d":"x"}"#).contains("RSA"));
    let short = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----",
        STANDARD.encode([1; 40])
    );
    assert!(refused(&short).contains("2,048"));
}

/// One RSA key in both forms of PEM, made for this test with openssl.
#[test]
fn rsa_keys_sign_what_their_public_half_verifies() {
    let one = PrivateKey::parse(include_str!("samples/rsa-pkcs1.pem")).unwrap();
    let eight = PrivateKey::parse(include_str!("samples/rsa-pkcs8.pem")).unwrap();
    assert_eq!(one.public_parts().unwrap(), eight.public_parts().unwrap());
    let jwk = one.public_jwk().unwrap();
    assert_eq!((&jwk["kty"], &jwk["alg"]), (&json!("RSA"), &json!("RS256")));
    let (n, e) = (jwk["n"].as_str().unwrap(), jwk["e"].as_str().unwrap());
    let public = ring::signature::RsaPublicKeyComponents {
        n: part(n).unwrap(),
        e: part(e).unwrap(),
    };
    for key in [one, eight] {
        let token = key.sign(json!({"typ": "JWT"}), &json!({"a": 1})).unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let verify = |text: &str| {
            public.verify(
                &ring::signature::RSA_PKCS1_2048_8192_SHA256,
                text.as_bytes(),
                &signature,
            )
        };
        assert!(verify(signed).is_ok());
        assert!(verify("something else").is_err());
    }
}
