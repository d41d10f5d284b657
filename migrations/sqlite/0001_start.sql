-- Ids are TEXT, times are milliseconds UTC, booleans are 0 or 1, JSON is TEXT.
-- Every change here has its twin of the same number in ../postgres.

create table person (
    id TEXT not null primary key,
    login TEXT not null,
    name TEXT not null,
    password_hash TEXT,
    role TEXT not null,
    created_at BIGINT not null,
    language TEXT,
    theme TEXT
);
create unique index person_login on person (login);

create table session (
    id TEXT not null primary key,
    data TEXT not null,
    expires_at BIGINT not null
);
create index session_expires on session (expires_at);

create table setting (
    name TEXT not null primary key,
    value TEXT not null,
    updated_at BIGINT not null
);

create table token (
    id TEXT not null primary key,
    name TEXT not null,
    hash TEXT not null,
    person TEXT not null references person (id) on delete cascade,
    created_at BIGINT not null,
    last_used_at BIGINT,
    expires_at BIGINT
);
create unique index token_hash on token (hash);
create index token_person on token (person);

create table folder (
    id TEXT not null primary key,
    parent TEXT references folder (id),
    name TEXT not null,
    description TEXT not null,
    skeleton TEXT
);
create index folder_parent on folder (parent);

create table folder_grant (
    folder TEXT not null references folder (id) on delete cascade,
    person TEXT not null references person (id) on delete cascade,
    role TEXT not null,
    primary key (folder, person)
);
create index folder_grant_person on folder_grant (person);

create table flow (
    id TEXT not null primary key,
    folder TEXT references folder (id),
    name TEXT not null,
    name_key TEXT not null,
    kind TEXT not null,
    is_on SMALLINT not null,
    version BIGINT,
    draft TEXT not null,
    draft_revision BIGINT not null,
    skeleton TEXT,
    problems BIGINT not null,
    cards BIGINT not null,
    author TEXT,
    created_at BIGINT not null,
    updated_at BIGINT not null
);
create index flow_name on flow (name_key, id);
create index flow_folder on flow (folder, name_key, id);

-- Versions outlive their flow, so that the pages of its runs can still be drawn.
create table flow_version (
    flow TEXT not null,
    number BIGINT not null,
    name TEXT not null,
    document TEXT not null,
    author TEXT,
    created_at BIGINT not null,
    primary key (flow, number)
);

-- What starts the active version of a flow.
create table flow_trigger (
    flow TEXT not null primary key references flow (id) on delete cascade,
    version BIGINT not null,
    kind TEXT not null,
    card TEXT not null,
    connection TEXT,
    next_at BIGINT
);
create index flow_trigger_card on flow_trigger (connection, card);
create index flow_trigger_next on flow_trigger (next_at) where next_at is not null;

-- What a draft or an active version refers to: connections, flows, tables.
create table flow_use (
    flow TEXT not null references flow (id) on delete cascade,
    source TEXT not null,
    kind TEXT not null,
    target TEXT not null,
    primary key (flow, source, kind, target)
);
create index flow_use_target on flow_use (kind, target);

create table connection (
    id TEXT not null primary key,
    module TEXT not null,
    name TEXT not null,
    base_url TEXT not null,
    client_id TEXT,
    state TEXT not null,
    account TEXT,
    scopes TEXT not null,
    sealed BLOB not null,
    sealed_key_version BIGINT not null,
    revision BIGINT not null,
    owner TEXT,
    created_at BIGINT not null,
    updated_at BIGINT not null,
    last_checked_at BIGINT,
    last_error TEXT
);
create index connection_module on connection (module, name);

create table pending_authorization (
    state TEXT not null primary key,
    connection TEXT,
    sealed BLOB not null,
    sealed_key_version BIGINT not null,
    created_at BIGINT not null,
    expires_at BIGINT not null
);
create index pending_authorization_expires on pending_authorization (expires_at);

create table pending_revocation (
    id TEXT not null primary key,
    connection TEXT not null,
    name TEXT not null,
    base_url TEXT not null,
    sealed BLOB not null,
    sealed_key_version BIGINT not null,
    attempts BIGINT not null,
    next_at BIGINT not null,
    last_error TEXT,
    created_at BIGINT not null
);
create index pending_revocation_next on pending_revocation (next_at);

create table data_table (
    id TEXT not null primary key,
    folder TEXT references folder (id),
    name TEXT not null,
    name_key TEXT not null,
    description TEXT not null,
    columns TEXT not null,
    created_at BIGINT not null,
    updated_at BIGINT not null
);
create index data_table_name on data_table (name_key, id);
create index data_table_folder on data_table (folder);

