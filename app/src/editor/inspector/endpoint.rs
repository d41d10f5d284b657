//! The address of an API endpoint flow, and who may call it.

use flow::{Access, FlowEdit};
use leptos::prelude::*;

use crate::editor::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::{EditorText, KindText};

/// What a service's access token must allow.
const SCOPE: &str = "okta.workflows.invoke.manage";

/// Address and access of the flow.
#[component]
pub(super) fn EndpointForm(editor: Editor) -> impl IntoView {
    let access = Memo::new(move |_| editor.board.flow.with(|flow| flow.access));
    let value = move || match access.get() {
        Some(Access::Public) => "public",
        Some(Access::OAuth) => "oauth",
        Some(Access::ClientToken) | None => "token",
    };
    let choose = move |event: web_sys::Event| {
        let access = match event_target_value(&event).as_str() {
            "public" => Access::Public,
            "oauth" => Access::OAuth,
            _ => Access::ClientToken,
        };
        editor.edit(FlowEdit::Open {
            access: Some(access),
        });
    };
    let option = move |name: &'static str, text: EditorText| {
        view! { <option value=name selected=move || value() == name prop:selected=move || value() == name>{t(text)}</option> }
    };
    view! {
        <section class="inspector-part">
            <h3>{t(EditorText::Endpoint)}</h3>
            <div class="field">
                <label for="flow-access">{t(EditorText::WhoMayCall)}</label>
                <select class="input select" id="flow-access" on:change=choose>
                    {option("token", EditorText::AccessToken)}
                    {option("oauth", EditorText::AccessOAuth)}
                    {option("public", EditorText::AccessPublic)}
                </select>
            </div>
            {move || (access.get() == Some(Access::OAuth)).then(|| view! {
                <p class="hint">{t(KindText::OAuthHint)}" "<code>{SCOPE}</code></p>
            })}
            {move || editor.endpoint.get().map(|endpoint| {
                let token = endpoint.client_token.filter(|_| value() == "token");
                view! {
                    <div class="field">
                        <span class="label">{t(EditorText::InvokeUrl)}</span>
                        <code class="mono endpoint">{endpoint.url}</code>
                    </div>
                    {token.map(|token| view! {
                        <div class="field">
                            <span class="label">{t(EditorText::ClientToken)}</span>
                            <code class="mono endpoint">{token}</code>
                        </div>
                    })}
                }
            })}
            <p class="hint">{t(KindText::MethodsHint)}" "{t(KindText::HeaderHint)}</p>
        </section>
    }
}
