-- How long a run's calls waited for rate limits, in milliseconds; absent where they did not.
alter table run add column waited_ms BIGINT;

-- What somebody put away from the list of what needs attention. It comes back when its mark changes.
create table dismissal (
    key TEXT collate "C" not null primary key,
    mark TEXT collate "C" not null,
    reason TEXT not null,
    person TEXT collate "C" not null,
    at BIGINT not null
);
