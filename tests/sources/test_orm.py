"""Schemas that an ORM's own files declare: they make what the SQL makes that the tool writes for them."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.code.declaration import read_declarations
from analyzer.model.catalog import Catalog, Replay
from analyzer.model.errors import NothingToScan
from analyzer.model.source import Source
from analyzer.sql.declared import declared_scripts
from analyzer.sql.read import read_sql
from analyzer.sql.replay import replay
from analyzer.sql.script import Script
from analyzer.verify.verify import verify

from .conftest import Project

CORE = """import * as pg from 'drizzle-orm/pg-core';
import { pgEnum, pgPolicy, pgSchema, pgTable, pgTableCreator, pgView } from 'drizzle-orm/pg-core';
import { customType, foreignKey, index, primaryKey, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import { boolean, integer, jsonb, numeric, serial, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';
import { authUsers } from 'drizzle-orm/supabase';
"""
SOURCE = 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n'
KEYS = {"drizzle.config.ts": "export default defineConfig({ dialect: 'postgresql', schema: './a.ts' });\n"}
SNAKE = {"drizzle.config.ts": "export default { dialect: 'postgresql', casing: 'snake_case' } satisfies Config;\n"}


def declared(files: Mapping[str, str]) -> Replay:
    read = {path: read_declarations(Source(path, text.encode())) for path, text in files.items()}
    return replay(declared_scripts(read))


def facts(catalog: Catalog) -> set[tuple[object, ...]]:
    """What a caller of the database notices of tables and types."""
    found: set[tuple[object, ...]] = set()
    for each in catalog.relations.values():
        if each.managed or each.kind == "sequence":
            continue
        name = catalog.qualified(each)
        found.add((name, each.kind, each.rls))
        for column in each.columns:
            made = (column.default is not None, column.generated is not None, column.identity)
            found.add((name, column.name, catalog.spell(column.type), column.nullable, *made))
        for key in each.constraints:
            target = catalog.relations[key.target] if key.target else None
            there = (catalog.qualified(target), target.names_of(key.target_columns)) if target else ()
            found.add((name, key.kind, key.name, each.names_of(key.columns), *there, key.on_delete))
        for index in catalog.indexes_of(each.oid):
            if index.unique and not index.constraint:
                found.add((name, "unique index", index.name, each.names_of([n for n in index.columns if n])))
    found |= {(each.name, each.labels) for each in catalog.types.values() if each.kind == "enum" and not each.managed}
    return found


# --- as the tools write it ----------------------------------------------------------------------------------------------

DRIZZLE = {
    "columns": (
        """export const users = pgTable('users', {
          id: uuid('id').primaryKey().defaultRandom(),
          name: varchar('full_name', { length: 80 }).notNull(),
          price: numeric('price', { precision: 10, scale: 2 }).default('0'),
          made: timestamp('made', { withTimezone: true, precision: 3 }).defaultNow().notNull(),
          gone: timestamp('gone', { mode: 'string' }),
          tags: text('tags').array(),
          at: integer('at').$defaultFn(() => 7).notNull(),
          number: serial('number'),
          kind: integer('kind').generatedAlwaysAsIdentity(),
          double: integer('double').generatedAlwaysAs(sql`at * 2`),
        });""",
        """create table users (id uuid primary key default gen_random_uuid(), full_name varchar(80) not null,
          price numeric(10,2) default 0, made timestamp(3) with time zone default now() not null, gone timestamp,
          tags text[], at integer not null, number serial, kind integer generated always as identity,
          double integer generated always as (at * 2) stored);""",
    ),
    "keys": (
        """export const posts = pgTable("posts", {
          id: serial("id").primaryKey(),
          slug: text("slug").unique(),
          code: text("code").unique("one_code"),
          author: uuid("author_id").references(() => users.id, { onDelete: "cascade" }),
          parent: integer("parent").references((): AnyPgColumn => posts.id),
          owner: uuid("owner").notNull().references(() => authUsers.id, { onDelete: 'set null' }),
        }, (t) => [uniqueIndex().on(t.author, t.parent), index("x").on(t.slug), unique("both").on(t.slug, t.code)]);
        export const users = pgTable("users", { id: uuid("id").primaryKey() });""",
        """create table users (id uuid primary key);
        create table posts (id serial primary key, slug text, code text, author_id uuid, parent integer, owner uuid not null);
        alter table posts add constraint posts_slug_unique unique (slug), add constraint one_code unique (code);
        alter table posts add constraint "both" unique (slug, code);
        create unique index posts_author_id_parent_unique on posts (author_id, parent);
        alter table posts add constraint posts_author_id_users_id_fk foreign key (author_id) references users (id)
          on delete cascade;
        alter table posts add constraint posts_parent_posts_id_fk foreign key (parent) references posts (id);
        alter table posts add constraint posts_owner_users_id_fk foreign key (owner) references auth.users (id)
          on delete set null;""",
    ),
    "keys over several columns": (
        """export const a = pgTable('a', { x: integer('x'), y: integer('y') }, (t) => ({
          pk: primaryKey({ columns: [t.x, t.y] }) }));
        export const b = pgTable('b', { x: integer('x'), y: integer('y') }, (t) => [
          foreignKey({ columns: [t.x, t.y], foreignColumns: [a.x, a.y], name: 'to_a' }).onDelete('cascade')]);""",
        """create table a (x integer, y integer, constraint a_x_y_pk primary key (x, y));
        create table b (x integer, y integer);
        alter table b add constraint to_a foreign key (x, y) references a (x, y) on delete cascade;""",
    ),
    "enums and schemas": (
        """const LABELS = ['sad', 'ok'] as const;
        export const mood = pgEnum('mood', LABELS);
        const crm = pgSchema('crm');
        export const stage = crm.enum("stage", ["won"]);
        export const deals = crm.table("deals", { mood: mood('mood').notNull(), stages: stage("stages").array() });""",
        """create type mood as enum ('sad', 'ok'); create schema crm; create type crm.stage as enum ('won');
        create table crm.deals (mood mood not null, stages crm.stage[]);""",
    ),
    "callbacks, groups and creators": (
        """const createTable = pgTableCreator((name) => `app_${name}`);
        const stamps = { made: timestamp('made_at').notNull(), ...more };
        const more = { seen: boolean('seen') };
        export const users = createTable('user', (t) => ({ id: t.uuid('id').primaryKey(), ...stamps })).enableRLS();
        export const notes = pg.pgTable('note', { id: pg.integer('id') }, () => [pgPolicy('p', { for: 'all' })]);""",
        """create table app_user (id uuid primary key, made_at timestamp not null, seen boolean);
        alter table app_user enable row level security;
        create table note (id integer); alter table note enable row level security;""",
    ),
    "what Supabase ships": (
        """const auth = pgSchema('auth');
        const users = auth.table('users', { id: uuid('id').primaryKey() });
        export const mine = pgTable('mine', { id: uuid('id').references(() => users.id) });""",
        """create table mine (id uuid);
        alter table mine add constraint mine_id_users_id_fk foreign key (id) references auth.users (id);""",
    ),
}


@pytest.mark.parametrize("case", DRIZZLE)
def test_drizzle_declares_what_its_sql_makes(case: str) -> None:
    code, sql = DRIZZLE[case]
    made = declared({"a.ts": CORE + code})
    wanted = replay([Script("1.sql", "", read_sql(Source("1.sql", sql.encode())))])
    assert (made.failures, wanted.failures) == ((), ())
    assert facts(made.catalog) == facts(wanted.catalog)
    assert [each.name for each in made.catalog.relations.values() if each.open and not each.managed] == []


PRISMA = {
    "columns": (
        """model User {
          id        Int       @id @default(autoincrement()) // the key
          email     String    @unique @db.VarChar(80)
          fullName  String?   @map("full_name")
          price     Decimal   @default(0)
          exact     Decimal   @db.Decimal(10, 2)
          made      DateTime  @default(now()) @db.Timestamptz(6)
          changed   DateTime  @updatedAt
          tags      String[]
          data      Json      @default("{\\"a\\": 1}")
          token     String    @default(dbgenerated("gen_random_uuid()")) @db.Uuid
          secret    String    @default(uuid())
          big       BigInt?
          ok        Boolean   @default(true)

          @@map("users")
        }""",
        """create table users (id serial primary key, email varchar(80) not null, full_name text,
          price numeric(65,30) not null default 0, exact numeric(10,2) not null,
          made timestamp(6) with time zone not null default current_timestamp, changed timestamp(3) not null, tags text[],
          data jsonb not null default '{}', token uuid not null default gen_random_uuid(), secret text not null, big bigint,
          ok boolean not null default true);
        create unique index users_email_key on users (email);""",
    ),
    "relations": (
        """model User {
          id      String   @id
          posts   Post[]
          profile Profile?
        }
        model Post {
          id       Int    @id
          author   User   @relation(fields: [authorId], references: [id], onDelete: Cascade)
          authorId String @map("author_id")
          parent   Post?  @relation("thread", fields: [parentId], references: [id])
          children Post[] @relation("thread")
          parentId Int?
          @@unique([authorId, parentId], map: "once")
        }
        model Profile {
          a      Int
          b      Int
          user   User   @relation(fields: [userId], references: [id], map: "to_user")
          userId String @unique
          @@id([a, b])
        }""",
        """create table "User" (id text primary key);
        create table "Post" (id integer primary key, author_id text not null, "parentId" integer);
        create unique index once on "Post" (author_id, "parentId");
        alter table "Post" add foreign key (author_id) references "User" (id) on delete cascade;
        alter table "Post" add foreign key ("parentId") references "Post" (id) on delete set null;
        create table "Profile" (a integer, b integer, "userId" text not null, primary key (a, b));
        create unique index "Profile_userId_key" on "Profile" ("userId");
        alter table "Profile" add constraint to_user foreign key ("userId") references "User" (id) on delete restrict;""",
    ),
    "enums and schemas": (
        """enum Role {
          USER
          ADMIN @map("admin")
          @@map("role")
          @@schema("crm")
        }
        model Deal {
          role  Role   @default(USER)
          roles Role[]
          id    Int    @id
          @@schema("crm")
        }""",
        """create schema crm; create type crm.role as enum ('USER', 'admin');
        create table crm."Deal" (role crm.role not null default 'USER', roles crm.role[], id integer primary key);""",
    ),
}


@pytest.mark.parametrize("case", PRISMA)
def test_prisma_declares_what_its_sql_makes(case: str) -> None:
    schema, sql = PRISMA[case]
    made = declared({"schema.prisma": SOURCE + schema})
    wanted = replay([Script("1.sql", "", read_sql(Source("1.sql", sql.encode())))])
    assert (made.failures, wanted.failures) == ((), ())
    assert facts(made.catalog) == facts(wanted.catalog)
    opened = [each.name for each in made.catalog.relations.values() if each.open and not each.managed]
    assert opened == []


def test_prisma_makes_a_table_where_two_models_list_each_other() -> None:
    post = "model Post {\n  id Int @id @default(autoincrement())\n  tags Tag[]\n}\n"
    tag = "model Tag {\n  name String @id\n  posts Post[]\n}\n"
    catalog = declared({"schema.prisma": SOURCE + post + tag}).catalog
    junction = catalog.relation("public", "_PostToTag")
    assert junction is not None
    assert [(each.name, catalog.spell(each.type)) for each in junction.columns] == [("A", "integer"), ("B", "text")]
    assert len([each for each in junction.constraints if each.kind == "foreign key"]) == 2
    assert junction.open  # which key it has depends on Prisma's version


def test_prisma_reads_models_and_enums_of_several_files_together() -> None:
    catalog = declared(
        {
            "prisma/schema.prisma": SOURCE,
            "prisma/models/a.prisma": "model A {\n  id Int @id\n  kind Kind\n"
            "  b B @relation(fields: [bId], references: [id])\n  bId Int\n}\n",
            "prisma/models/b.prisma": "enum Kind {\n  one\n}\nmodel B {\n  id Int @id\n  a A?\n  all A[]\n  c C[]\n}\n",
            "prisma/models/c.prisma": "model C {\n  id Int @id\n  b B[]\n}\n",
        }
    ).catalog
    a, b = catalog.relation("public", "A"), catalog.relation("public", "B")
    assert a is not None
    assert b is not None
    assert [(each.name, catalog.spell(each.type)) for each in a.columns] == [
        ("id", "integer"),
        ("kind", 'public."Kind"'),
        ("bId", "integer"),
    ]
    assert [each.name for each in b.columns] == ["id"]
    assert (a.open, b.open) == (False, True)  # B and C list each other: a table is between them


def test_prisma_makes_no_foreign_keys_where_it_keeps_relations_itself() -> None:
    source = SOURCE.replace("url", 'relationMode = "prisma"\n  url')
    made = declared({"schema.prisma": source + PRISMA["relations"][0]})
    assert [key.kind for each in made.catalog.relations.values() for key in each.constraints if not each.managed] == [
        "primary key"
    ] * 3


# --- what is not known ---------------------------------------------------------------------------------------------------


def columns(replayed: Replay, table: str) -> tuple[list[str], bool]:
    relation = replayed.catalog.relation("public", table)
    assert relation is not None
    return [each.name for each in relation.columns], relation.open


@pytest.mark.parametrize(
    ("config", "names", "opened"),
    [
        (KEYS, ["id", "createdAt", "said"], False),
        (SNAKE, ["id", "created_at", "said"], False),
        ({}, ["id", "said"], True),
    ],
)
def test_a_column_without_a_name_gets_it_from_its_key_as_the_configuration_says(
    config: dict[str, str], names: list[str], opened: bool
) -> None:
    code = "export const a = pgTable('a', { id: integer(), createdAt: timestamp({ mode: 'date' }), saidSo: text('said') });"
    assert columns(declared({**config, "a.ts": CORE + code}), "a") == (names, opened)


@pytest.mark.parametrize(
    "body",
    [
        "{ id: integer('id'), ...stamps() }",
        "{ id: integer('id'), ...elsewhere }",
        "{ id: integer('id'), [key]: text('x') }",
        "{ id: integer('id'), x: helper('x') }",
        "{ id: integer('id'), x: text(NAME) }",
        "{ id: integer('id'), x }",
        "{ id: integer('id') }, (t) => extras(t)",
        "{ id: integer('id') }, (t) => [...shared]",
        "{ id: integer('id').references(() => missing.id) }",
        "{ id: integer('id').references(makeTarget) }",
    ],
)
def test_a_part_that_is_not_understood_leaves_the_table_open(body: str) -> None:
    imports = "import { elsewhere, helper, missing, NAME } from './x';\n"
    made = declared({"a.ts": f"{CORE}{imports}export const a = pgTable('a', {body});"})
    assert columns(made, "a") == (["id"], True)
    assert made.failures == ()


def test_types_of_ones_own_are_unknown_and_their_columns_are_there() -> None:
    other = "export const bytes = customType<{ data: Buffer }>({ dataType() { return 'bytea' } });"
    code = "export const a = pgTable('a', { data: raw('data'), v: pg.vector('v', { dimensions: 3 }) });"
    made = declared({"other.ts": CORE + other, "a.ts": f"{CORE}import {{ bytes as raw }} from './other';\n{code}"})
    assert columns(made, "a") == (["data", "v"], False)


def test_names_of_other_files_lead_there_and_two_of_one_name_lead_nowhere() -> None:
    users = "export const users = pgTable('users', { id: integer('id').primaryKey(), ...stamps });\n"
    posts = "export const posts = pgTable('posts', { by: integer('by').references(() => people.id) });\n"
    files = {
        "users.ts": f"{CORE}{users}import {{ stamps }} from './stamps';\n",
        "posts.ts": f"{CORE}{posts}import {{ users as people }} from './users';\n",
        "stamps.ts": f"{CORE}export const stamps = {{ made: timestamp('made') }};",
    }
    made = declared(files)
    relation = made.catalog.relation("public", "posts")
    assert relation is not None
    assert [(each.name, relation.open) for each in relation.constraints] == [("posts_by_users_id_fk", False)]
    assert columns(made, "users") == (["id", "made"], False)
    twice = declared({**files, "other.ts": f"{CORE}export const users = pgTable('others', {{ id: integer('id') }});"})
    assert columns(twice, "posts") == (["by"], True)


def test_a_table_declared_twice_has_the_columns_of_both_and_may_have_more() -> None:
    made = declared(
        {
            "a.ts": f"{CORE}export const a = pgTable('a', {{ x: text('x') }});",
            "b.ts": f"{CORE}export const a = pgTable('a', {{ x: text('x'), y: text('y') }});",
        }
    )
    assert columns(made, "a") == (["x", "y"], True)


@pytest.mark.parametrize(
    "hidden",
    [
        "function f() { return pgTable('b', {}); }",
        "export const b = pgTable(NAME, { id: integer('id') });",
        "const make = pgTableCreator(named);\nexport const b = make('b', { id: integer('id') });",
        "import { make } from './make';\nexport const b = make('b', { id: integer('id') });",
    ],
)
def test_a_table_whose_name_is_not_known_explains_every_missing_table(hidden: str) -> None:
    seen = f"{CORE}export const a = pgTable('a', {{ id: integer('id') }});\n"
    known = declared({"a.ts": seen})
    unknown = declared({"a.ts": seen + hidden})
    assert not any(each.explains("whatever", "create", "table") for each in known.unread)
    assert any(each.explains("whatever", "create", "table") for each in unknown.unread)


def test_comments_and_other_calls_declare_nothing() -> None:
    code = "// export const a = pgTable('a', {});\nconst text = \"pgTable('b', {})\";\nexport const c = make('c', { id: 1 });"
    made = declared({"a.ts": CORE + code})
    assert (facts(made.catalog), made.unread) == (set(), ())


def test_columns_stand_where_they_are_written() -> None:
    code = f"{CORE}// é\nexport const a = pgTable('things', {{ id: integer('num'), other: text() }});"
    relation = declared({"a.ts": code, **KEYS}).catalog.relation("public", "things")
    assert relation is not None
    assert relation.place is not None
    places = [relation.place, *(each.place for each in relation.columns)]
    texts = [code.encode()[each.span.start : each.span.end].decode() for each in places if each is not None]
    assert texts == ["things", "num", "text()"]


def test_models_and_fields_stand_where_they_are_written() -> None:
    schema = f'// é\n{SOURCE}model Thing {{\n  id Int @id\n  name String @map("full_name")\n  @@map("things")\n}}\n'
    relation = declared({"schema.prisma": schema}).catalog.relation("public", "things")
    assert relation is not None
    assert relation.place is not None
    places = [relation.place, *(each.place for each in relation.columns)]
    texts = [schema.encode()[each.span.start : each.span.end].decode() for each in places if each is not None]
    assert texts == ["Thing", "id", "full_name"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_line_ends_and_comments_of_every_kind_are_read_over(end: str) -> None:
    schema = f"\ufeffmodel A {{\n  id Int @id /* the\n key */ // {{\n  /// doc\n  name String? // }}\n}}\n{SOURCE}"
    made = declared({"a.prisma": schema.replace("\n", end)})
    assert columns(made, "A") == (["id", "name"], False)


@pytest.mark.parametrize("path", ["a.ts", "a.prisma"])
def test_a_file_that_is_no_text_may_declare_anything_and_says_so(path: str) -> None:
    read = read_declarations(Source(path, "model a {}".encode("utf-16")))
    assert [each.message for each in read.problems] == ["this file is no UTF-8 text, so what it declares is not known"]
    made = replay(declared_scripts({path: read}))
    assert any(each.explains("whatever", "create", "table") for each in made.unread)


WHOLE = {
    "a.ts": CORE + "\n".join(code for code, _ in DRIZZLE.values()),
    "a.prisma": SOURCE + "\n".join(schema for schema, _ in PRISMA.values()),
}


@given(
    st.sampled_from(sorted(WHOLE)),
    st.integers(0, 5000),
    st.integers(0, 60),
    st.sampled_from(["", "{", ")", '"', "é", "@"]),
)
@settings(max_examples=150, deadline=None)
def test_broken_files_are_read_without_raising(path: str, at: int, cut: int, put: str) -> None:
    text = WHOLE[path]
    declared({path: text[:at] + put + text[at + cut :]})


# --- projects -------------------------------------------------------------------------------------------------------------

PRISMA_FILE = {"prisma/schema.prisma": f"{SOURCE}model users {{\n  id Int @id\n}}\n"}
DRIZZLE_FILES = {
    "package.json": json.dumps({"dependencies": {"drizzle-orm": "1"}}),
    "src/db/schema.ts": f"{CORE}export const users = pgTable('users', {{ id: integer('id').primaryKey() }});\n",
}
MORE = "import { supabase } from './client';\nsupabase.from('nowhere').select('id');\nsupabase.rpc('anything');\n"


@pytest.mark.parametrize("files", [PRISMA_FILE, DRIZZLE_FILES], ids=["prisma", "drizzle"])
def test_where_there_is_no_sql_they_are_the_schema(project: Project, files: dict[str, str]) -> None:
    project.write({**files, "app/b.ts": MORE})
    assert project.tables() == ["public.users"]
    assert [(each.code, each.subject) for each in project.session().scan().entries] == [("FC101", "public.nowhere")]


def test_they_cannot_be_applied_to_verify_them(project: Project) -> None:
    project.write(PRISMA_FILE)
    with pytest.raises(NothingToScan, match="no SQL that could be applied"):
        verify(project.session())


@pytest.mark.parametrize("files", [PRISMA_FILE, DRIZZLE_FILES], ids=["prisma", "drizzle"])
@pytest.mark.parametrize("folder", ["supabase/migrations", "migrations"])
def test_beside_migrations_they_are_hints(project: Project, files: dict[str, str], folder: str) -> None:
    project.write({**files, f"{folder}/1_own.sql": "create table own (id int);\n", "app/b.ts": MORE})
    assert project.tables() == ["public.own"]
    silent = folder == "migrations"  # of functions, as no migration of the Supabase CLI would be
    missing = [] if silent else [("FC104", "public.anything")]
    assert project.found() == [("FC101", "public.nowhere"), *missing, ("FC502", ".")]


@pytest.mark.parametrize(
    "files",
    [
        {"prisma/schema.prisma": 'datasource db {\n  provider = "sqlite"\n}\nmodel users {\n  id Int @id\n}\n'},
        {"src/schema.ts": DRIZZLE_FILES["src/db/schema.ts"]},
        {**DRIZZLE_FILES, "src/db/schema.ts": "import { sqliteTable } from 'drizzle-orm/sqlite-core';\n"},
        {"package.json": DRIZZLE_FILES["package.json"], "src/tests/schema.ts": DRIZZLE_FILES["src/db/schema.ts"]},
    ],
    ids=["another database", "no dependency", "another dialect", "a test"],
)
def test_other_databases_and_tests_are_passed_over(project: Project, files: dict[str, str]) -> None:
    project.write(files)
    with pytest.raises(NothingToScan, match=r"schema\.prisma"):
        project.session().schema()
