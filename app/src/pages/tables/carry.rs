//! CSV files: a link that downloads what is shown, and a dialog that sends a file. The browser streams both.

use api::{ApiError, CsvReport, TableKey};
use flow::TableId;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::state::Asked;
use crate::i18n::t;
use crate::i18n::texts::{KitText, TableText};
use crate::kit::{Button, ButtonKind, Dialog, Icon, ProgressBar};

/// Returns the address of the rows that are shown, as CSV.
pub fn download_address(table: &TableId, asked: &Asked) -> String {
    let mut address = format!("/tables/{}/rows.csv?bom=true", encoded(table.as_str()));
    if let Some(filter) = &asked.filter {
        address.push_str(&format!("&filter={}", encoded(filter)));
    }
    if !asked.text.trim().is_empty() {
        address.push_str(&format!("&text={}", encoded(&asked.text)));
    }
    address
}

/// Percent-encodes all but letters, digits and `-_.~` (RFC 3986).
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[derive(Clone, Debug, Default)]
enum State {
    #[default]
    Nothing,
    Sending,
    Done(CsvReport),
    Refused(String),
    Lost,
}

/// The dialog that sends a file.
#[component]
pub fn Upload(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The table.
    table: TableId,
    /// Its keys.
    keys: Vec<TableKey>,
    /// Rows came.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let chooser = NodeRef::<html::Input>::new();
    let state = RwSignal::new(State::default());
    // Index of the unique key by which rows are changed; nothing to add them all.
    let by = RwSignal::new(None::<usize>);
    let encoding = RwSignal::new("utf-8".to_owned());
    let keys: Vec<TableKey> = keys.into_iter().filter(|key| key.is_unique).collect();
    let keys = StoredValue::new(keys);
    let table = StoredValue::new(table);
    Effect::new(move || {
        if open.get() {
            state.set(State::Nothing);
        }
    });
    let send = move || {
        let files = chooser.get_untracked().and_then(|chooser| chooser.files());
        let Some(file) = files.and_then(|files| files.get(0)) else {
            return;
        };
        let mut address = format!(
            "/tables/{}/rows.csv?encoding={}",
            encoded(table.get_value().as_str()),
            encoded(&encoding.get_untracked())
        );
        if let Some(key) = by.get_untracked() {
            let columns = keys.with_value(|keys| keys.get(key).map(|key| key.columns.join(",")));
            let columns = columns.unwrap_or_default();
            address.push_str(&format!("&mode=put&key={}", encoded(&columns)));
        }
        state.set(State::Sending);
        spawn_local(async move {
            let after = post(&address, &file).await.unwrap_or(State::Lost);
            if matches!(after, State::Done(_) | State::Refused(_)) {
                on_done.run(());
            }
            state.try_set(after);
        });
    };
    let is_sending = Signal::derive(move || matches!(state.get(), State::Sending));
    view! {
        <Dialog open title=t(TableText::Upload) wide=true>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    send();
                }
            >
                <p class="hint">{t(TableText::UploadText)}</p>
                <div class="field">
                    <label for="csv-file">{t(TableText::File)}</label>
                    <input
                        class="input"
                        id="csv-file"
                        type="file"
                        required=true
                        accept=".csv,.tsv,.txt,text/csv"
                        node_ref=chooser
                        on:change=move |_| state.set(State::Nothing)
                    />
                </div>
                <Encoding encoding/>
                <Modes keys=keys.get_value() by/>
                <Outcome state=state.into()/>
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(KitText::Close)}</Button>
                    <Button kind=ButtonKind::Primary icon="upload" submit=true busy=is_sending>
                        {t(TableText::Send)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
fn Encoding(encoding: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label for="csv-encoding">{t(TableText::Encoding)}</label>
            <select
                class="input select"
                id="csv-encoding"
                on:change=move |event| encoding.set(event_target_value(&event))
            >
                <option value="utf-8" selected=true>"UTF-8"</option>
                <option value="shift_jis">"Shift_JIS"</option>
            </select>
        </div>
    }
}

#[component]
fn Modes(keys: Vec<TableKey>, by: RwSignal<Option<usize>>) -> impl IntoView {
    let rows = keys.into_iter().enumerate().map(|(index, key)| {
        let columns = key.columns.join(" + ");
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="csv-mode"
                    prop:checked=move || by.get() == Some(index)
                    on:change=move |_| by.set(Some(index))
                />
                {t(TableText::PutRows { columns })}
            </label>
        }
    });
    view! {
        <fieldset class="choices">
            <legend>{t(TableText::Mode)}</legend>
            <label class="choice">
                <input
                    type="radio"
                    name="csv-mode"
                    checked=true
                    prop:checked=move || by.get().is_none()
                    on:change=move |_| by.set(None)
                />
                {t(TableText::AddRows)}
            </label>
            {rows.collect_view()}
        </fieldset>
    }
}

#[component]
fn Outcome(state: Signal<State>) -> impl IntoView {
    view! {
        <div aria-live="polite">
            {move || match state.get() {
                State::Nothing => ().into_any(),
                State::Sending => view! { <ProgressBar label=t(TableText::Sending)/> }.into_any(),
                State::Lost => view! { <p class="field-error">{t(TableText::NotSent)}</p> }.into_any(),
                State::Refused(message) => view! { <p class="field-error">{message}</p> }.into_any(),
                State::Done(report) => view! { <Report report/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Report(report: CsvReport) -> impl IntoView {
    let (added, changed) = (report.added, report.changed);
    let tone = if report.refused == 0 { "ok" } else { "warn" };
    let icon = if report.refused == 0 {
        "circle-check"
    } else {
        "triangle-alert"
    };
    let problems = report.problems.into_iter().map(|problem| {
        view! {
            <li>
                <strong>{t(TableText::Line { n: problem.line })}</strong>
                " "
                {problem.message}
            </li>
        }
    });
    view! {
        <div class="banner" data-tone=tone>
            <Icon name=icon/>
            <div class="banner-text">
                <p>{t(TableText::CameIn { added, changed })}</p>
                {(report.refused > 0)
                    .then(|| {
                        view! {
                            <p>{t(TableText::LeftOut { n: report.refused })}</p>
                            <ul class="csv-problems">{problems.collect_view()}</ul>
                        }
                    })}
            </div>
        </div>
    }
}

/// Sends the file as it lies on the disk; the browser reads it piece by piece.
async fn post(address: &str, file: &web_sys::File) -> Result<State, JsValue> {
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_body(file);
    let request = web_sys::Request::new_with_str_and_init(address, &init)?;
    request.headers().set("content-type", "text/csv")?;
    let reply = JsFuture::from(window().fetch_with_request(&request)).await?;
    let reply: web_sys::Response = reply.dyn_into()?;
    let text = JsFuture::from(reply.text()?)
        .await?
        .as_string()
        .unwrap_or_default();
    if reply.ok() {
        let report = serde_json::from_str::<CsvReport>(&text);
        return Ok(report.map_or(State::Lost, State::Done));
    }
    let error = serde_json::from_str::<ApiError>(&text);
    Ok(error.map_or(State::Lost, |error| State::Refused(error.message)))
}
