//! The routes of drafts and versions.

use super::super::route::Shape::{Many, One};
use super::super::route::{Route, get, post, put};
use super::super::{flows, versions};
use super::{CREATED, OK};

pub(super) fn all() -> Vec<Route> {
    let mut all = drafts();
    all.extend(saved());
    all
}

fn drafts() -> Vec<Route> {
    vec![
        get(
            "/flows/{id}/draft",
            "readDraft",
            "Returns the draft of a flow with its revision.",
            flows::read_draft,
        )
        .answers(OK, One("Draft")),
        put(
            "/flows/{id}/draft",
            "saveDraft",
            "Replaces the draft of a flow.",
            flows::save_draft,
        )
        .takes("NewDraft")
        .answers(OK, One("DraftRevision")),
        get(
            "/flows/{id}/kept-drafts",
            "listKeptDrafts",
            "Lists the drafts that gave way to others, newest first, at most 50.",
            versions::list_kept,
        )
        .answers(OK, Many("KeptDraftRow")),
        post(
            "/flows/{id}/kept-drafts",
            "keepDraft",
            "Keeps a draft that gives way to another.",
            versions::keep,
        )
        .takes("NewKeptDraft")
        .answers(CREATED, One("KeptDraftRow")),
        get(
            "/flows/{id}/kept-drafts/{kept}",
            "readKeptDraft",
            "Returns a draft that gave way to another.",
            versions::read_kept,
        )
        .answers(OK, One("KeptDraft")),
        get(
            "/flows/{id}/look",
            "readLook",
            "Returns the draft as the caller saw it last.",
            versions::read_look,
        )
        .answers(OK, One("Look")),
        put(
            "/flows/{id}/look",
            "saveLook",
            "Notes that the caller sees the draft as it is now.",
            versions::save_look,
        ),
    ]
}

fn saved() -> Vec<Route> {
    vec![
        get(
            "/flows/{id}/versions",
            "listVersions",
            "Lists the versions of a flow.",
            versions::list,
        )
        .answers(OK, Many("Version")),
        post(
            "/flows/{id}/versions",
            "saveVersion",
            "Makes a version of the draft.",
            versions::save,
        )
        .may_take("VersionLabel")
        .answers(CREATED, One("Version")),
        get(
            "/flows/{id}/versions/{number}",
            "readVersion",
            "Returns a version with what it holds.",
            versions::read,
        )
        .answers(OK, One("VersionView")),
        put(
            "/flows/{id}/versions/{number}",
            "renameVersion",
            "Gives a version another name and note; what it holds never changes.",
            versions::rename,
        )
        .takes("VersionLabel")
        .answers(OK, One("Version")),
        post(
            "/flows/{id}/versions/{number}/restore",
            "restoreVersion",
            "Makes a version the draft; the draft before is kept.",
            versions::restore,
        )
        .takes("Restoring")
        .answers(OK, One("DraftRevision")),
    ]
}
