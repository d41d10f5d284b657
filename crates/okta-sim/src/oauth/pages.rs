//! The pages a person sees: sign-in, consent, errors. Plain HTML, forms only, no script.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use url::Url;

use super::scopes;
use crate::http::Reply;

const STYLE: &str = "\
:root{color-scheme:light dark;--page:#f4f4f2;--card:#fff;--ink:#1d1d21;--soft:#5c5c66;--line:#8a8a93;--accent:#1662dd;--wrong:#b3261e}\
@media(prefers-color-scheme:dark){:root{--page:#17171a;--card:#222226;--ink:#f1f1f3;--soft:#b0b0ba;--line:#85858f;--accent:#7fb0ff;--wrong:#ff9a90}}\
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}\
main{width:min(25rem,calc(100vw - 2rem));margin:2rem auto;padding:2rem;background:var(--card);border-radius:.75rem;box-shadow:0 1px 3px #0003}\
h1{font-size:1.25rem;margin:0 0 1rem}p{margin:0 0 1rem}label{display:block;font-weight:600;margin-top:1rem}\
input{width:100%;font:inherit;color:inherit;background:transparent;padding:.5rem .6rem;margin-top:.25rem;border:1px solid var(--line);border-radius:.4rem}\
button{font:inherit;font-weight:600;width:100%;padding:.6rem;margin-top:1.25rem;border:1px solid var(--accent);border-radius:.4rem;background:var(--accent);color:var(--card);cursor:pointer}\
button.plain{background:transparent;color:var(--ink);border-color:var(--line);margin-top:.75rem}\
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}\
ul{margin:0 0 1rem;padding-left:1.2rem;max-height:22rem;overflow:auto}li{margin:.4rem 0}code,.soft{color:var(--soft);font-size:.85rem}\
.wrong{color:var(--wrong);font-weight:600}";

/// Text for HTML, in content and in attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A page whose forms may lead, by redirect, to `redirect_uri`.
fn page(status: u16, title: &str, main: &str, redirect_uri: Option<&str>) -> Reply {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{} - Simulated Okta</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>{STYLE}</style></head>\
         <body><main><h1>{}</h1>{main}</main></body></html>",
        escaped(title),
        escaped(title)
    );
    let style = STANDARD.encode(Sha256::digest(STYLE));
    // Browsers hold the redirect that answers a form to form-action as well.
    let target = redirect_uri
        .and_then(|uri| Url::parse(uri).ok())
        .map(|url| format!(" {}", url.origin().ascii_serialization()))
        .unwrap_or_default();
    Reply::html(status, html)
        .with_header(
            "content-security-policy",
            format!("default-src 'none'; style-src 'sha256-{style}'; form-action 'self'{target}; frame-ancestors 'none'; base-uri 'none'"),
        )
        .with_header("referrer-policy", "no-referrer")
}

/// The sign-in form; `wrong` says why the last attempt failed.
pub(super) fn sign_in(
    request_id: &str,
    username: &str,
    wrong: Option<&str>,
    redirect_uri: &str,
) -> Reply {
    let alert = wrong
        .map(|text| {
            format!(
                "<p class=\"wrong\" role=\"alert\" id=\"wrong\">{}</p>",
                escaped(text)
            )
        })
        .unwrap_or_default();
    let described = if wrong.is_some() {
        " aria-describedby=\"wrong\" aria-invalid=\"true\""
    } else {
        ""
    };
    let main = format!(
        "{alert}<form method=\"post\" action=\"/oauth2/v1/authorize/sign-in\">\
         <input type=\"hidden\" name=\"request\" value=\"{}\">\
         <label for=\"username\">Username</label>\
         <input id=\"username\" name=\"username\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" required value=\"{}\"{described}>\
         <label for=\"password\">Password</label>\
         <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" required{described}>\
         <button type=\"submit\">Sign in</button></form>",
        escaped(request_id),
        escaped(username)
    );
    let status = if wrong.is_some() { 401 } else { 200 };
    page(status, "Sign in", &main, Some(redirect_uri))
}

/// The consent form.
pub(super) fn consent(
    request_id: &str,
    app_label: &str,
    login: &str,
    wanted: &[String],
    redirect_uri: &str,
) -> Reply {
    let list: String = wanted
        .iter()
        .map(|scope| {
            format!(
                "<li>{}<br><code>{}</code></li>",
                escaped(&scopes::meaning(scope)),
                escaped(scope)
            )
        })
        .collect();
    let main = format!(
        "<p><strong>{}</strong> would like to:</p><ul aria-label=\"Requested access\" tabindex=\"0\">{list}</ul>\
         <p class=\"soft\">Signed in as {}</p>\
         <form method=\"post\" action=\"/oauth2/v1/authorize/consent\">\
         <input type=\"hidden\" name=\"request\" value=\"{}\">\
         <button type=\"submit\" name=\"decision\" value=\"allow\">Allow access</button>\
         <button type=\"submit\" class=\"plain\" name=\"decision\" value=\"deny\">Deny</button></form>",
        escaped(app_label),
        escaped(login),
        escaped(request_id)
    );
    page(200, "Allow access?", &main, Some(redirect_uri))
}

/// What is shown when there is no address that the browser could be sent back to.
pub(super) fn error(status: u16, code: &str, description: &str) -> Reply {
    let main = format!(
        "<p class=\"wrong\" role=\"alert\">{}</p><p>{}</p>",
        escaped(code),
        escaped(description)
    );
    page(status, "Your request could not be completed", &main, None)
}

/// A message after signing out.
pub(super) fn signed_out() -> Reply {
    page(
        200,
        "Signed out",
        "<p>You are signed out of the simulated org.</p>",
        None,
    )
}

/// A form that posts an answer to the client (`response_mode=form_post`).
pub(super) fn form_post(redirect_uri: &str, fields: &[(&str, String)]) -> Reply {
    let inputs: String = fields
        .iter()
        .map(|(name, value)| {
            format!(
                "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
                escaped(name),
                escaped(value)
            )
        })
        .collect();
    let main = format!(
        "<form method=\"post\" action=\"{}\">{inputs}<button type=\"submit\">Continue</button></form>",
        escaped(redirect_uri)
    );
    page(
        200,
        "Continue to the application",
        &main,
        Some(redirect_uri),
    )
}
