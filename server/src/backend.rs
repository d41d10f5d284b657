//! What the server does for a caller: the one implementation of [`Backend`], bound to a person, and the one place that
//! decides what this person may do.

use std::sync::Arc;

use api::{ApiError, Backend, ErrorCode, Reply};
use flow::{ConnectionId, FlowId, FolderId, PersonId, RowId, RunId, TableId};
use store::people::{Person, Role};
use tower_sessions::Session;

use crate::error::from_store;
use crate::state::Server;

mod again;
mod audit;
mod budget;
mod cancel;
mod checks;
mod clear;
pub(crate) mod connections;
mod delegated;
mod directories;
mod drafts;
mod exports;
mod files;
mod flows;
mod folders;
pub(crate) mod home;
mod imports;
pub(crate) mod lookups;
mod masking;
mod origins;
mod passes;
mod people;
mod run_view;
mod runner_id;
mod runs;
mod schedules;
mod search;
mod server_facts;
mod settle;
mod signatures;
mod tables;
mod templates;
mod trials;
mod versions;
mod views;

/// A caller: who it is, and how it came.
pub struct Caller {
    server: Arc<Server>,
    person: Option<Person>,
    /// Present for browsers, absent for bearer tokens.
    session: Option<Session>,
}

/// What a call needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Right {
    /// See flows, runs, tables.
    Read,
    /// Change flows and tables, import packs.
    Edit,
    /// Start runs, turn flows on and off.
    Run,
    /// See what is masked in runs.
    Reveal,
    /// Make, test and delete connections.
    Connect,
    /// See and delete people.
    Administer,
}

impl Caller {
    /// Returns the backend for `person`; for nobody, where only signing in is possible.
    pub(crate) fn new(
        server: Arc<Server>,
        person: Option<Person>,
        session: Option<Session>,
    ) -> Self {
        Self {
            server,
            person,
            session,
        }
    }

    /// Returns the person if they may do it.
    fn need(&self, right: Right) -> Result<&Person, ApiError> {
        let Some(person) = &self.person else {
            return Err(ApiError::new(ErrorCode::SignInNeeded, "Sign in first."));
        };
        let may = match person.role {
            Role::Administrator => true,
            Role::Auditor => right == Right::Read,
            Role::ConnectionManager => right == Right::Connect,
            Role::Member => false,
        };
        if may {
            return Ok(person);
        }
        Err(ApiError::new(
            ErrorCode::Forbidden,
            "Your role does not allow this. Ask an administrator of this server.",
        ))
    }

    /// Returns the person if they may run this delegated flow: by their role, or because they were granted just this one.
    async fn need_delegated(&self, flow: &FlowId) -> Result<&Person, ApiError> {
        let refused = match self.need(Right::Run) {
            Ok(person) => return Ok(person),
            Err(refused) => refused,
        };
        let Some(person) = &self.person else {
            return Err(refused);
        };
        let granted = store::delegates::has(&self.server.store, flow, &person.id).await;
        if granted.map_err(from_store)? {
            return Ok(person);
        }
        Err(ApiError::new(
            ErrorCode::Forbidden,
            "This flow was not granted to you. Ask an administrator of this server.",
        ))
    }
}

