-- Where an org posts its events to; one for each connection, kept until the org has confirmed its removal.
create table event_hook (
    id TEXT not null primary key,
    connection TEXT not null,
    remote_id TEXT,
    address TEXT not null,
    types TEXT not null,
    sealed BLOB not null,
    sealed_key_version BIGINT not null,
    is_verified SMALLINT not null,
    attempts BIGINT not null,
    next_at BIGINT not null,
    held_until BIGINT,
    last_error TEXT,
    created_at BIGINT not null,
    verified_at BIGINT
);
create unique index event_hook_connection on event_hook (connection);

-- What came around the event: the delivery's id, time, source and headers. Nothing where it was read from a log.
alter table inbox_event add column envelope TEXT;

-- Since when the flow listens, by the clock of the org. What happened before does not start it.
alter table flow_trigger add column since BIGINT;
