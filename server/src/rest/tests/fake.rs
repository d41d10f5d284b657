//! A backend that answers with samples in which nothing is left out, and remembers what it was asked.

mod directories;
mod samples;

use std::sync::Mutex;

use api::{
    ApiError, Assignments, AuthorizeRequest, Backend, Connection, ConnectionDetail, ConnectionTest,
    Deletion, ErrorCode, FlowList, FlowQuery, FlowRow, FlowView, Folder, Home, ImportReport,
    NewFlow, NewKey, PackView, PersonDeletion, PersonRow, Reply, RowChange, RowPage, RowQuery,
    RunFilter, RunList, RunRow, RunView, SaveDraft, SaveVersion, ServiceAnswer, ServiceRequest,
    Session, SetUp, SettleRun, SignIn, Signed, StartRun, TableRow, TableView, TurnOn, VersionRow,
};
use flow::{ConnectionId, FlowId, FolderId, PersonId, RowId, RunId, TableId};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use samples::{
    again_plan, budget, connection, contents, delegate, delegated_run, folder, home, kept, pack,
    picture, row, run, run_row, samples, saved_test, table, table_key, table_row, template_row,
    todo, version,
};

pub(super) use directories::mapping_row;

/// The backend; nothing in it has the id `gone`.
#[derive(Default)]
pub(super) struct Fake {
    asked: Mutex<Vec<String>>,
}

impl Fake {
    /// Returns what was asked so far.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn give<T: DeserializeOwned + Send + 'static>(
        &self,
        asked: impl std::fmt::Debug,
        sample: Json,
    ) -> Reply<'_, T> {
        let asked = format!("{asked:?}");
        let is_gone = asked.contains("\"gone\"");
        self.asked.lock().unwrap().push(asked);
        Box::pin(async move {
            if is_gone {
                return Err(ApiError::new(ErrorCode::NotFound, "It is not there."));
            }
            Ok(serde_json::from_value(sample).unwrap())
        })
    }

    fn outside<T: 'static>(&self) -> Reply<'_, T> {
        Box::pin(async {
            Err(ApiError::new(
                ErrorCode::Internal,
                "Only the web UI asks this.",
            ))
        })
    }
}

/// A flow with everything that a document can hold.
pub(super) fn flow() -> Json {
    let text = json!({ "base": "text" });
    let bindings = [
        json!({ "kind": "empty" }),
        json!({ "kind": "constant", "value": [1, "a", null] }),
        json!({ "kind": "output", "convert": "isoString",
            "source": { "step": "s1", "field": { "group": "g", "key": "k" }, "path": ["a", "0"] } }),
        json!({ "kind": "template", "parts": [
            { "kind": "text", "text": "Hello " },
            { "kind": "value", "name": "k1", "binding": { "kind": "constant", "value": 1 } } ] }),
        json!({ "kind": "item", "path": "id" }),
    ];
    let inputs: Vec<Json> = bindings
        .iter()
        .enumerate()
        .map(|(at, binding)| {
            json!({ "key": { "group": "g", "key": format!("k{at}") }, "label": "K", "type": text,
                "required": true, "option": true, "custom": true, "hidden": true, "arg": true,
                "choices": ["a"], "binding": binding })
        })
        .collect();
    let object = json!({ "base": "object", "list": true,
        "keys": [{ "key": "a", "label": "A", "type": text }] });
    let output = json!({ "key": { "key": "o" }, "label": "O", "type": object,
        "custom": true, "hidden": true });
    let on_error = json!({ "then": { "kind": "run_flow", "flow": "f9" },
        "retry": { "times": 3, "delays_ms": [1, 2], "only_rate_limits": false }, "is_own": true });
    json!({
        "id": "f1", "name": "Flow", "description": "For a test", "access": "o_auth",
        "saves_data": false,
        "pins": [{ "step": "s1", "outputs": [[{ "group": "g", "key": "k" }, { "a": 1 }]] }],
        "schedule": { "seconds": "0", "minutes": "0", "hours": "*", "day_of_month": "*",
            "month": "*", "day_of_week": "*", "time_zone": "Asia/Tokyo",
            "every": { "count": 3, "unit": "day", "from": "2026-11-30" },
            "window": { "from": "09:00", "to": "17:00" }, "starts": "2026-11-30", "ends": "2027-11-30",
            "overlap": "queue" },
        "on_error": { "then": { "kind": "halt" },
            "retry": { "times": 3, "delays_ms": [1], "only_rate_limits": false } },
        "steps": [
            { "id": "s1", "card": "okta:userCreated", "title": "T", "connection": "c1",
                "note": { "title": "N", "text": "n" }, "outputs": [output] },
            { "id": "s2", "card": "control:if", "inputs": inputs, "collapsed": true,
                "on_error": on_error,
                "lanes": [{ "id": "true", "inputs": inputs, "yields": inputs,
                    "steps": [{ "id": "s3", "card": "string:compose" }] }] },
        ],
    })
}

