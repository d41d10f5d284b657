//! What the server can do for a caller. The web UI and `/api/v1` use the same one, so both obey the same rules.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde_json::Value as Json;

use flow::{ConnectionId, FlowId, FolderId, PersonId, RowId, RunId, TableId};

use crate::{
    ApiError, Assignments, AuthorizeRequest, Connection, ConnectionDetail, ConnectionTest,
    Deletion, FlowList, FlowQuery, FlowRow, FlowView, Folder, Home, ImportReport, NewFlow, NewKey,
    PackView, PersonDeletion, PersonRow, RowChange, RowPage, RowQuery, RunFilter, RunList, RunRow,
    RunView, SaveDraft, SaveVersion, ServiceAnswer, ServiceRequest, Session, SetUp, SettleRun,
    SignIn, Signed, StartRun, TableRow, TableView, TurnOn, VersionRow,
};
use crate::{
    Attributes, Choices, Delegate, DelegatedFlow, DelegatedRun, ExportRequest, ExportedPack,
    LookUp, ReadSchema, SchedulePlan,
};

/// A reply that comes later.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, ApiError>> + Send + 'a>>;

/// The backend bound to one caller, as it travels in a request's extensions.
#[derive(Clone)]
pub struct Handle(pub Arc<dyn Backend>);

/// Everything a caller can ask of the server. Implementations know who the caller is and refuse what he may not do.
#[expect(
    missing_docs,
    reason = "each call is described by its request and reply types"
)]
pub trait Backend: Send + Sync {
    fn session(&self) -> Reply<'_, Session>;
    fn set_up(&self, request: SetUp) -> Reply<'_, Signed>;
    fn sign_in(&self, request: SignIn) -> Reply<'_, Signed>;
    fn sign_out(&self) -> Reply<'_, ()>;
    fn list_people(&self) -> Reply<'_, Vec<PersonRow>>;
    fn delete_person(&self, id: PersonId) -> Reply<'_, PersonDeletion>;

    fn home(&self, query: crate::HomeQuery) -> Reply<'_, Home>;
    fn dismiss(&self, request: crate::Dismiss) -> Reply<'_, ()>;
    fn restore(&self, key: String) -> Reply<'_, ()>;

    fn list_flows(&self, query: FlowQuery) -> Reply<'_, FlowList>;
    fn create_folder(&self, request: crate::NewFolder) -> Reply<'_, Folder>;
    fn change_folder(&self, id: FolderId, change: crate::FolderChange) -> Reply<'_, Folder>;
    fn move_folder(&self, id: FolderId, to: crate::MoveInto) -> Reply<'_, Folder>;
    fn folder_contents(&self, id: FolderId) -> Reply<'_, crate::FolderContents>;
    fn delete_folder(
        &self,
        id: FolderId,
        request: crate::DeleteFolder,
    ) -> Reply<'_, crate::FolderContents>;
    fn duplicate_folder(&self, id: FolderId, copy: crate::NewCopy) -> Reply<'_, Folder>;
    fn move_flow(&self, id: FlowId, to: crate::MoveInto) -> Reply<'_, FlowRow>;
    fn duplicate_flow(&self, id: FlowId, copy: crate::NewCopy) -> Reply<'_, FlowRow>;
    fn move_table(&self, id: TableId, to: crate::MoveInto) -> Reply<'_, TableView>;
    fn create_flow(&self, request: NewFlow) -> Reply<'_, FlowRow>;
    fn open_flow(&self, id: FlowId) -> Reply<'_, FlowView>;
    fn save_draft(&self, request: SaveDraft) -> Reply<'_, i64>;
    fn save_version(&self, request: SaveVersion) -> Reply<'_, VersionRow>;
    fn list_versions(&self, id: FlowId) -> Reply<'_, Vec<VersionRow>>;
    fn read_version(&self, id: FlowId, number: i64) -> Reply<'_, crate::VersionView>;
    fn rename_version(&self, request: crate::RenameVersion) -> Reply<'_, VersionRow>;
    fn restore_version(&self, request: crate::RestoreVersion) -> Reply<'_, i64>;
    fn read_draft(&self, id: FlowId) -> Reply<'_, crate::DraftView>;
    fn list_kept_drafts(&self, id: FlowId) -> Reply<'_, Vec<crate::KeptRow>>;
    fn read_kept_draft(&self, id: FlowId, kept: String) -> Reply<'_, crate::KeptDraft>;
    fn keep_draft(&self, request: crate::KeepDraft) -> Reply<'_, crate::KeptRow>;
    fn read_look(&self, id: FlowId) -> Reply<'_, Option<crate::Look>>;
    fn save_look(&self, id: FlowId) -> Reply<'_, ()>;
    fn turn(&self, request: TurnOn) -> Reply<'_, FlowRow>;
    fn list_problems(&self, id: FlowId) -> Reply<'_, Vec<crate::PlacedProblem>>;
    fn delete_flow(&self, id: FlowId) -> Reply<'_, ()>;
    fn start_run(&self, request: StartRun) -> Reply<'_, RunId>;

