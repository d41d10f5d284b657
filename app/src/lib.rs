//! The web UI: server-rendered, hydrated in the browser.
