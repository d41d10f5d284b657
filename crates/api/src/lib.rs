//! What crosses the wire between browser, scripts and server: requests, replies, the one error type, and the
//! [`Backend`] that both the web UI and `/api/v1` call. Knows the flow language and nothing of storage or HTTP.

mod backend;
mod budget;
mod connections;
mod delegated;
mod directories;
mod error;
mod exports;
mod flows;
mod home;
mod imports;
mod lookups;
mod people;
mod runs;
mod schedules;
mod tables;

pub use backend::{Backend, Handle, Reply};
pub use budget::{BucketBudget, Budget, BudgetMinute, LEAVE_PERCENT, NewShare};
pub use connections::{
    AllowedAddresses, AuthorizeRequest, CardName, Connection, ConnectionCards, ConnectionDetail,
    ConnectionState, ConnectionTest, ConnectionUse, Deletion, EventRoad, Grant, Need, NewKey,
    ScopeState, ServiceAnswer, ServiceKey, ServiceRequest, WebAuth, WebConnection,
};
pub use delegated::{Delegate, DelegatedFlow, DelegatedInput, DelegatedRun};
pub use directories::{
    ConfirmUser, ConfirmationSettings, DirectoryImport, DirectorySecurity, DirectoryTest,
    DirectoryUnit, DirectoryView, ExactMatch, ImportLine, ImportSettings, ImportStatus,
    ImportTimetable, LinePage, LineQuery, MappingPreview, MappingRow, MappingView, MappingWay,
    MatchingSettings, PreviewMapping, RemovalSetting, SafeguardSettings, SaveDirectory,
    SaveMapping, StartImport, UserDecision, UsernameFormat, WaitingUser,
};
pub use error::{ApiError, ErrorCode};
pub use exports::{ExportRequest, ExportedPack};
pub use flows::{
    Endpoint, FlowList, FlowQuery, FlowRow, FlowView, Folder, NewFlow, SaveDraft, SaveVersion,
    StartRun, TurnOn, VersionRow,
};
pub use home::{Attention, BusyFlow, Home, HourBar};
pub use imports::{
    Assignments, ImportReport, ImportedFlow, PackConnection, PackFlow, PackProblem, PackTable,
    PackTodo, PackView, TodoKind,
};
pub use lookups::{Attribute, Attributes, Choices, LookUp, MOST_IDS, OrgChoice, ReadSchema};
pub use people::{PersonDeletion, PersonRow, Role, Session, SetUp, SignIn, Signed};
pub use runs::{
    CallView, Cause, ChildRun, Decision, FieldValue, RunFilter, RunList, RunRow, RunStatus,
    RunView, SettleRun, StepRun, StepState,
};
pub use schedules::{PlannedRun, SchedulePlan, ScheduleProblem};
pub use tables::{
    Cell, ColumnChange, CsvMode, CsvPart, CsvProblem, CsvQuery, CsvReport, CsvRows, CsvUpload,
    NewKeyOfTable, PutReply, PutRow, RowChange, RowIds, RowPage, RowQuery, TableChange,
    TableColumn, TableKey, TableRow, TableUse, TableView,
};