    fn list_runs(&self, filter: RunFilter) -> Reply<'_, RunList>;
    fn open_run(&self, id: RunId) -> Reply<'_, RunView>;
    fn open_pass(&self, query: crate::PassQuery) -> Reply<'_, crate::Pass>;
    fn trace_value(&self, value: crate::ValueRef) -> Reply<'_, Vec<crate::Origin>>;
    fn show_value(&self, value: crate::ValueRef) -> Reply<'_, Json>;
    fn cancel_run(&self, id: RunId) -> Reply<'_, RunRow>;
    fn settle_run(&self, request: SettleRun) -> Reply<'_, RunRow>;
    fn try_flow(&self, trial: crate::Trial) -> Reply<'_, RunId>;
    fn list_samples(&self, flow: FlowId) -> Reply<'_, crate::Samples>;
    fn save_test(&self, test: crate::NewTest) -> Reply<'_, crate::SavedTest>;
    fn rename_test(&self, request: crate::RenameTest) -> Reply<'_, crate::SavedTest>;
    fn delete_test(&self, flow: FlowId, id: String) -> Reply<'_, ()>;
    fn plan_again(&self, id: RunId) -> Reply<'_, crate::AgainPlan>;
    fn run_again(&self, request: crate::Again) -> Reply<'_, RunId>;
    fn clear_runs(&self, request: crate::ClearRuns) -> Reply<'_, crate::ClearedRuns>;
    fn usual_durations(&self, flows: Vec<FlowId>) -> Reply<'_, Vec<crate::UsualDuration>>;
    fn list_views(&self) -> Reply<'_, Vec<crate::RunsView>>;
    fn save_view(&self, view: crate::NewView) -> Reply<'_, crate::RunsView>;
    fn delete_view(&self, id: String) -> Reply<'_, ()>;

    fn list_connections(&self) -> Reply<'_, Vec<Connection>>;
    fn open_connection(&self, id: ConnectionId) -> Reply<'_, ConnectionDetail>;
    fn authorize(&self, request: AuthorizeRequest) -> Reply<'_, String>;
    fn make_key(&self) -> Reply<'_, NewKey>;
    fn authorize_service(&self, request: ServiceRequest) -> Reply<'_, ServiceAnswer>;
    fn save_web_connection(&self, request: crate::WebConnection) -> Reply<'_, ConnectionId>;
    fn allowed_addresses(&self) -> Reply<'_, crate::AllowedAddresses>;
    fn save_allowed_addresses(
        &self,
        allowed: crate::AllowedAddresses,
    ) -> Reply<'_, crate::AllowedAddresses>;
    fn reauthorize(&self, id: ConnectionId) -> Reply<'_, String>;
    fn test_connection(&self, id: ConnectionId) -> Reply<'_, ConnectionTest>;
    fn delete_connection(&self, id: ConnectionId) -> Reply<'_, Deletion>;
    fn connection_budget(&self, id: ConnectionId) -> Reply<'_, crate::Budget>;
    fn save_share(&self, id: ConnectionId, share: crate::NewShare) -> Reply<'_, crate::Budget>;

    fn look_up(&self, request: LookUp) -> Reply<'_, Choices>;
    fn read_schema(&self, request: ReadSchema) -> Reply<'_, Attributes>;

    fn look_at_pack(&self, pack: String) -> Reply<'_, PackView>;
    fn import_pack(&self, pack: String, assignments: Assignments) -> Reply<'_, ImportReport>;

    fn export_pack(&self, request: ExportRequest) -> Reply<'_, ExportedPack>;

    fn server_facts(&self) -> Reply<'_, crate::ServerFacts>;
    fn test_address(&self) -> Reply<'_, crate::AddressTest>;

    fn list_templates(&self) -> Reply<'_, Vec<crate::TemplateRow>>;
    fn open_template(&self, id: String) -> Reply<'_, crate::TemplateView>;
    fn install_template(
        &self,
        id: String,
        request: crate::InstallTemplate,
    ) -> Reply<'_, crate::InstalledTemplate>;

    fn plan_schedule(&self, schedule: flow::Schedule) -> Reply<'_, SchedulePlan>;
    fn time_zones(&self) -> Reply<'_, Vec<String>>;

    fn list_delegated(&self) -> Reply<'_, Vec<DelegatedFlow>>;
    fn run_delegated(&self, request: StartRun) -> Reply<'_, DelegatedRun>;
    fn open_delegated(&self, run: RunId) -> Reply<'_, DelegatedRun>;
    fn list_delegates(&self, flow: FlowId) -> Reply<'_, Vec<Delegate>>;
    fn save_delegates(&self, flow: FlowId, people: Vec<PersonId>) -> Reply<'_, Vec<Delegate>>;

    fn search_flows(&self, search: crate::FlowSearch) -> Reply<'_, crate::FlowHits>;
    fn quick_find(&self, find: crate::QuickFind) -> Reply<'_, crate::QuickFound>;
    fn list_audit(&self, search: crate::AuditSearch) -> Reply<'_, crate::AuditPage>;

