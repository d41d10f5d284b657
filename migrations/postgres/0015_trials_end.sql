-- Runs that somebody tried a flow out with go after a time; among a million others they are found by this.
create index run_trial on run (id) where trial is not null;
