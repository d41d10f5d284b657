//! What stands around the pages of one directory: where one is, how it stands, the way to its other pages.

use api::{DirectoryImport, DirectoryView, ImportStatus};
use leptos::prelude::*;

use super::Opened;
use crate::i18n::texts::DirectoryText;
use crate::i18n::{Moment, t};
use crate::kit::{Crumb, Crumbs, Icon, Tag, Tone};
use crate::shell::RailPage;

/// A page of a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// What it is.
    Overview,
    /// How values are made.
    Mapping,
    /// Whose users are imported.
    Rules,
    /// What was imported.
    Imports,
    /// Who waits for a person.
    Waiting,
}

impl Place {
    const ALL: [Self; 5] = [
        Self::Overview,
        Self::Mapping,
        Self::Rules,
        Self::Imports,
        Self::Waiting,
    ];

    fn text(self) -> DirectoryText {
        match self {
            Self::Overview => DirectoryText::Overview,
            Self::Mapping => DirectoryText::Mapping,
            Self::Rules => DirectoryText::Rules,
            Self::Imports => DirectoryText::Imports,
            Self::Waiting => DirectoryText::Waiting,
        }
    }

    /// The address of this page of a directory.
    pub fn href(self, id: &str) -> String {
        match self {
            Self::Overview => format!("/directories/{id}"),
            Self::Mapping => format!("/directories/{id}/mapping"),
            Self::Rules => format!("/directories/{id}/rules"),
            Self::Imports => format!("/directories/{id}/imports"),
            Self::Waiting => format!("/directories/{id}/waiting"),
        }
    }
}

/// How a directory stands: tone, icon, word, and since when.
pub fn standing(directory: &DirectoryView) -> (Tone, &'static str, DirectoryText, Option<i64>) {
    let Some(newest) = &directory.newest else {
        return match directory.connection {
            Some(_) => (
                Tone::Plain,
                "circle-dashed",
                DirectoryText::NeverImported,
                None,
            ),
            None => (Tone::Warn, "triangle-alert", DirectoryText::NoOrg, None),
        };
    };
    let (tone, icon, text) = match newest.status {
        ImportStatus::Planning => (Tone::Accent, "circle-play", DirectoryText::StatePlanning),
        ImportStatus::Planned => (Tone::Warn, "clock", DirectoryText::StatePlanned),
        ImportStatus::Roadblock => (Tone::Bad, "shield-alert", DirectoryText::StateRoadblock),
        ImportStatus::Running => (Tone::Accent, "circle-play", DirectoryText::StateRunning),
        ImportStatus::Completed => (Tone::Ok, "circle-check", DirectoryText::InSync),
        ImportStatus::Failed => (Tone::Bad, "circle-x", DirectoryText::StateFailed),
        ImportStatus::Canceled => (Tone::Plain, "ban", DirectoryText::StateCanceled),
    };
    (tone, icon, text, newest.ended_at)
}

/// The frame of a page of one directory.
#[component]
pub fn DirectoryFrame(
    /// The directory.
    opened: Opened,
    /// This page.
    place: Place,
    /// Actions on the right, the one filled button last.
    #[prop(into, optional)]
    actions: ViewFn,
    /// The import that is looked at: how the directory stands follows it where it is the newest.
    #[prop(into, optional)]
    import: Option<Signal<DirectoryImport>>,
    /// The content.
    children: Children,
) -> impl IntoView {
    let directory = opened.directory;
    let name = directory.name.clone();
    let title = Signal::derive({
        let name = name.clone();
        move || name.clone()
    });
    let known = StoredValue::new(directory.clone());
    let standing = Memo::new(move |_| {
        let mut now = known.get_value();
        let import = import.map(|import| import.get());
        let is_newer = |import: &DirectoryImport| {
            let newest = now.newest.as_ref();
            newest.is_none_or(|newest| newest.created_at <= import.created_at)
        };
        if let Some(import) = import.filter(is_newer) {
            now.newest = Some(import);
        }
        standing(&now)
    });
    let waiting = directory.users.get("unconfirmed").copied().unwrap_or(0);
    let id = StoredValue::new(directory.id);
    let lead = move || {
        let above = vec![Crumb {
            name: t(DirectoryText::Crumb),
            href: "/directories".to_owned(),
        }];
        let (tone, icon, text, at) = standing.get();
        view! {
            <Crumbs above here=title/>
            <Tag tone icon>{t(text)}{at.map(|at| view! { " · "<Moment at/> })}</Tag>
        }
    };
    let middle = move || {
        view! {
            <nav class="page-tabs" aria-label=t(DirectoryText::Places)>
                {Place::ALL.map(|one| {
                    let count = (one == Place::Waiting && waiting > 0).then_some(waiting);
                    view! {
                        <a
                            class="tab"
                            href=id.with_value(|id| one.href(id))
                            aria-current=(one == place).then_some("page")
                        >
                            {t(one.text())}
                            {count.map(|n| view! { <span class="tab-count">{n.to_string()}</span> })}
                        </a>
                    }
                })}
            </nav>
        }
    };
    view! {
        <RailPage title lead middle actions>
            {(!opened.may_change).then(|| view! {
                <div class="strip" role="note"><Icon name="lock"/>{t(DirectoryText::ReadOnly)}</div>
            })}
            {children()}
        </RailPage>
    }
}
