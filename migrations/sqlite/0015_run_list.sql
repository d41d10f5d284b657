-- The list shows runs that nobody called. Among a million runs of helper flows they are found by these, and only runs that
-- nobody called pay for them.
create index run_top_flow on run (flow, id) where parent_run is null;
create index run_top_version on run (flow, version, id) where parent_run is null;
create index run_top_status on run (status, id) where parent_run is null and status <> 'succeeded';

-- Runs that somebody tried a flow out with go after a time.
create index run_trial on run (id) where trial is not null;
