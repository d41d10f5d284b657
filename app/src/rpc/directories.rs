//! Directories, their mappings and their imports.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Lists directories.
#[server(endpoint = "list_directories", prefix = "/rpc", input = Json)]
pub async fn list_directories() -> Result<Vec<api::DirectoryView>, Refusal> {
    backend()?.list_directories().await.map_err(refused)
}

/// Opens a directory.
#[server(endpoint = "open_directory", prefix = "/rpc", input = Json)]
pub async fn open_directory(id: String) -> Result<api::DirectoryView, Refusal> {
    backend()?.open_directory(id).await.map_err(refused)
}

/// Makes a directory or changes one.
#[server(endpoint = "save_directory", prefix = "/rpc", input = Json)]
pub async fn save_directory(request: api::SaveDirectory) -> Result<api::DirectoryView, Refusal> {
    backend()?.save_directory(request).await.map_err(refused)
}

/// Forgets a directory.
#[server(endpoint = "delete_directory", prefix = "/rpc", input = Json)]
pub async fn delete_directory(id: String) -> Result<(), Refusal> {
    backend()?.delete_directory(id).await.map_err(refused)
}

/// Tries a directory.
#[server(endpoint = "test_directory", prefix = "/rpc", input = Json)]
pub async fn test_directory(id: String) -> Result<api::DirectoryTest, Refusal> {
    backend()?.test_directory(id).await.map_err(refused)
}

/// Lists the organizational units of a directory.
#[server(endpoint = "list_units", prefix = "/rpc", input = Json)]
pub async fn list_units(id: String) -> Result<Vec<api::DirectoryUnit>, Refusal> {
    backend()?.list_units(id).await.map_err(refused)
}

/// Returns the mapping of a directory.
#[server(endpoint = "read_mapping", prefix = "/rpc", input = Json)]
pub async fn read_mapping(id: String) -> Result<api::MappingView, Refusal> {
    backend()?.read_mapping(id).await.map_err(refused)
}

/// Replaces the mapping of a directory.
#[server(endpoint = "save_mapping", prefix = "/rpc", input = Json)]
pub async fn save_mapping(
    id: String,
    request: api::SaveMapping,
) -> Result<api::MappingView, Refusal> {
    backend()?.save_mapping(id, request).await.map_err(refused)
}

/// Checks rows of a mapping.
#[server(endpoint = "check_mapping", prefix = "/rpc", input = Json)]
pub async fn check_mapping(
    id: String,
    request: api::CheckMapping,
) -> Result<api::MappingCheck, Refusal> {
    backend()?.check_mapping(id, request).await.map_err(refused)
}

/// Shows one person through a mapping.
#[server(endpoint = "preview_mapping", prefix = "/rpc", input = Json)]
pub async fn preview_mapping(
    id: String,
    request: api::PreviewMapping,
) -> Result<api::MappingPreview, Refusal> {
    backend()?
        .preview_mapping(id, request)
        .await
        .map_err(refused)
}

/// Tries one row of a mapping on a page of people.
#[server(endpoint = "try_mapping", prefix = "/rpc", input = Json)]
pub async fn try_mapping(
    id: String,
    request: api::TryMapping,
) -> Result<api::MappingTrial, Refusal> {
    backend()?.try_mapping(id, request).await.map_err(refused)
}

/// Looks for people of a directory.
#[server(endpoint = "find_people", prefix = "/rpc", input = Json)]
pub async fn find_people(
    id: String,
    request: api::FindPeople,
) -> Result<Vec<api::DirectoryPerson>, Refusal> {
    backend()?.find_people(id, request).await.map_err(refused)
}

/// Looks for users of the org of a directory.
#[server(endpoint = "find_org_users", prefix = "/rpc", input = Json)]
pub async fn find_org_users(
    id: String,
    request: api::FindOrgUsers,
) -> Result<Vec<api::OrgUser>, Refusal> {
    backend()?
        .find_org_users(id, request)
        .await
        .map_err(refused)
}

/// Begins an import.
#[server(endpoint = "start_import", prefix = "/rpc", input = Json)]
pub async fn start_import(
    id: String,
    request: api::StartImport,
) -> Result<api::DirectoryImport, Refusal> {
    backend()?.start_import(id, request).await.map_err(refused)
}

/// Lists the newest imports of a directory.
#[server(endpoint = "list_imports", prefix = "/rpc", input = Json)]
pub async fn list_imports(id: String) -> Result<Vec<api::DirectoryImport>, Refusal> {
    backend()?.list_imports(id).await.map_err(refused)
}

/// Opens an import.
#[server(endpoint = "open_import", prefix = "/rpc", input = Json)]
pub async fn open_import(id: String) -> Result<api::DirectoryImport, Refusal> {
    backend()?.open_import(id).await.map_err(refused)
}

/// Lets a plan be carried out.
#[server(endpoint = "approve_import", prefix = "/rpc", input = Json)]
pub async fn approve_import(id: String) -> Result<api::DirectoryImport, Refusal> {
    backend()?.approve_import(id).await.map_err(refused)
}

/// Cancels an import.
#[server(endpoint = "cancel_import", prefix = "/rpc", input = Json)]
pub async fn cancel_import(id: String) -> Result<api::DirectoryImport, Refusal> {
    backend()?.cancel_import(id).await.map_err(refused)
}

/// Lists lines of a plan.
#[server(endpoint = "list_import_lines", prefix = "/rpc", input = Json)]
pub async fn list_import_lines(
    id: String,
    query: api::LineQuery,
) -> Result<api::LinePage, Refusal> {
    backend()?
        .list_import_lines(id, query)
        .await
        .map_err(refused)
}

/// Lists users who wait for a person.
#[server(endpoint = "list_waiting_users", prefix = "/rpc", input = Json)]
pub async fn list_waiting_users(id: String) -> Result<Vec<api::WaitingUser>, Refusal> {
    backend()?.list_waiting_users(id).await.map_err(refused)
}

/// Says who users are that wait.
#[server(endpoint = "confirm_users", prefix = "/rpc", input = Json)]
pub async fn confirm_users(
    id: String,
    users: Vec<api::ConfirmUser>,
) -> Result<Vec<api::WaitingUser>, Refusal> {
    backend()?.confirm_users(id, users).await.map_err(refused)
}
