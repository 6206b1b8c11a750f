"""Where several relationships lead to a relation, and how a request chooses: the behaviour is that of PostgREST's specs on
embedding (disambiguation, computed relationships, junctions in other schemas); the schema is ours."""

from __future__ import annotations

import pytest

from analyzer.model.catalog import Catalog
from analyzer.model.source import Source
from analyzer.postgrest.embedding import Relationships
from analyzer.sql.read import read_sql
from analyzer.sql.replay import replay
from analyzer.sql.script import Script

SCHEMA = """
create schema private;

-- a foreign key and a junction to the same table
create table projects (id int primary key);
create table sites (id int primary key, main_project_id int constraint main_project references projects);
create table jobs (site_id int references sites, project_id int references projects, primary key (site_id, project_id));

-- a junction with two foreign keys to either side
create table plants (id int primary key);
create table pots (id int primary key);
create table moves (
  from_pot int constraint moved_from references pots, to_pot int constraint moved_to references pots,
  first_plant int constraint first_one references plants, last_plant int constraint last_one references plants,
  primary key (from_pot, to_pot, first_plant, last_plant)
);

-- a junction of a table with itself
create table people (id int primary key);
create table follows (follower int references people, followed int references people, primary key (follower, followed));

-- two one-to-one relationships
create table halves (id int primary key);
create table wholes (
  id int primary key,
  left_id int unique constraint left_half references halves,
  right_id int unique constraint right_half references halves
);

create table frames (id int primary key);
create table doors (
  id int primary key,
  left_id int unique constraint left_frame references frames,
  right_id int unique constraint right_frame references frames
);

-- two references of a table to itself, and one that goes round
create table firms (
  id int primary key,
  referee int constraint refereed_by references firms,
  auditor int constraint audited_by references firms,
  manager_id int
);
create table managers (id int primary key, firm_id int references firms);
alter table firms add constraint managed_by foreign key (manager_id) references managers;

-- views that show a column twice
create table types (id int primary key, a int, b int, unique (a, b));
create table items (id int primary key, type_id int references types, a int, b int);
alter table items add constraint typed foreign key (a, b) references types (a, b);
create view types_shown as select id, a, b from types;
create view items_twice as select id, type_id as type_1, type_id as type_2, a as a1, a as a2, b as b1, b as b2 from items;
create table nodes (id int primary key, parent_id int references nodes);
create view nodes_twice as select id, parent_id as parent, parent_id as grandparent from nodes;
create view nodes_shown as select * from nodes;
create table private.trees (id int primary key, parent_id int references private.trees);
create view trees_seen as select id, parent_id as parent, parent_id as grandparent from private.trees;

-- a junction out of sight, with a view of it in sight, and without
create table screens (id int primary key);
create table labels (id int primary key);
create table private.screen_labels (
  screen_id int references screens, label_id int references labels, primary key (screen_id, label_id)
);
create view screen_labels as select screen_id, label_id from private.screen_labels;
create table ends (id int primary key);
create table starts (id int primary key);
create table private.ways (end_id int references ends, start_id int references starts, primary key (end_id, start_id));
create table ways (id int primary key, note text);

-- names that are not folded
create table "Capital" (id int primary key, "ownerId" int references people);

-- functions of a row: overloaded by its type, in the place of foreign keys, of a table with itself
create table films (id int primary key, owner_id int references people, sequel_of int references films);
create function badges(people) returns setof labels language sql as 'select * from labels';
create function badges(films) returns setof labels language sql as 'select * from labels';
create function halves(wholes) returns setof halves rows 1 language sql as 'select * from halves';
create function sequels(films) returns setof films language sql as 'select * from films';
create function counted(films) returns int language sql as 'select 1';
create function with_more(films, boolean) returns setof labels language sql as 'select * from labels';
"""

NOTHING: list[str] = []

