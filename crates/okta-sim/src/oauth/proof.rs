//! Proofs of possession (DPoP, RFC 9449): the key of a token request, and of the calls that use its token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::jwt::{Jwt, thumbprint};
use crate::http::Call;
use crate::state::Org;

/// How old or how far ahead a proof may be.
const WINDOW_S: i64 = 300;
const ALGORITHMS: [&str; 4] = ["ES256", "RS256", "RS384", "RS512"];
/// Parts of a JSON Web Key that must never leave its owner.
const PRIVATE_PARTS: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "k"];

/// Why a proof is not believed.
pub(crate) enum Refused {
    /// It has to carry a nonce of this server, or a newer one.
    Nonce,
    /// It is wrong.
    Wrong(&'static str),
}

/// What a proof must show beside its own validity.
pub(crate) struct Wanted<'a> {
    /// The access token that is used with it.
    pub(crate) token: Option<&'a str>,
    /// A nonce of this server is required.
    pub(crate) nonce: bool,
}

/// Checks the proof of a request and returns the thumbprint of its key; nothing where the request has no proof.
pub(crate) fn key_of(
    org: &mut Org,
    call: &Call,
    wanted: &Wanted<'_>,
) -> Result<Option<String>, Refused> {
    let mut headers = call.headers.get_all("dpop").iter();
    let Some(header) = headers.next() else {
        return Ok(None);
    };
    if headers.next().is_some() {
        return Err(Refused::Wrong("There is more than one DPoP proof."));
    }
    let text = header.to_str().unwrap_or_default();
    let Some(proof) = Jwt::parse(text) else {
        return Err(Refused::Wrong(
            "The DPoP proof JWT header is not a signed JWT.",
        ));
    };
    let key = &proof.header["jwk"];
    let thumbprint = checked(&proof, key, call, wanted.token).map_err(Refused::Wrong)?;
    let nonce = proof.claims["nonce"].as_str();
    if (wanted.nonce || nonce.is_some())
        && !nonce.is_some_and(|nonce| org.grants.is_nonce(nonce, call.at))
    {
        return Err(Refused::Nonce);
    }
    let id = format!(
        "proof {thumbprint} {}",
        proof.claims["jti"].as_str().unwrap_or_default()
    );
    let until = call.at + chrono::Duration::seconds(2 * WINDOW_S);
    if !org.grants.is_first(&id, until, call.at) {
        return Err(Refused::Wrong("The DPoP proof JWT has already been used."));
    }
    Ok(Some(thumbprint))
}

fn checked(
    proof: &Jwt,
    key: &Value,
    call: &Call,
    token: Option<&str>,
) -> Result<String, &'static str> {
    let claims = &proof.claims;
    if proof.header["typ"].as_str() != Some("dpop+jwt") {
        return Err("The DPoP proof JWT header must have the type dpop+jwt.");
    }
    if !ALGORITHMS.contains(&proof.header["alg"].as_str().unwrap_or_default()) {
        return Err("The DPoP proof JWT is signed with an algorithm that is not supported.");
    }
    if PRIVATE_PARTS.iter().any(|part| !key[*part].is_null()) {
        return Err("The DPoP proof JWT carries a private key.");
    }
    let thumbprint = thumbprint(key).ok_or("The DPoP proof JWT has no public key.")?;
    if !proof.is_signed_by(key) {
        return Err("The DPoP proof JWT signature is invalid.");
    }
    if claims["htm"].as_str() != Some(call.method.as_str()) {
        return Err("The DPoP proof JWT has a wrong 'htm' claim.");
    }
    let address = format!("{}{}", call.base, call.path);
    if claims["htu"].as_str() != Some(address.as_str()) {
        return Err("The DPoP proof JWT has a wrong 'htu' claim.");
    }
    let is_fresh = claims["iat"]
        .as_i64()
        .is_some_and(|at| (call.at.timestamp() - at).abs() <= WINDOW_S);
    if !is_fresh {
        return Err("The DPoP proof JWT is too old or from the future.");
    }
    if claims["jti"].as_str().is_none_or(str::is_empty) {
        return Err("The DPoP proof JWT has no 'jti' claim.");
    }
    if let Some(token) = token
        && claims["ath"].as_str() != Some(URL_SAFE_NO_PAD.encode(Sha256::digest(token)).as_str())
    {
        return Err("The DPoP proof JWT has a wrong 'ath' claim.");
    }
    Ok(thumbprint)
}