impl Backend for Caller {
    fn session(&self) -> Reply<'_, api::Session> {
        Box::pin(people::session(self))
    }
    fn set_up(&self, request: api::SetUp) -> Reply<'_, api::Signed> {
        Box::pin(people::set_up(self, request))
    }
    fn sign_in(&self, request: api::SignIn) -> Reply<'_, api::Signed> {
        Box::pin(people::sign_in(self, request))
    }
    fn sign_out(&self) -> Reply<'_, ()> {
        Box::pin(people::sign_out(self))
    }
    fn list_people(&self) -> Reply<'_, Vec<api::PersonRow>> {
        Box::pin(people::list(self))
    }
    fn delete_person(&self, id: PersonId) -> Reply<'_, api::PersonDeletion> {
        Box::pin(people::delete(self, id))
    }

    fn home(&self, query: api::HomeQuery) -> Reply<'_, api::Home> {
        Box::pin(home::home(self, query))
    }
    fn dismiss(&self, request: api::Dismiss) -> Reply<'_, ()> {
        Box::pin(home::dismiss(self, request))
    }
    fn restore(&self, key: String) -> Reply<'_, ()> {
        Box::pin(home::restore(self, key))
    }

    fn list_flows(&self, query: api::FlowQuery) -> Reply<'_, api::FlowList> {
        Box::pin(flows::list(self, query))
    }
    fn create_folder(&self, request: api::NewFolder) -> Reply<'_, api::Folder> {
        Box::pin(folders::create(self, request))
    }
    fn change_folder(&self, id: FolderId, change: api::FolderChange) -> Reply<'_, api::Folder> {
        Box::pin(folders::change(self, id, change))
    }
    fn move_folder(&self, id: FolderId, to: api::MoveInto) -> Reply<'_, api::Folder> {
        Box::pin(folders::relocate(self, id, to))
    }
    fn folder_contents(&self, id: FolderId) -> Reply<'_, api::FolderContents> {
        Box::pin(folders::contents(self, id))
    }
    fn delete_folder(
        &self,
        id: FolderId,
        request: api::DeleteFolder,
    ) -> Reply<'_, api::FolderContents> {
        Box::pin(folders::delete(self, id, request))
    }
    fn duplicate_folder(&self, id: FolderId, copy: api::NewCopy) -> Reply<'_, api::Folder> {
        Box::pin(folders::duplicate(self, id, copy))
    }
    fn move_flow(&self, id: FlowId, to: api::MoveInto) -> Reply<'_, api::FlowRow> {
        Box::pin(folders::move_flow(self, id, to))
    }
    fn duplicate_flow(&self, id: FlowId, copy: api::NewCopy) -> Reply<'_, api::FlowRow> {
        Box::pin(folders::duplicate_flow(self, id, copy))
    }
    fn move_table(&self, id: TableId, to: api::MoveInto) -> Reply<'_, api::TableView> {
        Box::pin(folders::move_table(self, id, to))
    }
    fn create_flow(&self, request: api::NewFlow) -> Reply<'_, api::FlowRow> {
        Box::pin(flows::create(self, request))
    }
    fn open_flow(&self, id: FlowId) -> Reply<'_, api::FlowView> {
        Box::pin(flows::open(self, id))
    }
    fn save_draft(&self, request: api::SaveDraft) -> Reply<'_, i64> {
        Box::pin(flows::save_draft(self, request))
    }
    fn save_version(&self, request: api::SaveVersion) -> Reply<'_, api::VersionRow> {
        Box::pin(versions::save_version(self, request))
    }
    fn list_versions(&self, id: FlowId) -> Reply<'_, Vec<api::VersionRow>> {
        Box::pin(versions::list(self, id))
    }
    fn read_version(&self, id: FlowId, number: i64) -> Reply<'_, api::VersionView> {
        Box::pin(versions::read(self, id, number))
    }
    fn rename_version(&self, request: api::RenameVersion) -> Reply<'_, api::VersionRow> {
        Box::pin(versions::rename(self, request))
    }
    fn restore_version(&self, request: api::RestoreVersion) -> Reply<'_, i64> {
        Box::pin(drafts::restore(self, request))
    }
    fn read_draft(&self, id: FlowId) -> Reply<'_, api::DraftView> {
        Box::pin(drafts::read(self, id))
    }
    fn list_kept_drafts(&self, id: FlowId) -> Reply<'_, Vec<api::KeptRow>> {
        Box::pin(drafts::list_kept(self, id))
    }
    fn read_kept_draft(&self, id: FlowId, kept: String) -> Reply<'_, api::KeptDraft> {
        Box::pin(drafts::read_kept(self, id, kept))
    }
    fn keep_draft(&self, request: api::KeepDraft) -> Reply<'_, api::KeptRow> {
        Box::pin(drafts::keep(self, request))
    }
    fn read_look(&self, id: FlowId) -> Reply<'_, Option<api::Look>> {
        Box::pin(drafts::look(self, id))
    }
    fn save_look(&self, id: FlowId) -> Reply<'_, ()> {
        Box::pin(drafts::save_look(self, id))
    }
    fn turn(&self, request: api::TurnOn) -> Reply<'_, api::FlowRow> {
        Box::pin(versions::turn(self, request))
    }
    fn list_problems(&self, id: FlowId) -> Reply<'_, Vec<api::PlacedProblem>> {
        Box::pin(checks::list(self, id))
    }
    fn delete_flow(&self, id: FlowId) -> Reply<'_, ()> {
        Box::pin(flows::delete(self, id))
    }
    fn start_run(&self, request: api::StartRun) -> Reply<'_, RunId> {
        Box::pin(runs::start(self, request))
    }

    fn list_runs(&self, filter: api::RunFilter) -> Reply<'_, api::RunList> {
        Box::pin(runs::list(self, filter))
    }
    fn open_run(&self, id: RunId) -> Reply<'_, api::RunView> {
        Box::pin(run_view::open(self, id))
    }
    fn cancel_run(&self, id: flow::RunId) -> Reply<'_, api::RunRow> {
        Box::pin(cancel::cancel(self, id))
    }
    fn open_pass(&self, query: api::PassQuery) -> Reply<'_, api::Pass> {
        Box::pin(passes::open(self, query))
    }
    fn trace_value(&self, value: api::ValueRef) -> Reply<'_, Vec<api::Origin>> {
        Box::pin(origins::trace(self, value))
    }
    fn show_value(&self, value: api::ValueRef) -> Reply<'_, serde_json::Value> {
        Box::pin(masking::show(self, value))
    }
    fn settle_run(&self, request: api::SettleRun) -> Reply<'_, api::RunRow> {
        Box::pin(settle::settle(self, request))
    }

    fn try_flow(&self, trial: api::Trial) -> Reply<'_, RunId> {
        Box::pin(trials::start(self, trial))
    }
    fn list_samples(&self, flow: FlowId) -> Reply<'_, api::Samples> {
        Box::pin(trials::samples(self, flow))
    }
    fn save_test(&self, test: api::NewTest) -> Reply<'_, api::SavedTest> {
        Box::pin(trials::save_test(self, test))
    }
    fn rename_test(&self, request: api::RenameTest) -> Reply<'_, api::SavedTest> {
        Box::pin(trials::rename_test(self, request))
    }
    fn delete_test(&self, flow: FlowId, id: String) -> Reply<'_, ()> {
        Box::pin(trials::delete_test(self, flow, id))
    }
    fn plan_again(&self, id: RunId) -> Reply<'_, api::AgainPlan> {
        Box::pin(again::plan(self, id))
    }
    fn run_again(&self, request: api::Again) -> Reply<'_, RunId> {
        Box::pin(again::start(self, request))
    }
    fn clear_runs(&self, request: api::ClearRuns) -> Reply<'_, api::ClearedRuns> {
        Box::pin(clear::clear(self, request))
    }
    fn usual_durations(&self, flows: Vec<FlowId>) -> Reply<'_, Vec<api::UsualDuration>> {
        Box::pin(views::usual(self, flows))
    }
    fn list_views(&self) -> Reply<'_, Vec<api::RunsView>> {
        Box::pin(views::list(self))
    }
    fn save_view(&self, view: api::NewView) -> Reply<'_, api::RunsView> {
        Box::pin(views::save(self, view))
    }
    fn delete_view(&self, id: String) -> Reply<'_, ()> {
        Box::pin(views::delete(self, id))
    }

    fn list_connections(&self) -> Reply<'_, Vec<api::Connection>> {
        Box::pin(connections::list(self))
    }
    fn open_connection(&self, id: ConnectionId) -> Reply<'_, api::ConnectionDetail> {
        Box::pin(connections::detail(self, id))
    }
    fn authorize(&self, request: api::AuthorizeRequest) -> Reply<'_, String> {
        Box::pin(connections::authorize(self, request))
    }
    fn make_key(&self) -> Reply<'_, api::NewKey> {
        Box::pin(connections::make_key(self))
    }
    fn authorize_service(&self, request: api::ServiceRequest) -> Reply<'_, api::ServiceAnswer> {
        Box::pin(connections::authorize_service(self, request))
    }
    fn save_web_connection(&self, request: api::WebConnection) -> Reply<'_, ConnectionId> {
        Box::pin(connections::save_web(self, request))
    }
    fn allowed_addresses(&self) -> Reply<'_, api::AllowedAddresses> {
        Box::pin(connections::allowed(self))
    }
    fn save_allowed_addresses(
        &self,
        allowed: api::AllowedAddresses,
    ) -> Reply<'_, api::AllowedAddresses> {
        Box::pin(connections::save_allowed(self, allowed))
    }
    fn reauthorize(&self, id: ConnectionId) -> Reply<'_, String> {
        Box::pin(connections::reauthorize(self, id))
    }
    fn test_connection(&self, id: ConnectionId) -> Reply<'_, api::ConnectionTest> {
        Box::pin(connections::test(self, id))
    }
    fn delete_connection(&self, id: ConnectionId) -> Reply<'_, api::Deletion> {
        Box::pin(connections::delete(self, id))
    }
    fn connection_budget(&self, id: ConnectionId) -> Reply<'_, api::Budget> {
        Box::pin(budget::read(self, id))
    }
    fn save_share(&self, id: ConnectionId, share: api::NewShare) -> Reply<'_, api::Budget> {
        Box::pin(budget::save(self, id, share))
    }

    fn look_up(&self, request: api::LookUp) -> Reply<'_, api::Choices> {
        Box::pin(lookups::look_up(self, request))
    }
    fn read_schema(&self, request: api::ReadSchema) -> Reply<'_, api::Attributes> {
        Box::pin(lookups::read_schema(self, request))
    }

    fn look_at_pack(&self, pack: String) -> Reply<'_, api::PackView> {
        Box::pin(imports::look(self, pack))
    }
    fn import_pack(
        &self,
        pack: String,
        assignments: api::Assignments,
    ) -> Reply<'_, api::ImportReport> {
        Box::pin(imports::import(self, pack, assignments))
    }

    fn export_pack(&self, request: api::ExportRequest) -> Reply<'_, api::ExportedPack> {
        Box::pin(exports::export(self, request))
    }

    fn server_facts(&self) -> Reply<'_, api::ServerFacts> {
        Box::pin(async move { server_facts::facts(self) })
    }
    fn test_address(&self) -> Reply<'_, api::AddressTest> {
        Box::pin(server_facts::test_address(self))
    }

    fn list_templates(&self) -> Reply<'_, Vec<api::TemplateRow>> {
        Box::pin(templates::list(self))
    }
    fn open_template(&self, id: String) -> Reply<'_, api::TemplateView> {
        Box::pin(templates::open(self, id))
    }
    fn install_template(
        &self,
        id: String,
        request: api::InstallTemplate,
    ) -> Reply<'_, api::InstalledTemplate> {
        Box::pin(templates::install(self, id, request))
    }

    fn plan_schedule(&self, schedule: flow::Schedule) -> Reply<'_, api::SchedulePlan> {
        Box::pin(async move { schedules::plan(self, &schedule) })
    }
    fn time_zones(&self) -> Reply<'_, Vec<String>> {
        Box::pin(async move { schedules::time_zones(self) })
    }

    fn list_delegated(&self) -> Reply<'_, Vec<api::DelegatedFlow>> {
        Box::pin(delegated::list(self))
    }
    fn run_delegated(&self, request: api::StartRun) -> Reply<'_, api::DelegatedRun> {
        Box::pin(delegated::run(self, request))
    }
    fn open_delegated(&self, run: RunId) -> Reply<'_, api::DelegatedRun> {
        Box::pin(delegated::open(self, run))
    }
    fn list_delegates(&self, flow: FlowId) -> Reply<'_, Vec<api::Delegate>> {
        Box::pin(delegated::delegates(self, flow))
    }
    fn save_delegates(&self, flow: FlowId, people: Vec<PersonId>) -> Reply<'_, Vec<api::Delegate>> {
        Box::pin(delegated::delegate(self, flow, people))
    }

    fn search_flows(&self, search: api::FlowSearch) -> Reply<'_, api::FlowHits> {
        Box::pin(search::flows(self, search))
    }
    fn quick_find(&self, find: api::QuickFind) -> Reply<'_, api::QuickFound> {
        Box::pin(search::quick(self, find))
    }
    fn list_audit(&self, search: api::AuditSearch) -> Reply<'_, api::AuditPage> {
        Box::pin(audit::list(self, search))
    }

    fn list_directories(&self) -> Reply<'_, Vec<api::DirectoryView>> {
        Box::pin(directories::list(self))
    }
    fn open_directory(&self, id: String) -> Reply<'_, api::DirectoryView> {
        Box::pin(directories::open(self, id))
    }
    fn save_directory(&self, request: api::SaveDirectory) -> Reply<'_, api::DirectoryView> {
        Box::pin(directories::save(self, request))
    }
    fn delete_directory(&self, id: String) -> Reply<'_, ()> {
        Box::pin(directories::delete(self, id))
    }
    fn test_directory(&self, id: String) -> Reply<'_, api::DirectoryTest> {
        Box::pin(directories::test(self, id))
    }
    fn list_units(&self, id: String) -> Reply<'_, Vec<api::DirectoryUnit>> {
        Box::pin(directories::units(self, id))
    }
    fn read_mapping(&self, id: String) -> Reply<'_, api::MappingView> {
        Box::pin(directories::read_mapping(self, id))
    }
    fn save_mapping(&self, id: String, request: api::SaveMapping) -> Reply<'_, api::MappingView> {
        Box::pin(directories::save_mapping(self, id, request))
    }
    fn preview_mapping(
        &self,
        id: String,
        request: api::PreviewMapping,
    ) -> Reply<'_, api::MappingPreview> {
        Box::pin(directories::preview(self, id, request))
    }
    fn try_mapping(&self, id: String, request: api::TryMapping) -> Reply<'_, api::MappingTrial> {
        Box::pin(directories::try_mapping(self, id, request))
    }
    fn check_mapping(
        &self,
        id: String,
        request: api::CheckMapping,
    ) -> Reply<'_, api::MappingCheck> {
        Box::pin(directories::check_mapping(self, id, request))
    }
    fn find_people(
        &self,
        id: String,
        request: api::FindPeople,
    ) -> Reply<'_, Vec<api::DirectoryPerson>> {
        Box::pin(directories::find_people(self, id, request))
    }
    fn find_org_users(
        &self,
        id: String,
        request: api::FindOrgUsers,
    ) -> Reply<'_, Vec<api::OrgUser>> {
        Box::pin(directories::find_org_users(self, id, request))
    }
    fn list_directory_users(
        &self,
        id: String,
        query: api::DirectoryUserQuery,
    ) -> Reply<'_, Vec<serde_json::Value>> {
        Box::pin(directories::list_users(self, id, query))
    }
    fn sign_in_user(&self, id: String, request: api::SignInUser) -> Reply<'_, api::SignedInUser> {
        Box::pin(directories::sign_in(self, id, request))
    }
    fn write_back(&self, id: String, request: api::WriteBack) -> Reply<'_, api::WrittenBack> {
        Box::pin(directories::write_back(self, id, request))
    }
    fn start_import(
        &self,
        id: String,
        request: api::StartImport,
    ) -> Reply<'_, api::DirectoryImport> {
        Box::pin(directories::start(self, id, request))
    }
    fn list_imports(&self, id: String) -> Reply<'_, Vec<api::DirectoryImport>> {
        Box::pin(directories::list_imports(self, id))
    }
    fn open_import(&self, id: String) -> Reply<'_, api::DirectoryImport> {
        Box::pin(directories::open_import(self, id))
    }
    fn approve_import(&self, id: String) -> Reply<'_, api::DirectoryImport> {
        Box::pin(directories::approve(self, id))
    }
    fn cancel_import(&self, id: String) -> Reply<'_, api::DirectoryImport> {
        Box::pin(directories::cancel(self, id))
    }
    fn list_import_lines(&self, id: String, query: api::LineQuery) -> Reply<'_, api::LinePage> {
        Box::pin(directories::lines(self, id, query))
    }
    fn list_waiting_users(&self, id: String) -> Reply<'_, Vec<api::WaitingUser>> {
        Box::pin(directories::list_waiting(self, id))
    }
    fn confirm_users(
        &self,
        id: String,
        users: Vec<api::ConfirmUser>,
    ) -> Reply<'_, Vec<api::WaitingUser>> {
        Box::pin(directories::confirm(self, id, users))
    }

    fn list_tables(&self) -> Reply<'_, Vec<api::TableView>> {
        Box::pin(tables::list(self))
    }
    fn create_table(&self, table: api::TableView) -> Reply<'_, api::TableView> {
        Box::pin(tables::create(self, table))
    }
    fn list_rows(&self, table: TableId, query: api::RowQuery) -> Reply<'_, api::RowPage> {
        Box::pin(tables::rows(self, table, query))
    }
    fn insert_row(&self, table: TableId, change: api::RowChange) -> Reply<'_, api::TableRow> {
        Box::pin(tables::insert_row(self, table, change))
    }
    fn update_row(
        &self,
        table: TableId,
        row: RowId,
        change: api::RowChange,
    ) -> Reply<'_, api::TableRow> {
        Box::pin(tables::update_row(self, table, row, change))
    }
    fn delete_row(&self, table: TableId, row: RowId) -> Reply<'_, ()> {
        Box::pin(tables::delete_row(self, table, row))
    }
    fn delete_rows(&self, table: TableId, rows: api::RowIds) -> Reply<'_, i64> {
        Box::pin(tables::delete_rows(self, table, rows))
    }
    fn clear_table(&self, table: TableId) -> Reply<'_, i64> {
        Box::pin(tables::clear(self, table))
    }
    fn put_row(&self, table: TableId, put: api::PutRow) -> Reply<'_, api::PutReply> {
        Box::pin(tables::put_row(self, table, put))
    }
    fn change_table(&self, table: TableId, change: api::TableChange) -> Reply<'_, api::TableView> {
        Box::pin(tables::change(self, table, change))
    }
    fn delete_table(&self, table: TableId) -> Reply<'_, ()> {
        Box::pin(tables::delete(self, table))
    }
    fn table_uses(&self, table: TableId) -> Reply<'_, Vec<api::TableUse>> {
        Box::pin(tables::uses(self, table))
    }
    fn add_column(&self, table: TableId, column: api::TableColumn) -> Reply<'_, api::TableView> {
        Box::pin(tables::add_column(self, table, column))
    }
    fn change_column(
        &self,
        table: TableId,
        name: String,
        change: api::ColumnChange,
    ) -> Reply<'_, api::TableView> {
        Box::pin(tables::change_column(self, table, name, change))
    }
    fn delete_column(&self, table: TableId, name: String) -> Reply<'_, api::TableView> {
        Box::pin(tables::delete_column(self, table, name))
    }
    fn add_table_key(&self, table: TableId, key: api::NewKeyOfTable) -> Reply<'_, api::TableKey> {
        Box::pin(tables::add_key(self, table, key))
    }
    fn delete_table_key(&self, table: TableId, key: String) -> Reply<'_, ()> {
        Box::pin(tables::delete_key(self, table, key))
    }
    fn csv_part(
        &self,
        table: TableId,
        query: api::CsvQuery,
        next: Option<String>,
    ) -> Reply<'_, api::CsvPart> {
        Box::pin(tables::csv_part(self, table, query, next))
    }
    fn csv_rows(&self, table: TableId, rows: api::CsvRows) -> Reply<'_, api::CsvReport> {
        Box::pin(tables::csv_rows(self, table, rows))
    }
}
