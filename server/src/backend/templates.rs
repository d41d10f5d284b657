//! The gallery of templates, and installing one.

use std::collections::BTreeSet;

use api::{
    ApiError, ErrorCode, ImportedFlow, InstallTemplate, InstalledTemplate, TableColumn, TableView,
    TemplateFlow, TemplateRow, TemplateView,
};
use cards::Language;
use flow::{Flow, FolderId};
use serde_json::json;
use store::flows::NewFlow;
use store::folders::{self, Copies, Folder};
use store::tables::DataTable;

use super::flows::problems;
use super::tables::definition;
use super::{Caller, Right};
use crate::clock;
use crate::error::{from_store, internal, invalid};
use crate::templates::{self, Chosen, Expanded, Template, draw, expand};

/// Longest answer to what a template asks for.
const MAX_ANSWER: usize = 2_000;

pub(super) async fn list(caller: &Caller) -> Result<Vec<TemplateRow>, ApiError> {
    caller.need(Right::Read)?;
    let all = templates::all().map_err(|error| internal(&error))?;
    all.iter().map(row).collect()
}

pub(super) async fn open(caller: &Caller, id: String) -> Result<TemplateView, ApiError> {
    caller.need(Right::Read)?;
    let template = find(&id)?;
    let flows = shown(template)?.flows;
    let mut scopes = BTreeSet::new();
    for step in flows.iter().flat_map(Flow::all_steps) {
        if let Some(spec) = cards::catalogue(Language::En).card(&step.card) {
            scopes.extend(flow::needed_scopes(step, spec));
        }
    }
    Ok(TemplateView {
        row: row(template)?,
        overview: template.overview.clone(),
        needs: template.needs.clone(),
        steps: template.steps.clone(),
        asks: template.asks.clone(),
        flows: template
            .flows
            .iter()
            .zip(&flows)
            .map(|(document, flow)| TemplateFlow {
                name: document.name.clone(),
                description: document.description.clone(),
                kind: flow.kind(),
                picture: draw(flow),
            })
            .collect(),
        tables: template
            .tables
            .iter()
            .map(|table| {
                let columns = table.columns.iter().map(|column| column.name.clone());
                (table.name.clone(), columns.collect())
            })
            .collect(),
        scopes: scopes.into_iter().collect(),
    })
}

fn find(id: &str) -> Result<&'static Template, ApiError> {
    let all = templates::all().map_err(|error| internal(&error))?;
    all.iter()
        .find(|template| template.id == id)
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "There is no such template. The gallery lists those that this version has.",
            )
        })
}

/// The flows of a template with what somebody chose.
fn expanded(
    template: &Template,
    language: Language,
    request: &InstallTemplate,
) -> Result<Expanded, ApiError> {
    let chosen = Chosen {
        language,
        connections: &request.connections,
        answers: &request.answers,
        new_id: &clock::new_id,
    };
    expand(template, &chosen).map_err(|error| internal(&error))
}

/// The flows of a template as they would be without any choice.
fn shown(template: &Template) -> Result<Expanded, ApiError> {
    expanded(template, Language::En, &InstallTemplate::default())
}

fn row(template: &Template) -> Result<TemplateRow, ApiError> {
    let flows = shown(template)?.flows;
    let mut connectors = BTreeSet::new();
    for step in flows.iter().flat_map(Flow::all_steps) {
        let spec = cards::catalogue(Language::En).card(&step.card);
        connectors.extend(
            spec.filter(|spec| !spec.goes_without)
                .and_then(|spec| spec.connector.clone()),
        );
    }
    Ok(TemplateRow {
        id: template.id.clone(),
        title: template.title.clone(),
        summary: template.summary.clone(),
        tags: template.tags.clone(),
        connectors: connectors.into_iter().collect(),
        kinds: flows.iter().map(Flow::kind).collect(),
        tables: template.tables.len(),
        picture: flows.first().map(draw).unwrap_or_default(),
    })
}

