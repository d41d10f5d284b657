-- Files that cards made. The content lies in parts, so that a large file is never whole in memory.
create table stored_file (
    id TEXT collate "C" not null primary key,
    run TEXT collate "C" not null,
    root_run TEXT collate "C" not null,
    name TEXT not null,
    media_type TEXT not null,
    size BIGINT not null,
    is_whole SMALLINT not null,
    created_at BIGINT not null,
    updated_at BIGINT not null,
    expires_at BIGINT not null
);
create index stored_file_root on stored_file (root_run);
create index stored_file_expires on stored_file (expires_at);

create table stored_file_part (
    file TEXT collate "C" not null references stored_file (id) on delete cascade,
    seq BIGINT not null,
    bytes BYTEA not null,
    primary key (file, seq)
);

-- Runs that wait at a card for somebody to resume them, and what they were resumed with.
create table pause (
    run TEXT collate "C" not null,
    card TEXT collate "C" not null,
    until_at BIGINT not null,
    given TEXT,
    resumed_at BIGINT,
    primary key (run, card)
);
create index pause_resumed on pause (resumed_at) where resumed_at is not null;