impl Backend for Fake {
    fn session(&self) -> Reply<'_, Session> {
        self.outside()
    }
    fn set_up(&self, _: SetUp) -> Reply<'_, Signed> {
        self.outside()
    }
    fn sign_in(&self, _: SignIn) -> Reply<'_, Signed> {
        self.outside()
    }
    fn sign_out(&self) -> Reply<'_, ()> {
        self.outside()
    }
    fn home(&self, query: api::HomeQuery) -> Reply<'_, Home> {
        self.give(query, home())
    }
    fn dismiss(&self, request: api::Dismiss) -> Reply<'_, ()> {
        self.give(request, Json::Null)
    }
    fn restore(&self, key: String) -> Reply<'_, ()> {
        self.give(key, Json::Null)
    }
    fn authorize(&self, _: AuthorizeRequest) -> Reply<'_, String> {
        self.outside()
    }
    fn save_web_connection(&self, request: api::WebConnection) -> Reply<'_, ConnectionId> {
        self.give(request, json!("c9"))
    }
    fn allowed_addresses(&self) -> Reply<'_, api::AllowedAddresses> {
        self.give(
            "allowed",
            json!({ "addresses": ["10.0.0.0/8"], "fixed": ["build"] }),
        )
    }
    fn save_allowed_addresses(
        &self,
        allowed: api::AllowedAddresses,
    ) -> Reply<'_, api::AllowedAddresses> {
        self.give(
            allowed,
            json!({ "addresses": ["10.0.0.0/8"], "fixed": ["build"] }),
        )
    }
    fn reauthorize(&self, id: ConnectionId) -> Reply<'_, String> {
        self.give(id, json!("https://acme.okta.com/oauth2/v1/authorize"))
    }

    fn list_flows(&self, query: FlowQuery) -> Reply<'_, FlowList> {
        self.give(
            query,
            json!({ "folders": [folder()], "flows": [row()], "connections": [] }),
        )
    }
    fn create_folder(&self, request: api::NewFolder) -> Reply<'_, Folder> {
        self.give(request, folder())
    }
    fn change_folder(&self, id: FolderId, change: api::FolderChange) -> Reply<'_, Folder> {
        self.give((id, change), folder())
    }
    fn move_folder(&self, id: FolderId, to: api::MoveInto) -> Reply<'_, Folder> {
        self.give((id, to), folder())
    }
    fn folder_contents(&self, id: FolderId) -> Reply<'_, api::FolderContents> {
        self.give(id, contents())
    }
    fn delete_folder(
        &self,
        id: FolderId,
        request: api::DeleteFolder,
    ) -> Reply<'_, api::FolderContents> {
        self.give((id, request), contents())
    }
    fn duplicate_folder(&self, id: FolderId, copy: api::NewCopy) -> Reply<'_, Folder> {
        self.give((id, copy), folder())
    }
    fn move_flow(&self, id: FlowId, to: api::MoveInto) -> Reply<'_, FlowRow> {
        self.give((id, to), row())
    }
    fn duplicate_flow(&self, id: FlowId, copy: api::NewCopy) -> Reply<'_, FlowRow> {
        self.give((id, copy), row())
    }
    fn move_table(&self, id: TableId, to: api::MoveInto) -> Reply<'_, TableView> {
        self.give((id, to), table())
    }
    fn create_flow(&self, request: NewFlow) -> Reply<'_, FlowRow> {
        self.give(request, row())
    }
    fn open_flow(&self, id: FlowId) -> Reply<'_, FlowView> {
        let view = json!({ "row": row(), "folder_name": "Folder", "draft": flow(), "revision": 7,
            "draft_is_saved": true, "connections": [connection("c1", "okta")], "callable": [row()],
            "tables": [table()], "endpoint": { "url": "http://x/", "client_token": null } });
        self.give(id, view)
    }
    fn save_draft(&self, request: SaveDraft) -> Reply<'_, i64> {
        self.give((request.id, request.revision), json!(8))
    }
    fn save_version(&self, request: SaveVersion) -> Reply<'_, VersionRow> {
        self.give(request, version())
    }
    fn list_versions(&self, id: FlowId) -> Reply<'_, Vec<VersionRow>> {
        self.give(id, json!([version()]))
    }
    fn read_version(&self, id: FlowId, number: i64) -> Reply<'_, api::VersionView> {
        self.give(
            (id, number),
            json!({ "row": version(), "document": flow() }),
        )
    }
    fn rename_version(&self, request: api::RenameVersion) -> Reply<'_, VersionRow> {
        self.give(request, version())
    }
    fn restore_version(&self, request: api::RestoreVersion) -> Reply<'_, i64> {
        self.give(request, json!(8))
    }
    fn read_draft(&self, id: FlowId) -> Reply<'_, api::DraftView> {
        self.give(id, json!({ "revision": 7, "draft": flow() }))
    }
    fn list_kept_drafts(&self, id: FlowId) -> Reply<'_, Vec<api::KeptRow>> {
        self.give(id, json!([kept()]))
    }
    fn read_kept_draft(&self, id: FlowId, kept: String) -> Reply<'_, api::KeptDraft> {
        self.give(
            (id, kept),
            json!({ "row": self::kept(), "document": flow() }),
        )
    }
    fn keep_draft(&self, request: api::KeepDraft) -> Reply<'_, api::KeptRow> {
        self.give((request.id, request.reason), kept())
    }
    fn read_look(&self, id: FlowId) -> Reply<'_, Option<api::Look>> {
        self.give(id, json!({ "looked_at": 1, "document": flow() }))
    }
    fn save_look(&self, id: FlowId) -> Reply<'_, ()> {
        self.give(id, json!(null))
    }
    fn turn(&self, request: TurnOn) -> Reply<'_, FlowRow> {
        self.give(request, row())
    }
    fn list_problems(&self, id: FlowId) -> Reply<'_, Vec<api::PlacedProblem>> {
        self.give(
            id,
            json!([{ "code": "missing_scope", "severity": "warning", "step": "s1",
                "input": { "step": "s1", "lane": "true", "yields": true, "arg": true, "field": { "key": "k" } },
                "scopes": ["okta.users.read"], "about": "Column", "number": 2,
                "title": { "en": "Read User", "ja": "ユーザーの読み取り" } }]),
        )
    }
    fn delete_flow(&self, id: FlowId) -> Reply<'_, ()> {
        self.give(id, json!(null))
    }
    fn start_run(&self, request: StartRun) -> Reply<'_, RunId> {
        self.give(request, json!("run1"))
    }
    fn list_runs(&self, filter: RunFilter) -> Reply<'_, RunList> {
        self.give(filter, json!({ "runs": [run_row()], "next": "abc" }))
    }
    fn open_run(&self, id: RunId) -> Reply<'_, RunView> {
        self.give(id, run())
    }
    fn open_pass(&self, query: api::PassQuery) -> Reply<'_, api::Pass> {
        self.give(
            query,
            json!({ "number": 3, "count": 120, "failed": 1, "first_failed": 2, "next_failed": 7,
                "run": run_row() }),
        )
    }
    fn trace_value(&self, value: api::ValueRef) -> Reply<'_, Vec<api::Origin>> {
        self.give(
            value,
            json!([{ "at": { "run": "run1", "step": "s1", "field": { "key": "k" }, "is_input": true,
                    "path": ["a"] },
                "flow": "f1", "flow_name": "Flow", "card": "okta:readUser", "title": "Read", "number": 2,
                "label": "ID", "value": 1, "masked": true, "depth": 1, "end": "start" }]),
        )
    }
    fn show_value(&self, value: api::ValueRef) -> Reply<'_, Json> {
        self.give(value, json!({ "a": 1 }))
    }
    fn cancel_run(&self, id: RunId) -> Reply<'_, RunRow> {
        self.give(id, run_row())
    }
    fn settle_run(&self, request: SettleRun) -> Reply<'_, RunRow> {
        self.give(request, run_row())
    }
    fn try_flow(&self, trial: api::Trial) -> Reply<'_, RunId> {
        self.give(trial, json!("run1"))
    }
    fn list_samples(&self, flow: FlowId) -> Reply<'_, api::Samples> {
        self.give(flow, samples())
    }
    fn save_test(&self, test: api::NewTest) -> Reply<'_, api::SavedTest> {
        self.give(test, saved_test())
    }
    fn rename_test(&self, request: api::RenameTest) -> Reply<'_, api::SavedTest> {
        self.give(request, saved_test())
    }
    fn delete_test(&self, flow: FlowId, id: String) -> Reply<'_, ()> {
        self.give((flow, id), Json::Null)
    }
    fn plan_again(&self, id: RunId) -> Reply<'_, api::AgainPlan> {
        self.give(id, again_plan())
    }
    fn run_again(&self, request: api::Again) -> Reply<'_, RunId> {
        self.give(request, json!("run1"))
    }
    fn clear_runs(&self, request: api::ClearRuns) -> Reply<'_, api::ClearedRuns> {
        self.give(request, json!({ "runs": 3 }))
    }
    fn usual_durations(&self, flows: Vec<FlowId>) -> Reply<'_, Vec<api::UsualDuration>> {
        self.give(flows, json!([{ "flow": "f1", "ms": 40 }]))
    }
    fn list_views(&self) -> Reply<'_, Vec<api::RunsView>> {
        self.give(
            "views",
            json!([{ "id": "v1", "name": "Failed", "query": "statuses=failed" }]),
        )
    }
    fn save_view(&self, view: api::NewView) -> Reply<'_, api::RunsView> {
        self.give(
            view,
            json!({ "id": "v1", "name": "Failed", "query": "statuses=failed" }),
        )
    }
    fn delete_view(&self, id: String) -> Reply<'_, ()> {
        self.give(id, Json::Null)
    }
    fn list_connections(&self) -> Reply<'_, Vec<Connection>> {
        let all = json!([
            connection("c1", "okta"),
            connection("c2", "okta"),
            connection("c3", "slack")
        ]);
        self.give("connections", all)
    }
    fn open_connection(&self, id: ConnectionId) -> Reply<'_, ConnectionDetail> {
        let cards = json!([{ "en": "Read User", "ja": "Read User" }]);
        let detail = json!({
            "connection": connection("c1", "okta"),
            "scopes": [{ "scope": "okta.users.read", "is_granted": true, "need": "needed", "cards": cards }],
            "uses": [{ "flow": "f1", "name": "Flow", "is_on": true, "cards": cards }],
            "public_key": "{}", "polled_at": 3,
        });
        self.give(id, detail)
    }
    fn make_key(&self) -> Reply<'_, NewKey> {
        self.give("key", json!({ "id": "k1", "public_key": "{}" }))
    }
    fn authorize_service(&self, request: ServiceRequest) -> Reply<'_, ServiceAnswer> {
        self.give(
            request,
            json!({ "connection": "c1", "missing": ["okta.logs.read"] }),
        )
    }
    fn list_people(&self) -> Reply<'_, Vec<PersonRow>> {
        let person = json!({ "id": "p1", "name": "Ada", "login": "ada", "role": "administrator",
            "created_at": 1, "connections": ["Acme"], "is_last_administrator": true });
        self.give("people", json!([person]))
    }
    fn delete_person(&self, id: PersonId) -> Reply<'_, PersonDeletion> {
        self.give(id, json!({ "connections": 1, "revoked": 2, "pending": 0 }))
    }
    fn test_connection(&self, id: ConnectionId) -> Reply<'_, ConnectionTest> {
        self.give(
            id,
            json!({ "works": true, "message": "Fine.", "took_ms": 3 }),
        )
    }
    fn delete_connection(&self, id: ConnectionId) -> Reply<'_, Deletion> {
        self.give(id, json!({ "revoked": 2, "pending": 0 }))
    }
    fn connection_budget(&self, id: ConnectionId) -> Reply<'_, api::Budget> {
        self.give(id, budget())
    }
    fn save_share(&self, id: ConnectionId, share: api::NewShare) -> Reply<'_, api::Budget> {
        self.give((id, share), budget())
    }
    fn look_up(&self, request: api::LookUp) -> Reply<'_, api::Choices> {
        let answer =
            json!({ "choices": [{ "id": "00g1", "name": "IT" }], "next": "c", "asked_at": 1 });
        self.give(request, answer)
    }
    fn read_schema(&self, request: api::ReadSchema) -> Reply<'_, api::Attributes> {
        let attribute = json!({ "name": "size", "title": "Size", "type": { "base": "text" },
            "choices": [{ "value": "S", "label": "Small" }],
            "is_required": true, "is_read_only": true, "is_custom": true });
        self.give(request, json!({ "attributes": [attribute], "asked_at": 1 }))
    }
    fn search_flows(&self, search: api::FlowSearch) -> Reply<'_, api::FlowHits> {
        let spot = json!({ "step": "s1", "number": 2, "title": "Read User", "card": "okta:readUser",
            "kind": "value", "field": "Text", "excerpt": "a b", "marks": [{ "from": 0, "to": 1 }], "version": 3 });
        let flow = json!({ "id": "f1", "name": "Flow", "folder": "IT", "is_on": true, "spots": [spot], "more": 1 });
        self.give(search, json!({ "flows": [flow], "next": "f1 flow" }))
    }
    fn quick_find(&self, find: api::QuickFind) -> Reply<'_, api::QuickFound> {
        let thing = json!({ "kind": "flow", "id": "f1", "name": "Flow", "about": "IT", "is_on": true, "status": "failed" });
        self.give(find, json!({ "things": [thing] }))
    }
    fn list_audit(&self, search: api::AuditSearch) -> Reply<'_, api::AuditPage> {
        let entry = json!({ "id": "a1", "at": 1, "person": "p1", "person_name": "Hanako", "action": "flow.activate",
            "kind": "flow", "object": "f1", "name": "Flow", "before": null, "after": { "version": 1 } });
        self.give(search, json!({ "entries": [entry], "next": "a1" }))
    }
    fn look_at_pack(&self, text: String) -> Reply<'_, PackView> {
        self.give(text, pack())
    }
    fn import_pack(&self, text: String, assignments: Assignments) -> Reply<'_, ImportReport> {
        let report = json!({ "folder": "d1", "tables": [["t1", "Table"]], "todos": [todo()],
            "flows": [{ "id": "f1", "name": "Flow", "kind": "event", "problems": 0 }] });
        self.give((text, assignments), report)
    }
    fn export_pack(&self, request: api::ExportRequest) -> Reply<'_, api::ExportedPack> {
        let text = json!({ "type": "flopack" }).to_string();
        self.give(request, json!({ "file_name": "a.flopack", "text": text }))
    }
    fn server_facts(&self) -> Reply<'_, api::ServerFacts> {
        let demo = json!({ "domain": "http://127.0.0.1:1", "client_id": "c", "client_secret": "s",
            "login": "a", "password": "p" });
        self.give(
            (),
            json!({ "version": "0.1.0", "public_url": "https://n.example", "is_address_given": true,
                "database": "sqlite", "runs_at_once": 256, "poll_ms": 5000, "takes_hooks": true,
                "file_days": 30, "trial_days": 30, "demo": demo }),
        )
    }
    fn test_address(&self) -> Reply<'_, api::AddressTest> {
        self.give(
            (),
            json!({ "url": "https://n.example", "state": "reached" }),
        )
    }

    fn list_templates(&self) -> Reply<'_, Vec<api::TemplateRow>> {
        self.give((), json!([template_row()]))
    }
    fn open_template(&self, id: String) -> Reply<'_, api::TemplateView> {
        let said = json!({ "en": "A", "ja": "あ" });
        let sample = json!({
            "row": template_row(), "overview": said, "needs": [said], "steps": [said],
            "asks": [{ "key": "group", "label": said, "example": "00g" }],
            "flows": [{ "name": said, "description": said, "kind": "event", "picture": picture() }],
            "tables": [[said, ["Mail"]]], "scopes": ["okta.users.read"],
        });
        self.give(id, sample)
    }
    fn install_template(
        &self,
        id: String,
        request: api::InstallTemplate,
    ) -> Reply<'_, api::InstalledTemplate> {
        let flow = json!({ "id": "f1", "name": "Flow", "kind": "event", "problems": 0 });
        let sample = json!({ "folder": "d1", "flows": [flow], "tables": [["t1", "People"]] });
        self.give((id, request), sample)
    }

    fn plan_schedule(&self, _: flow::Schedule) -> Reply<'_, api::SchedulePlan> {
        self.outside()
    }
    fn time_zones(&self) -> Reply<'_, Vec<String>> {
        self.outside()
    }
    fn list_delegated(&self) -> Reply<'_, Vec<api::DelegatedFlow>> {
        let input = json!({ "name": "inputs.who", "label": "Who", "type": { "base": "text" },
            "is_required": true, "choices": ["a"] });
        let flow = json!({ "id": "f1", "name": "Flow", "description": "", "inputs": [input] });
        self.give("delegated", json!([flow]))
    }
    fn run_delegated(&self, request: StartRun) -> Reply<'_, api::DelegatedRun> {
        self.give(request, delegated_run())
    }
    fn open_delegated(&self, run: RunId) -> Reply<'_, api::DelegatedRun> {
        self.give(run, delegated_run())
    }
    fn list_delegates(&self, flow: FlowId) -> Reply<'_, Vec<api::Delegate>> {
        self.give(flow, json!([delegate()]))
    }
    fn save_delegates(&self, flow: FlowId, people: Vec<PersonId>) -> Reply<'_, Vec<api::Delegate>> {
        self.give((flow, people), json!([delegate()]))
    }
    fn list_directories(&self) -> Reply<'_, Vec<api::DirectoryView>> {
        self.give("directories", json!([directories::directory()]))
    }
    fn open_directory(&self, id: String) -> Reply<'_, api::DirectoryView> {
        self.give(id, directories::directory())
    }
    fn save_directory(&self, request: api::SaveDirectory) -> Reply<'_, api::DirectoryView> {
        self.give(request, directories::directory())
    }
    fn delete_directory(&self, id: String) -> Reply<'_, ()> {
        self.give(id, Json::Null)
    }
    fn test_directory(&self, id: String) -> Reply<'_, api::DirectoryTest> {
        self.give(id, directories::test())
    }
    fn list_units(&self, id: String) -> Reply<'_, Vec<api::DirectoryUnit>> {
        self.give(id, json!([directories::unit()]))
    }
    fn read_mapping(&self, id: String) -> Reply<'_, api::MappingView> {
        self.give(id, directories::mapping())
    }
    fn save_mapping(&self, id: String, request: api::SaveMapping) -> Reply<'_, api::MappingView> {
        self.give((id, request), directories::mapping())
    }
    fn preview_mapping(
        &self,
        id: String,
        request: api::PreviewMapping,
    ) -> Reply<'_, api::MappingPreview> {
        self.give((id, request), directories::preview())
    }
    fn try_mapping(&self, id: String, request: api::TryMapping) -> Reply<'_, api::MappingTrial> {
        self.give((id, request), directories::trial())
    }
    fn check_mapping(
        &self,
        id: String,
        request: api::CheckMapping,
    ) -> Reply<'_, api::MappingCheck> {
        self.give((id, request), directories::check())
    }
    fn find_people(
        &self,
        id: String,
        request: api::FindPeople,
    ) -> Reply<'_, Vec<api::DirectoryPerson>> {
        self.give((id, request), json!([directories::person()]))
    }
    fn find_org_users(
        &self,
        id: String,
        request: api::FindOrgUsers,
    ) -> Reply<'_, Vec<api::OrgUser>> {
        self.give((id, request), json!([directories::org_user()]))
    }
    fn list_directory_users(
        &self,
        id: String,
        query: api::DirectoryUserQuery,
    ) -> Reply<'_, Vec<Json>> {
        self.give(
            (id, query),
            json!([{ "mail": "a@example.com", "isEnabled": true }]),
        )
    }
    fn sign_in_user(&self, id: String, request: api::SignInUser) -> Reply<'_, api::SignedInUser> {
        self.give((id, request), directories::signed_in())
    }
    fn write_back(&self, id: String, request: api::WriteBack) -> Reply<'_, api::WrittenBack> {
        self.give((id, request), directories::written_back())
    }
    fn start_import(
        &self,
        id: String,
        request: api::StartImport,
    ) -> Reply<'_, api::DirectoryImport> {
        self.give((id, request), directories::import())
    }
    fn list_imports(&self, id: String) -> Reply<'_, Vec<api::DirectoryImport>> {
        self.give(id, json!([directories::import()]))
    }
    fn open_import(&self, id: String) -> Reply<'_, api::DirectoryImport> {
        self.give(id, directories::import())
    }
    fn approve_import(&self, id: String) -> Reply<'_, api::DirectoryImport> {
        self.give(("approve", id), directories::import())
    }
    fn cancel_import(&self, id: String) -> Reply<'_, api::DirectoryImport> {
        self.give(("cancel", id), directories::import())
    }
    fn list_import_lines(&self, id: String, query: api::LineQuery) -> Reply<'_, api::LinePage> {
        self.give((id, query), directories::lines())
    }
    fn list_waiting_users(&self, id: String) -> Reply<'_, Vec<api::WaitingUser>> {
        self.give(id, json!([directories::waiting()]))
    }
    fn confirm_users(
        &self,
        id: String,
        users: Vec<api::ConfirmUser>,
    ) -> Reply<'_, Vec<api::WaitingUser>> {
        self.give((id, users), json!([directories::waiting()]))
    }
    fn list_tables(&self) -> Reply<'_, Vec<TableView>> {
        self.give("tables", json!([table()]))
    }
    fn create_table(&self, new: TableView) -> Reply<'_, TableView> {
        self.give(new, table())
    }
    fn list_rows(&self, id: TableId, query: RowQuery) -> Reply<'_, RowPage> {
        self.give(
            (id, query),
            json!({ "table": table(), "rows": [table_row()], "matching": 1, "keys": [table_key()] }),
        )
    }
    fn insert_row(&self, id: TableId, change: RowChange) -> Reply<'_, TableRow> {
        self.give((id, change), table_row())
    }
    fn update_row(&self, id: TableId, row: RowId, change: RowChange) -> Reply<'_, TableRow> {
        self.give((id, row, change), table_row())
    }
    fn delete_row(&self, id: TableId, row: RowId) -> Reply<'_, ()> {
        self.give((id, row), json!(null))
    }
    fn delete_rows(&self, id: TableId, rows: api::RowIds) -> Reply<'_, i64> {
        self.give((id, rows), json!(1))
    }
    fn clear_table(&self, id: TableId) -> Reply<'_, i64> {
        self.give(id, json!(3))
    }
    fn put_row(&self, id: TableId, put: api::PutRow) -> Reply<'_, api::PutReply> {
        self.give((id, put), json!({ "row": table_row(), "is_new": true }))
    }
    fn change_table(&self, id: TableId, change: api::TableChange) -> Reply<'_, TableView> {
        self.give((id, change), table())
    }
    fn delete_table(&self, id: TableId) -> Reply<'_, ()> {
        self.give(id, json!(null))
    }
    fn table_uses(&self, id: TableId) -> Reply<'_, Vec<api::TableUse>> {
        self.give(
            id,
            json!([{ "flow": "f1", "name": "Flow", "is_on": true, "columns": ["a"] }]),
        )
    }
    fn add_column(&self, id: TableId, column: api::TableColumn) -> Reply<'_, TableView> {
        self.give((id, column), table())
    }
    fn change_column(
        &self,
        id: TableId,
        name: String,
        change: api::ColumnChange,
    ) -> Reply<'_, TableView> {
        self.give((id, name, change), table())
    }
    fn delete_column(&self, id: TableId, name: String) -> Reply<'_, TableView> {
        self.give((id, name), table())
    }
    fn add_table_key(&self, id: TableId, key: api::NewKeyOfTable) -> Reply<'_, api::TableKey> {
        self.give((id, key), table_key())
    }
    fn delete_table_key(&self, id: TableId, key: String) -> Reply<'_, ()> {
        self.give((id, key), json!(null))
    }
    fn csv_part(&self, _: TableId, _: api::CsvQuery, _: Option<String>) -> Reply<'_, api::CsvPart> {
        Box::pin(async {
            Ok(api::CsvPart {
                text: "a\r\nx\r\n".to_owned(),
                next: None,
            })
        })
    }
    fn csv_rows(&self, _: TableId, rows: api::CsvRows) -> Reply<'_, api::CsvReport> {
        let line = rows.rows.len();
        self.give(
            rows,
            json!({ "added": line, "changed": 0, "refused": 1,
                "problems": [{ "line": 2, "column": "a", "message": "Wrong." }] }),
        )
    }
}
