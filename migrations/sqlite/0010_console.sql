-- How long a run's calls waited for rate limits, in milliseconds; absent where they did not.
alter table run add column waited_ms BIGINT;

-- What somebody put away from the list of what needs attention. It comes back when its mark changes.
create table dismissal (
    key TEXT not null primary key,
    mark TEXT not null,
    reason TEXT not null,
    person TEXT not null,
    at BIGINT not null
);
