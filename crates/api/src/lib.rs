//! What crosses the wire between browser, scripts and server: requests, replies, the one error type, and the
//! [`Backend`] that both the web UI and `/api/v1` call. Knows the flow language and nothing of storage or HTTP.

mod audit;
mod backend;
mod budget;
mod connections;
mod delegated;
mod directories;
mod error;
mod exports;
mod flows;
mod folders;
mod home;
mod imports;
mod inspect;
mod lookups;
mod people;
mod presence;
mod runs;
mod schedules;
mod search;
mod server_facts;
mod tables;
mod templates;
mod trials;
mod versions;

pub use audit::{AUDIT_KINDS, AUDIT_VERBS, AuditPage, AuditRow, AuditSearch, MOST_ENTRIES};
pub use backend::{Backend, Handle, Reply};
pub use budget::{BucketBudget, Budget, BudgetMinute, LEAVE_PERCENT, NewShare};
pub use connections::{
    AllowedAddresses, AuthorizeRequest, CardName, Connection, ConnectionCards, ConnectionDetail,
    ConnectionState, ConnectionTest, ConnectionUse, Deletion, EventRoad, Grant, Need, NewKey,
    ScopeState, ServiceAnswer, ServiceKey, ServiceRequest, WebAuth, WebConnection,
};
pub use delegated::{Delegate, DelegatedFlow, DelegatedInput, DelegatedRun};
pub use directories::{
    AttributeFacts, CheckMapping, ConfirmUser, ConfirmationSettings, DirectoryImport,
    DirectoryPerson, DirectorySecurity, DirectoryTest, DirectoryUnit, DirectoryUserQuery,
    DirectoryView, ExactMatch, FindOrgUsers, FindPeople, Hidden, ImportLine, ImportRoad,
    ImportSettings, ImportStatus, ImportTimetable, LinePage, LineQuery, MappingCheck,
    MappingPreview, MappingRow, MappingTrial, MappingView, MappingWay, MatchingSettings,
    NotWrittenBack, OrgUser, PreviewMapping, RemovalSetting, SafeguardSettings, SaveDirectory,
    SaveMapping, SignInUser, SignedInUser, StartImport, TriedPerson, TryMapping, UserDecision,
    UsernameFormat, WaitingUser, WriteBack, WrittenBack,
};
pub use error::{ApiError, ErrorCode};
pub use exports::{ExportRequest, ExportedPack};
pub use flows::{
    Endpoint, FlowList, FlowQuery, FlowRow, FlowView, Folder, LastRun, NewFlow, PlacedProblem,
    SaveDraft, StartRun, TurnOn,
};
pub use folders::{
    DeleteFolder, FolderChange, FolderContents, MAX_FOLDER_DEPTH, MoveInto, NewCopy, NewFolder,
};
pub use home::{
    Attention, BudgetBar, BusyFlow, Cause as AttentionCause, Dismiss, Dismissed, Figures, Home,
    HomeQuery, HomeSpan, PartBar,
};
pub use imports::{
    Assignments, ImportReport, ImportedFlow, PackConnection, PackFlow, PackProblem, PackTable,
    PackTodo, PackView, TodoKind,
};
pub use inspect::{CalledBy, MASK, Origin, OriginEnd, Pass, PassQuery, ValueRef};
pub use lookups::{Attribute, Attributes, Choices, LookUp, MOST_IDS, OrgChoice, ReadSchema};
pub use people::{PersonDeletion, PersonRow, Role, Session, SetUp, SignIn, Signed};
pub use presence::{Here, Peer, RoomNews};
pub use runs::{
    CallView, Cause, ChildRun, Decision, FieldValue, RunFilter, RunList, RunRow, RunStatus,
    RunView, SettleRun, Several, StepRun, StepState, TrialKind,
};
pub use schedules::{PlannedRun, SchedulePlan, ScheduleProblem};
pub use search::{
    FlowHit, FlowHits, FlowSearch, MOST_FLOWS, MOST_QUICK, QuickFind, QuickFound, QuickKind,
    QuickThing, SpotHit,
};
pub use server_facts::{AddressState, AddressTest, DemoOrg, ServerFacts};
pub use tables::{
    Cell, ColumnChange, CsvMode, CsvPart, CsvProblem, CsvQuery, CsvReport, CsvRows, CsvUpload,
    NewKeyOfTable, PutReply, PutRow, RowChange, RowIds, RowPage, RowQuery, TableChange,
    TableColumn, TableKey, TableRow, TableUse, TableView,
};
pub use templates::{
    InstallTemplate, InstalledTemplate, Picture, Plate, Said, TemplateAsk, TemplateFlow,
    TemplateRow, TemplateView,
};
pub use trials::{
    Again, AgainFrom, AgainPlan, AgainVersion, Changed, ClearRuns, ClearedRuns, FromCard,
    HowChanged, NewTest, NewView, RenameTest, RunsView, Sample, Samples, SavedTest, Trial,
    UsualDuration, field_name,
};
pub use versions::{
    DraftView, KeepDraft, KeptDraft, KeptReason, KeptRow, Look, MAX_VERSION_NAME, MAX_VERSION_NOTE,
    RenameVersion, RestoreVersion, SaveVersion, VersionRow, VersionView,
};