    fn list_directories(&self) -> Reply<'_, Vec<crate::DirectoryView>>;
    fn open_directory(&self, id: String) -> Reply<'_, crate::DirectoryView>;
    fn save_directory(&self, request: crate::SaveDirectory) -> Reply<'_, crate::DirectoryView>;
    fn delete_directory(&self, id: String) -> Reply<'_, ()>;
    fn test_directory(&self, id: String) -> Reply<'_, crate::DirectoryTest>;
    fn list_units(&self, id: String) -> Reply<'_, Vec<crate::DirectoryUnit>>;
    fn read_mapping(&self, id: String) -> Reply<'_, crate::MappingView>;
    fn save_mapping(
        &self,
        id: String,
        request: crate::SaveMapping,
    ) -> Reply<'_, crate::MappingView>;
    fn preview_mapping(
        &self,
        id: String,
        request: crate::PreviewMapping,
    ) -> Reply<'_, crate::MappingPreview>;
    fn try_mapping(&self, id: String, request: crate::TryMapping)
    -> Reply<'_, crate::MappingTrial>;
    fn check_mapping(
        &self,
        id: String,
        request: crate::CheckMapping,
    ) -> Reply<'_, crate::MappingCheck>;
    fn find_people(
        &self,
        id: String,
        request: crate::FindPeople,
    ) -> Reply<'_, Vec<crate::DirectoryPerson>>;
    fn find_org_users(
        &self,
        id: String,
        request: crate::FindOrgUsers,
    ) -> Reply<'_, Vec<crate::OrgUser>>;
    fn list_directory_users(
        &self,
        id: String,
        query: crate::DirectoryUserQuery,
    ) -> Reply<'_, Vec<serde_json::Value>>;
    fn sign_in_user(
        &self,
        id: String,
        request: crate::SignInUser,
    ) -> Reply<'_, crate::SignedInUser>;
    fn write_back(&self, id: String, request: crate::WriteBack) -> Reply<'_, crate::WrittenBack>;
    fn start_import(
        &self,
        id: String,
        request: crate::StartImport,
    ) -> Reply<'_, crate::DirectoryImport>;
    fn list_imports(&self, id: String) -> Reply<'_, Vec<crate::DirectoryImport>>;
    fn open_import(&self, id: String) -> Reply<'_, crate::DirectoryImport>;
    fn approve_import(&self, id: String) -> Reply<'_, crate::DirectoryImport>;
    fn cancel_import(&self, id: String) -> Reply<'_, crate::DirectoryImport>;
    fn list_import_lines(&self, id: String, query: crate::LineQuery) -> Reply<'_, crate::LinePage>;
    fn list_waiting_users(&self, id: String) -> Reply<'_, Vec<crate::WaitingUser>>;
    fn confirm_users(
        &self,
        id: String,
        users: Vec<crate::ConfirmUser>,
    ) -> Reply<'_, Vec<crate::WaitingUser>>;

    fn list_tables(&self) -> Reply<'_, Vec<TableView>>;
    fn create_table(&self, table: TableView) -> Reply<'_, TableView>;
    fn list_rows(&self, table: TableId, query: RowQuery) -> Reply<'_, RowPage>;
    fn insert_row(&self, table: TableId, change: RowChange) -> Reply<'_, TableRow>;
    fn update_row(&self, table: TableId, row: RowId, change: RowChange) -> Reply<'_, TableRow>;
    fn delete_row(&self, table: TableId, row: RowId) -> Reply<'_, ()>;
    fn delete_rows(&self, table: TableId, rows: crate::RowIds) -> Reply<'_, i64>;
    fn clear_table(&self, table: TableId) -> Reply<'_, i64>;
    fn put_row(&self, table: TableId, put: crate::PutRow) -> Reply<'_, crate::PutReply>;
    fn change_table(&self, table: TableId, change: crate::TableChange) -> Reply<'_, TableView>;
    fn delete_table(&self, table: TableId) -> Reply<'_, ()>;
    fn table_uses(&self, table: TableId) -> Reply<'_, Vec<crate::TableUse>>;
    fn add_column(&self, table: TableId, column: crate::TableColumn) -> Reply<'_, TableView>;
    fn change_column(
        &self,
        table: TableId,
        name: String,
        change: crate::ColumnChange,
    ) -> Reply<'_, TableView>;
    fn delete_column(&self, table: TableId, name: String) -> Reply<'_, TableView>;
    fn add_table_key(
        &self,
        table: TableId,
        key: crate::NewKeyOfTable,
    ) -> Reply<'_, crate::TableKey>;
    fn delete_table_key(&self, table: TableId, key: String) -> Reply<'_, ()>;
    fn csv_part(
        &self,
        table: TableId,
        query: crate::CsvQuery,
        next: Option<String>,
    ) -> Reply<'_, crate::CsvPart>;
    fn csv_rows(&self, table: TableId, rows: crate::CsvRows) -> Reply<'_, crate::CsvReport>;
}