create table data_row (
    id TEXT not null primary key,
    table_id TEXT not null references data_table (id) on delete cascade,
    cells TEXT not null,
    created_at BIGINT not null,
    updated_at BIGINT not null
);
create index data_row_table on data_row (table_id, id);

-- No reference to connection: an event is accepted as fast as it can be written.
create table inbox_event (
    id TEXT not null primary key,
    connection TEXT not null,
    event_uuid TEXT not null,
    event_type TEXT not null,
    payload TEXT not null,
    received_at BIGINT not null,
    handled_at BIGINT,
    claimed_until BIGINT
);
create unique index inbox_event_uuid on inbox_event (connection, event_uuid);
create index inbox_event_open on inbox_event (id) where handled_at is null;
create index inbox_event_handled on inbox_event (handled_at) where handled_at is not null;

create table polling_cursor (
    connection TEXT not null primary key,
    position TEXT not null,
    updated_at BIGINT not null
);

create table run (
    id TEXT not null primary key,
    flow TEXT not null,
    flow_name TEXT not null,
    version BIGINT not null,
    parent_run TEXT,
    parent_step TEXT,
    root_run TEXT not null,
    item BIGINT not null,
    cause TEXT not null,
    status TEXT not null,
    created_at BIGINT not null,
    started_at BIGINT,
    ended_at BIGINT,
    duration_ms BIGINT,
    error_code TEXT,
    error_message TEXT,
    failed_step TEXT,
    person TEXT,
    subject TEXT,
    is_private SMALLINT not null,
    lease_owner TEXT,
    due_at BIGINT,
    input TEXT not null,
    result TEXT
);
create index run_flow on run (flow, id);
-- Most runs succeed; the indexes by status leave those out, so that they stay small.
create index run_status on run (status, id) where status <> 'succeeded';
create index run_flow_status on run (flow, status, id) where status <> 'succeeded';
create index run_top on run (id) where parent_run is null;
create index run_parent on run (parent_run, item, id) where parent_run is not null;
create index run_subject on run (subject, id) where subject is not null;
create index run_due on run (due_at) where due_at is not null;

-- No reference to run: one look-up less for each row of the most written table.
create table journal (
    run TEXT not null,
    seq BIGINT not null,
    entries TEXT not null,
    primary key (run, seq)
);

create table audit (
    id TEXT not null primary key,
    at BIGINT not null,
    actor TEXT,
    action TEXT not null,
    object_kind TEXT not null,
    object_id TEXT not null,
    before_change TEXT,
    after_change TEXT
);
create index audit_object on audit (object_kind, object_id, id);

create trigger run_is_finished before update of id, flow, flow_name, version, parent_run, parent_step, root_run, item, cause, status, created_at, started_at,
    ended_at, duration_ms, error_code, error_message, failed_step, person, subject, is_private, lease_owner, due_at
on run
when old.status in ('succeeded', 'stopped', 'failed', 'canceled')
begin
    select raise(abort, 'nagare:run_is_finished');
end;

-- Where the flow saves no data, what went through a run may be taken away after its end, and nothing else.
create trigger run_data_is_finished before update of input, result on run
when old.status in ('succeeded', 'stopped', 'failed', 'canceled') and not (
    old.is_private = 1
    and new.input in (old.input, '[]')
    and coalesce(new.result, '') in ('', coalesce(old.result, ''))
)
begin
    select raise(abort, 'nagare:run_is_finished');
end;

create trigger run_status_order before update of status on run
when new.status <> old.status and not (
    (old.status = 'queued' and new.status in ('running', 'waiting', 'succeeded', 'stopped', 'failed', 'canceled'))
    or (old.status = 'running' and new.status in ('queued', 'waiting', 'succeeded', 'stopped', 'failed', 'outcome_unknown', 'canceled'))
    or (old.status = 'waiting' and new.status in ('queued', 'running', 'stopped', 'failed', 'canceled'))
    or (old.status = 'outcome_unknown' and new.status in ('queued', 'running', 'stopped', 'failed', 'canceled'))
)
begin
    select raise(abort, 'nagare:run_status_order');
end;

create trigger flow_version_is_final before update on flow_version
begin
    select raise(abort, 'nagare:flow_version_is_final');
end;

create trigger journal_is_final before update on journal
begin
    select raise(abort, 'nagare:journal_is_final');
end;

create trigger audit_is_final before update on audit
begin
    select raise(abort, 'nagare:audit_is_final');
end;
