-- How far an import is that goes by sessions of an identity source: JSON that only the server understands.
alter table directory_import add column progress TEXT;
