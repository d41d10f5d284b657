-- How a connection gets its tokens: by a person's consent, or as a service app with a key of its own.
alter table connection add column grant_type TEXT not null default 'authorization_code';
-- Its tokens are bound to a key (RFC 9449).
alter table connection add column is_bound SMALLINT not null default 0;
create index connection_owner on connection (owner);

-- Who deleted the connection; absent where the program itself replaced its tokens.
alter table pending_revocation add column actor TEXT;
-- Tokens that were replaced are revoked like those of a deleted connection, but nothing else of it goes.
alter table pending_revocation add column is_deletion SMALLINT not null default 1;