/// Makes a folder with the template's flows (off) and tables, all or nothing.
pub(super) async fn install(
    caller: &Caller,
    id: String,
    request: InstallTemplate,
) -> Result<InstalledTemplate, ApiError> {
    caller.need(Right::Edit)?;
    let template = find(&id)?;
    let language = match request.language.as_str() {
        "ja" => Language::Ja,
        "en" | "" => Language::En,
        _ => return Err(invalid("The language is en or ja.")),
    };
    check(caller, template, &request).await?;
    let made = expanded(template, language, &request)?;
    let tables = made.tables.clone();
    let folder = Folder {
        id: FolderId::new(clock::new_id()),
        parent: request.folder,
        name: templates::said(&template.title, language).to_owned(),
        description: templates::said(&template.summary, language).to_owned(),
        skeleton: None,
    };
    let copies = Copies {
        tables: definitions(template, &made, &folder.id)?,
        flows: drafts(caller, made, &folder.id).await?,
        folders: vec![folder.clone()],
    };
    folders::insert_copies(&caller.server.store, &copies)
        .await
        .map_err(from_store)?;
    let after =
        json!({ "template": template.id, "flows": copies.flows.len(), "tables": tables.len() });
    caller
        .audit(
            "template.install",
            "folder",
            folder.id.as_str(),
            None,
            Some(after),
        )
        .await?;
    let flows = copies.flows.into_iter().map(|flow| ImportedFlow {
        kind: flow.draft.kind(),
        problems: usize::try_from(flow.problems).unwrap_or(0),
        id: flow.draft.id,
        name: flow.draft.name,
    });
    Ok(InstalledTemplate {
        flows: flows.collect(),
        folder: folder.id,
        tables,
    })
}

/// The tables of a template, as they are stored.
fn definitions(
    template: &Template,
    made: &Expanded,
    folder: &FolderId,
) -> Result<Vec<DataTable>, ApiError> {
    let tables = template.tables.iter().zip(&made.tables);
    let tables = tables.map(|(table, (id, name))| {
        let columns = table.columns.iter().map(|column| TableColumn {
            name: column.name.clone(),
            base: column.base,
            default: None,
        });
        let view = TableView {
            id: id.clone(),
            folder: Some(folder.clone()),
            name: name.clone(),
            description: String::new(),
            columns: columns.collect(),
            rows: 0,
        };
        definition(&view, id.clone())
    });
    tables.collect()
}

/// The flows of a template, as they are stored.
async fn drafts(
    caller: &Caller,
    made: Expanded,
    folder: &FolderId,
) -> Result<Vec<NewFlow>, ApiError> {
    let author = caller.need(Right::Edit)?.id.clone();
    let mut flows = Vec::new();
    for draft in made.flows {
        flows.push(NewFlow {
            problems: problems(&caller.server.store, &draft).await?,
            folder: Some(folder.clone()),
            author: Some(author.clone()),
            at: clock::now_ms(),
            skeleton: None,
            draft,
        });
    }
    Ok(flows)
}

/// Refuses connections that are gone or of another kind, and what the template does not ask for.
async fn check(
    caller: &Caller,
    template: &Template,
    request: &InstallTemplate,
) -> Result<(), ApiError> {
    for (module, id) in &request.connections {
        let known = super::connections::module_of(&caller.server.store, id)
            .await
            .map_err(from_store)?;
        if known.is_none_or(|known| known != *module) {
            return Err(ApiError::new(
                ErrorCode::NotFound,
                "A connection that you chose does not exist any more, or is for other cards. Choose again.",
            ));
        }
    }
    for (key, answer) in &request.answers {
        if !template.asks.iter().any(|ask| ask.key == *key) {
            return Err(invalid(format!("The template does not ask for {key}.")));
        }
        if answer.chars().count() > MAX_ANSWER {
            return Err(invalid("An answer has 2,000 characters at most."));
        }
    }
    Ok(())
}
