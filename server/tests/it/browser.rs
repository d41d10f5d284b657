//! What a browser does, without one: cookies, redirects, forms.

use std::collections::BTreeMap;

use reqwest::header::{LOCATION, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, Url};
use serde_json::Value as Json;

/// A page that a browser arrived at.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) url: Url,
    pub(crate) text: String,
}

/// Keeps cookies by host and port, and follows redirects.
pub(crate) struct Browser {
    client: Client,
    cookies: BTreeMap<String, BTreeMap<String, String>>,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            client,
            cookies: BTreeMap::new(),
        }
    }

    pub(crate) async fn get(&mut self, url: &str) -> Page {
        let request = self.client.get(url);
        self.follow(request, url.parse().unwrap()).await
    }

    pub(crate) async fn post_form(&mut self, url: &str, fields: &[(String, String)]) -> Page {
        let request = self.client.post(url).form(fields);
        self.follow(request, url.parse().unwrap()).await
    }

    pub(crate) async fn post_json(&mut self, url: &str, body: &Json) -> Page {
        let request = self.client.post(url).json(body);
        self.follow(request, url.parse().unwrap()).await
    }

    pub(crate) async fn post_text(&mut self, url: &str, media: &str, body: &str) -> Page {
        let request = self
            .client
            .post(url)
            .header("content-type", media)
            .body(body.to_owned());
        self.follow(request, url.parse().unwrap()).await
    }

    /// Fills in the first form of a page and sends it.
    pub(crate) async fn submit(&mut self, page: &Page, typed: &[(&str, &str)]) -> Page {
        let action = attribute(&page.text, "<form", "action").expect("the page has a form");
        let url = page.url.join(&action).unwrap();
        let mut fields = hidden_fields(&page.text);
        fields.extend(
            typed
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        self.post_form(url.as_str(), &fields).await
    }

    /// Returns the cookies for a site as a header.
    pub(crate) fn cookie(&self, url: &str) -> String {
        let cookies = self.cookies.get(&site(&url.parse().unwrap()));
        let cookies = cookies.into_iter().flatten();
        let cookies: Vec<String> = cookies
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        cookies.join("; ")
    }

    async fn follow(&mut self, request: RequestBuilder, url: Url) -> Page {
        let (mut request, mut url) = (request, url);
        for _ in 0..10 {
            let cookies = self.cookies.get(&site(&url)).into_iter().flatten();
            let cookies: Vec<String> = cookies
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            if !cookies.is_empty() {
                request = request.header("cookie", cookies.join("; "));
            }
            let answer = request.send().await.unwrap();
            for cookie in answer.headers().get_all(SET_COOKIE) {
                let (name, value) = cookie
                    .to_str()
                    .unwrap()
                    .split(';')
                    .next()
                    .unwrap()
                    .split_once('=')
                    .unwrap();
                self.cookies
                    .entry(site(&url))
                    .or_default()
                    .insert(name.to_owned(), value.to_owned());
            }
            let Some(location) = answer
                .headers()
                .get(LOCATION)
                .filter(|_| answer.status().is_redirection())
            else {
                let status = answer.status().as_u16();
                return Page {
                    status,
                    url,
                    text: answer.text().await.unwrap(),
                };
            };
            url = url.join(location.to_str().unwrap()).unwrap();
            request = self.client.request(Method::GET, url.clone());
        }
        panic!("redirects without end at {url}");
    }
}

fn site(url: &Url) -> String {
    format!(
        "{}:{}",
        url.host_str().unwrap_or_default(),
        url.port_or_known_default().unwrap_or_default()
    )
}

fn attribute(html: &str, tag: &str, name: &str) -> Option<String> {
    let from = html.get(html.find(tag)?..)?;
    let inside = from.get(..from.find('>')?)?;
    let start = inside.find(&format!("{name}=\""))? + name.len() + 2;
    let rest = inside.get(start..)?;
    Some(rest.get(..rest.find('"')?)?.replace("&amp;", "&"))
}

fn hidden_fields(html: &str) -> Vec<(String, String)> {
    html.match_indices("<input type=\"hidden\"")
        .filter_map(|(at, _)| {
            let input = html.get(at..)?;
            Some((
                attribute(input, "<input", "name")?,
                attribute(input, "<input", "value")?,
            ))
        })
        .collect()
}
