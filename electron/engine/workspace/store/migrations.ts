/** Numbered steps of the catalogue's tables, consecutive from 1, up only; a landed step is never changed. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

export const migrations: readonly Migration[] = [
  {
    number: 1,
    name: 'datasets, relationships, reports, settings',
    sql: `
      create table dataset (
        id text primary key,
        name text not null unique collate nocase,
        mode text not null check (mode in ('extract', 'live')),
        version integer not null,
        position integer not null
      ) strict;
      create table dataset_version (
        dataset text not null references dataset (id) on delete cascade,
        version integer not null,
        -- File in extracts/, or null for a live table.
        file text,
        live_path text,
        live_table text,
        rows integer not null,
        rejected integer not null,
        data_as_of text not null,
        last_day text,
        fields text not null,
        warnings text not null,
        overrides text not null,
        primary key (dataset, version)
      ) strict;
      create table source (
        dataset text not null,
        version integer not null,
        position integer not null,
        name text not null,
        part text,
        kind text not null,
        path text,
        hash text not null,
        rows integer not null,
        rejected integer not null,
        imported_at text not null,
        primary key (dataset, version, position),
        foreign key (dataset, version) references dataset_version (dataset, version) on delete cascade
      ) strict;
      create table relationship (
        id text primary key,
        from_dataset text not null references dataset (id) on delete cascade,
        from_field text not null,
        to_dataset text not null references dataset (id) on delete cascade,
        to_field text not null,
        orphans integer not null,
        blanks integer not null,
        examples text not null,
        -- Map file in extracts/ and the versions it was made from.
        file text not null,
        from_version integer not null,
        to_version integer not null,
        unique (from_dataset, from_field, to_dataset, to_field)
      ) strict;
      create table report (
        path text primary key,
        title text not null,
        opened_at text not null
      ) strict;
      create table report_slot (
        report text not null references report (path) on delete cascade,
        slot text not null,
        dataset text not null,
        primary key (report, slot)
      ) strict;
      create table setting (
        key text primary key,
        value text not null
      ) strict;`,
  },
  {
    number: 2,
    name: 'what a refresh needs, kept versions',
    sql: `
      -- The highest number a version ever had: a number is never given twice, even after a rollback.
      alter table dataset add column latest integer not null default 0;
      update dataset set latest = version;
      -- Names of columns in the files by the fields they became, and the folder whose new files belong to it.
      alter table dataset_version add column renames text not null default '{}';
      alter table dataset_version add column folder text;
      -- How its cells were understood, and the state of the file it is true of; null where nobody kept it.
      alter table source add column layout text;
      alter table source add column encoding text;
      alter table source add column size integer;
      alter table source add column changed_ms real;
      alter table source add column columns text;`,
  },
  {
    number: 3,
    name: 'rows that two files share',
    sql: `
      -- What was answered about them: 'ask', 'keep' or 'skip'.
      alter table dataset_version add column overlap text not null default 'ask';`,
  },
  {
    number: 4,
    name: 'recipes and named classes',
    sql: `
      -- Where a step of the recipe runs, the version's file is the prepared one and the one it was made from is kept beside it
      -- with what is in it.
      alter table dataset_version add column recipe text;
      alter table dataset_version add column imported_file text;
      alter table dataset_version add column imported text;
      create table class_set (
        id text not null,
        version integer not null,
        name text not null,
        rules text not null,
        otherwise text,
        primary key (id, version)
      ) strict;`,
  },
  {
    number: 5,
    name: 'rejected rows and their corrections',
    sql: `
      -- How the lines of a text file are cut; null where nobody kept it.
      alter table source add column shape text;
      create table rejected_row (
        dataset text not null,
        version integer not null,
        source integer not null,
        row integer not null,
        reason text not null,
        raw text not null,
        cut integer not null,
        primary key (dataset, version, source, row),
        foreign key (dataset, version) references dataset_version (dataset, version) on delete cascade
      ) strict;
      create table row_mend (
        dataset text not null,
        version integer not null,
        name text not null,
        part text not null,
        raw text not null,
        -- Null for a line that is left out for good.
        fixed text,
        primary key (dataset, version, name, part, raw),
        foreign key (dataset, version) references dataset_version (dataset, version) on delete cascade
      ) strict;`,
  },
  {
    number: 6,
    name: 'choices of imports by the columns of their files',
    sql: `
      create table import_shape (
        shape text primary key,
        choices text not null
      ) strict;`,
  },
  {
    number: 7,
    name: 'people behind accounts',
    sql: `
      -- Member lists whose accounts are compared, the last search over them and at which versions, and how many changes to
      -- who is whom there were: \`written\` is the one the companion files stand for.
      create table people_set (
        id text primary key,
        settings text not null,
        search text,
        searched text not null default '{}',
        totals text,
        revision integer not null default 0,
        written integer not null default 0
      ) strict;
      -- A list has one set at most; its companion says who every row of that version is.
      create table people_source (
        dataset text primary key references dataset (id) on delete cascade,
        people_set text not null references people_set (id) on delete cascade,
        file text,
        version integer,
        revision integer,
        fields text
      ) strict;
      -- Accounts some pair names, by the value that names them in their list; the row is that of the last search.
      create table people_account (
        id integer primary key,
        people_set text not null references people_set (id) on delete cascade,
        dataset text not null references dataset (id) on delete cascade,
        key text not null,
        row integer,
        birthday text not null,
        id_number text not null,
        gender text not null,
        unique (people_set, dataset, key)
      ) strict;
      -- 'open', 'same', 'different', or 'gone' while a search replaces what is open. \`held\`: taken back by hand, so never
      -- accepted by its score again.
      create table people_pair (
        id integer primary key autoincrement,
        people_set text not null references people_set (id) on delete cascade,
        a integer not null references people_account (id) on delete cascade,
        b integer not null references people_account (id) on delete cascade,
        total integer not null,
        levels text not null,
        state text not null,
        unasked integer not null default 0,
        held integer not null default 0,
        skipped integer,
        step integer,
        unique (a, b)
      ) strict;
      create index people_pair_open on people_pair (people_set, state, total desc);
      create index people_pair_b on people_pair (b);
      create index people_pair_step on people_pair (step);
      -- What was done, to be taken back in turn.
      create table people_step (
        id integer primary key autoincrement,
        people_set text not null references people_set (id) on delete cascade,
        kind text not null
      ) strict;`,
  },
  {
    number: 8,
    name: 'relationships by several fields, and why one stopped holding',
    sql: `
      alter table relationship rename to relationship_by_one;
      create table relationship (
        id text primary key,
        from_dataset text not null references dataset (id) on delete cascade,
        to_dataset text not null references dataset (id) on delete cascade,
        -- Lists of names, of the same length.
        from_fields text not null,
        to_fields text not null,
        orphans integer not null,
        blanks integer not null,
        examples text not null,
        most integer not null,
        most_example text not null,
        file text not null,
        from_version integer not null,
        to_version integer not null,
        broken text
      ) strict;
      insert into relationship
        select id, from_dataset, to_dataset, json_array(from_field), json_array(to_field), orphans, blanks, examples, 0, '',
          file, from_version, to_version, null from relationship_by_one;
      drop table relationship_by_one;`,
  },
  {
    number: 9,
    name: 'connections to servers',
    sql: `
      -- Where a server is and what it said of itself; its password is kept elsewhere or nowhere.
      create table connection (
        id text primary key,
        name text not null unique collate nocase,
        settings text not null,
        keep text not null,
        facts text not null
      ) strict;
      -- Live datasets whose table is a server's.
      create table live_server (
        dataset text primary key references dataset (id) on delete cascade,
        connection text not null references connection (id),
        schema text not null
      ) strict;`,
  },
  {
    number: 10,
    name: 'retail calendars',
    sql: `
      create table calendar (
        id text primary key,
        name text not null unique collate nocase,
        is_default integer not null,
        content text not null
      ) strict;`,
  },
  {
    number: 11,
    name: 'datasets of statements people wrote',
    sql: `
      create table sql_dataset (
        dataset text primary key references dataset (id) on delete cascade,
        definition text not null
      ) strict;`,
  },
  {
    number: 12,
    name: 'new files that do not fit',
    sql: `
      -- Files of its folder somebody left out, each with the state in which it was looked at: a changed one is looked at again.
      alter table dataset add column left_out text not null default '[]';
      -- Sheets of the workbook when those to take were chosen, and which of two files came later; null where nobody kept it.
      alter table source add column sheets text;
      alter table source add column rank integer;
      -- What was answered about rows that a later file says otherwise: 'ask', 'keep', 'skip' or 'replace'.
      alter table dataset_version add column restated text not null default 'ask';`,
  },
  {
    number: 13,
    name: 'rows that gave way, and what recipes looked into',
    sql: `
      -- Rows of the source that gave way to those of another: should that one change, both are read. Null where nobody counted.
      alter table source add column left_out integer;
      -- Versions of the datasets its recipe looked into, by their ids; null where nobody kept them.
      alter table dataset_version add column looked_up text;`,
  },
]
