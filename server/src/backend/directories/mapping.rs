//! The mapping of a directory: read, replaced, put back, and shown for one person.

use api::{
    ApiError, AttributeFacts, CheckMapping, ErrorCode, MappingCheck, MappingPreview, MappingRow,
    MappingView, PreviewMapping, SaveMapping,
};
use directory::mapping::{FlawKind, Mapping, Published, published};
use serde_json::{Value as Json, json};
use store::directories::{self, DirectoryRow};

use super::person::NOBODY;
use super::{converted, found, shown, text};
use crate::backend::{Caller, Right};
use crate::clock;
use crate::directories::choices::mapping_of;
use crate::directories::org::OrgSide;
use crate::directories::people;
use crate::error::{from_store, internal, invalid};

/// Returns the mapping.
pub(in crate::backend) async fn read(caller: &Caller, id: String) -> Result<MappingView, ApiError> {
    caller.need(Right::Read)?;
    view(&found(caller, &id).await?)
}

/// Replaces the mapping. What cannot be compiled is refused; what is only doubtful is shown.
pub(in crate::backend) async fn save(
    caller: &Caller,
    id: String,
    request: SaveMapping,
) -> Result<MappingView, ApiError> {
    caller.need(Right::Connect)?;
    let mut row = found(caller, &id).await?;
    let before = row.mapping.clone();
    row.mapping = match &request.rows {
        None => None,
        Some(rows) => {
            let mapping = mapping(rows)?;
            let wrong = mapping
                .check()
                .into_iter()
                .find(|flaw| !matches!(flaw.kind, FlawKind::Shared { .. }));
            if let Some(flaw) = wrong {
                return Err(ApiError {
                    about: Some(flaw.ad.clone()),
                    ..invalid(format!(
                        "The row {} cannot be used: {}",
                        flaw.ad,
                        said(&flaw.kind)
                    ))
                });
            }
            let is_published = mapping == Mapping::published();
            (!is_published).then(|| text(&mapping)).transpose()?
        }
    };
    row.revision = request.revision;
    row.updated_at = clock::now_ms();
    directories::save(&caller.server.store, &row)
        .await
        .map_err(from_store)?;
    let told = |mapping: Option<String>| json!({ "mapping": mapping });
    caller
        .audit(
            "directory.mapping",
            "directory",
            &id,
            Some(told(before)),
            Some(told(row.mapping.clone())),
        )
        .await?;
    view(&found(caller, &id).await?)
}

fn view(row: &DirectoryRow) -> Result<MappingView, ApiError> {
    let mapping = mapping_of(row).map_err(shown)?;
    Ok(MappingView {
        rows: converted(&mapping.rows)?,
        is_published: row.mapping.is_none(),
        flaws: flaws(&mapping)?,
        revision: row.revision,
        published: converted(&Mapping::published().rows)?,
        attributes: published::ROWS
            .iter()
            .map(facts)
            .collect::<Result<_, _>>()?,
    })
}

fn flaws(mapping: &Mapping) -> Result<Vec<Json>, ApiError> {
    let flaws = mapping.check();
    let flaws = flaws.iter().map(serde_json::to_value);
    flaws
        .collect::<Result<_, _>>()
        .map_err(|error| internal(&error))
}

fn facts(row: &Published) -> Result<AttributeFacts, ApiError> {
    Ok(AttributeFacts {
        ad: row.ad.to_owned(),
        syntax: converted(&row.shape.syntax)?,
        is_single: row.shape.is_single,
        least: row.shape.least,
        most: row.shape.most,
        writing: converted(&row.writing)?,
        is_base: published::BASE.contains(&row.ad),
    })
}

/// Checks rows without saving them. An org that does not answer is no error: the rows themselves are checked all the same.
pub(in crate::backend) async fn check(
    caller: &Caller,
    id: String,
    request: CheckMapping,
) -> Result<MappingCheck, ApiError> {
    caller.need(Right::Read)?;
    let row = found(caller, &id).await?;
    let mapping = match &request.rows {
        Some(rows) => mapping(rows)?,
        None => mapping_of(&row).map_err(shown)?,
    };
    let mut check = MappingCheck {
        flaws: flaws(&mapping)?,
        properties: None,
        org_error: None,
    };
    if let Some(connection) = row.connection.filter(|_| request.asks_org) {
        match OrgSide::new(&caller.server, connection).properties().await {
            Ok(properties) => {
                let mut names: Vec<String> = properties.into_iter().collect();
                names.sort();
                check.properties = Some(names);
            }
            Err(error) => check.org_error = Some(error.message),
        }
    }
    Ok(check)
}

fn mapping(rows: &[MappingRow]) -> Result<Mapping, ApiError> {
    if rows.len() > directory::mapping::MAX_ROWS {
        return Err(invalid("A mapping has 500 rows at most."));
    }
    Ok(Mapping {
        rows: converted(&rows)?,
    })
}

/// The mapping that is asked about: these rows, else those that are saved.
pub(super) fn asked(row: &DirectoryRow, rows: Option<&[MappingRow]>) -> Result<Mapping, ApiError> {
    match rows {
        Some(rows) => mapping(rows),
        None => mapping_of(row).map_err(shown),
    }
}

fn said(flaw: &FlawKind) -> String {
    match flaw {
        FlawKind::Expression { problem } => format!("{problem}"),
        FlawKind::WrongRoot { root } => {
            format!("{root} is not there in this direction.")
        }
        FlawKind::Shared { property, with } => {
            format!("{with} gives {property} its value already.")
        }
        FlawKind::Repeated { name } => format!("{name} is there twice."),
        FlawKind::BaseIsMissing => "this attribute must be in the mapping.".to_owned(),
        FlawKind::BadName { name } => format!("{name:?} is no name of an attribute."),
        FlawKind::TooMany => "there are too many rows.".to_owned(),
    }
}

/// Shows one person: what is in the directory, what comes of it, what is in the org.
pub(in crate::backend) async fn preview(
    caller: &Caller,
    id: String,
    request: PreviewMapping,
) -> Result<MappingPreview, ApiError> {
    caller.need(Right::Read)?;
    let row = found(caller, &id).await?;
    let mapping = asked(&row, request.rows.as_deref())?;
    people::preview(&caller.server, &row, &mapping, &request.person, None)
        .await
        .map_err(shown)?
        .ok_or_else(|| ApiError::new(ErrorCode::NotFound, NOBODY))
}
