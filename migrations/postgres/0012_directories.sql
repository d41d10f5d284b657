-- Directories that users are imported from.
create table directory (
    id TEXT collate "C" not null primary key,
    name TEXT not null,
    address TEXT not null,
    account TEXT not null,
    sealed BYTEA not null,
    sealed_key_version BIGINT not null,
    connection TEXT collate "C",
    settings TEXT not null,
    mapping TEXT,
    cursor TEXT,
    schedule TEXT,
    next_at BIGINT,
    revision BIGINT not null,
    created_at BIGINT not null,
    updated_at BIGINT not null
);
create unique index directory_name on directory (name);
create index directory_next_at on directory (next_at) where next_at is not null;

-- What is kept of each user between imports.
create table directory_user (
    directory TEXT collate "C" not null references directory (id) on delete cascade,
    guid TEXT collate "C" not null,
    name TEXT not null,
    login TEXT,
    okta_user TEXT collate "C",
    status TEXT collate "C" not null,
    state TEXT collate "C" not null,
    digest TEXT collate "C",
    found TEXT,
    updated_at BIGINT not null,
    primary key (directory, guid)
);
create index directory_user_state on directory_user (directory, state, guid);

-- An import: planned, looked at, carried out.
create table directory_import (
    id TEXT collate "C" not null primary key,
    directory TEXT collate "C" not null references directory (id) on delete cascade,
    wish TEXT collate "C" not null,
    cause TEXT collate "C" not null,
    person TEXT collate "C",
    status TEXT collate "C" not null,
    reading TEXT,
    counts TEXT,
    roadblock TEXT,
    cursor TEXT,
    error TEXT,
    approved_by TEXT collate "C",
    created_at BIGINT not null,
    planned_at BIGINT,
    begun_at BIGINT,
    ended_at BIGINT,
    held_by TEXT collate "C",
    held_until BIGINT
);
create index directory_import_newest on directory_import (directory, created_at, id);
-- One at a time for each directory.
create unique index directory_import_open on directory_import (directory)
    where status in ('planning', 'planned', 'roadblock', 'running');

-- The lines of its plan.
create table directory_item (
    import TEXT collate "C" not null references directory_import (id) on delete cascade,
    seq BIGINT not null,
    guid TEXT collate "C" not null,
    name TEXT not null,
    action TEXT collate "C" not null,
    detail TEXT not null,
    state TEXT collate "C" not null,
    okta_user TEXT collate "C",
    error TEXT,
    primary key (import, seq)
);
create index directory_item_state on directory_item (import, state, seq);
create index directory_item_action on directory_item (import, action, seq);
