//! The web UI: server-rendered, hydrated in the browser. Knows the flow language and what crosses the wire;
//! nothing of storage, engine or cards, which reach it as data. Here is the only table of routes.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a component owns its properties, also those that it only looks at"
)]

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{ParamSegment, SsrMode, StaticSegment};

pub mod canvas;
pub mod card;
pub mod editor;
pub mod i18n;
pub mod kit;
pub mod live;
pub mod pages;
pub mod rpc;
pub mod shell;

pub use shell::shell;

use pages::audit::AuditPage;
use pages::connections::{ConnectionPage, ConnectionsPage, NewConnectionPage};
use pages::delegated::DelegatedPage;
use pages::directories::{
    DirectoriesPage, DirectoryImportPage, DirectoryImportsPage, DirectoryMappingPage,
    DirectoryPage, DirectoryRulesPage, DirectoryWaitingPage, NewDirectoryPage,
};
use pages::editor::EditorPage;
use pages::flows::FlowsPage;
use pages::home::HomePage;
use pages::import::ImportPage;
use pages::not_found::NotFoundPage;
use pages::run_page::RunPage;
use pages::runs::RunsPage;
use pages::search::SearchPage;
use pages::set_up::SetUpPage;
use pages::settings::SettingsPage;
use pages::sign_in::SignInPage;
use pages::tables::{TablePage, TablesPage};
use pages::templates::{TemplatePage, TemplatesPage};

/// The application.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    shell::provide_preferences();
    shell::provide_rights();
    i18n::provide_local_time();
    kit::provide_toasts();
    shell::provide_commands();
    view! {
        <Router>
            <Routes fallback=|| view! { <NotFoundPage/> }>
                <Route path=StaticSegment("setup") view=SetUpPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("sign-in") view=SignInPage ssr=SsrMode::Async/>
                <ParentRoute path=StaticSegment("") view=shell::Frame ssr=SsrMode::Async>
                    <Route path=StaticSegment("") view=HomePage/>
                    <Route path=StaticSegment("flows") view=FlowsPage/>
                    <Route path=(StaticSegment("flows"), StaticSegment("import")) view=ImportPage/>
                    <Route path=(StaticSegment("flows"), ParamSegment("id")) view=EditorPage/>
                    <Route path=StaticSegment("delegated") view=DelegatedPage/>
                    <Route path=StaticSegment("runs") view=RunsPage/>
                    <Route path=(StaticSegment("runs"), ParamSegment("id")) view=RunPage/>
                    <Route path=StaticSegment("connections") view=ConnectionsPage/>
                    <Route path=(StaticSegment("connections"), StaticSegment("new")) view=NewConnectionPage/>
                    <Route path=(StaticSegment("connections"), ParamSegment("id")) view=ConnectionPage/>
                    <Route path=StaticSegment("directories") view=DirectoriesPage/>
                    <Route path=(StaticSegment("directories"), StaticSegment("new")) view=NewDirectoryPage/>
                    <Route path=(StaticSegment("directories"), ParamSegment("id")) view=DirectoryPage/>
                    <Route path=(StaticSegment("directories"), ParamSegment("id"), StaticSegment("mapping")) view=DirectoryMappingPage/>
                    <Route path=(StaticSegment("directories"), ParamSegment("id"), StaticSegment("rules")) view=DirectoryRulesPage/>
                    <Route path=(StaticSegment("directories"), ParamSegment("id"), StaticSegment("imports")) view=DirectoryImportsPage/>
                    <Route path=(StaticSegment("directories"), ParamSegment("id"), StaticSegment("imports"), ParamSegment("import")) view=DirectoryImportPage/>
                    <Route path=(StaticSegment("directories"), ParamSegment("id"), StaticSegment("waiting")) view=DirectoryWaitingPage/>
                    <Route path=StaticSegment("tables") view=TablesPage/>
                    <Route path=(StaticSegment("tables"), ParamSegment("id")) view=TablePage/>
                    <Route path=StaticSegment("search") view=SearchPage/>
                    <Route path=StaticSegment("audit") view=AuditPage/>
                    <Route path=StaticSegment("templates") view=TemplatesPage/>
                    <Route path=(StaticSegment("templates"), ParamSegment("id")) view=TemplatePage/>
                    <Route path=StaticSegment("settings") view=SettingsPage/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// Wakes the server's page up. Marks it with `data-hydrated` once a click is heard.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(App);
    shell::mark_hydrated();
}