CASES = [
    ("sites", "projects", None, ["many-to-many jobs", "many-to-one main_project"]),
    ("sites", "projects", "main_project", ["many-to-one main_project"]),
    ("sites", "projects", "main_project_id", ["many-to-one main_project"]),
    ("sites", "projects", "jobs", ["many-to-many jobs"]),
    ("sites", "main_project_id", None, ["many-to-one main_project"]),
    ("projects", "sites", "main_project", ["one-to-many main_project"]),
    # the junction is not hint enough for four ways through it; each step of its own is
    ("pots", "plants", None, ["many-to-many moves"] * 4),
    ("pots", "plants", "moves", ["many-to-many moves"] * 4),
    ("pots", "moves", "from_pot", ["one-to-many moved_from"]),
    ("moves", "plants", "last_plant", ["many-to-one last_one"]),
    # a junction of a table with itself is not found by the table's name; each step of its own is
    ("people", "follows", "follower", ["one-to-many follows_follower_fkey"]),
    ("follows", "people", "followed", ["many-to-one follows_followed_fkey"]),
    ("follows", "people", None, ["many-to-one follows_followed_fkey", "many-to-one follows_follower_fkey"]),
    ("doors", "frames", None, ["one-to-one left_frame", "one-to-one right_frame"]),
    ("doors", "left_id", None, ["one-to-one left_frame"]),
    ("firms", "referee", None, ["many-to-one refereed_by"]),
    ("firms", "auditor", None, ["many-to-one audited_by"]),
    ("firms", "firms", None, ["one-to-many audited_by", "one-to-many refereed_by"]),
    ("firms", "firms", "referee", ["one-to-many refereed_by"]),
    ("firms", "firms", "refereed_by", NOTHING),
    ("firms", "managers", None, ["many-to-one managed_by", "one-to-many managers_firm_id_fkey"]),
    ("firms", "managers", "managed_by", ["many-to-one managed_by"]),
    ("firms", "manager_id", None, ["many-to-one managed_by"]),
    ("managers", "firms", "firm_id", ["many-to-one managers_firm_id_fkey"]),
    # either name of the column chooses; the keys of two columns have four ways, which no hint tells apart
    ("items_twice", "types", "type_1", ["many-to-one items_type_id_fkey"]),
    ("items_twice", "types", "type_2", ["many-to-one items_type_id_fkey"]),
    ("types_shown", "items_twice", "type_2", ["one-to-many items_type_id_fkey"]),
    ("items_twice", "types_shown", "typed", ["many-to-one typed"] * 4),
    ("items", "types_shown", "typed", ["many-to-one typed"]),
    ("trees_seen", "parent", None, ["many-to-one trees_parent_id_fkey"]),
    ("trees_seen", "grandparent", None, ["many-to-one trees_parent_id_fkey"]),
    # where the table is in sight too, the column may mean its rows or the view's own
    ("nodes_twice", "parent", None, ["many-to-one nodes_parent_id_fkey"] * 2),
    # a column as target leads to the table, never to a view of it; a view has to be named
    ("nodes", "parent_id", None, ["many-to-one nodes_parent_id_fkey"]),
    ("nodes", "nodes_shown", "parent_id", ["many-to-one nodes_parent_id_fkey", "one-to-many nodes_parent_id_fkey"]),
    ("films", "people", None, ["many-to-one films_owner_id_fkey"]),
    # junctions
    ("screens", "labels", None, ["many-to-many screen_labels"]),
    ("screens", "screen_labels", None, ["one-to-many screen_labels_screen_id_fkey"]),
    ("ends", "starts", None, NOTHING),
    ("ends", "ways", None, NOTHING),
    # names that are not folded
    ("Capital", "ownerId", None, ["many-to-one Capital_ownerId_fkey"]),
    ("Capital", "people", "ownerId", ["many-to-one Capital_ownerId_fkey"]),
    ("Capital", "ownerid", None, NOTHING),
    ("people", "capital", None, NOTHING),
    # functions of a row; one of a relation's name stands for all that leads there, and the way back stays
    ("people", "badges", None, ["computed badges"]),
    ("films", "badges", None, ["computed badges"]),
    ("wholes", "halves", None, ["computed halves"]),
    ("wholes", "right_id", None, NOTHING),
    ("halves", "wholes", None, ["one-to-one left_half", "one-to-one right_half"]),
    ("films", "sequels", None, ["computed sequels"]),
    ("films", "films", None, ["one-to-many films_sequel_of_fkey"]),
    ("films", "counted", None, NOTHING),
    ("films", "with_more", None, NOTHING),
]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    result = replay([Script("1_init.sql", "1", read_sql(Source("1_init.sql", SCHEMA.encode())))])
    assert [failure.message for failure in result.failures] == []
    assert not result.unread
    return result.catalog


@pytest.mark.parametrize(("origin", "target", "hint", "expected"), CASES)
def test_a_request_chooses(catalog, origin, target, hint, expected):
    relation = catalog.relation("public", origin)
    found = Relationships(catalog, ("public",)).find("public", relation.oid, target, hint)
    assert sorted(f"{each.cardinality} {each.name}" for each in found) == expected
