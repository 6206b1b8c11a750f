"""Embeds mean what PostgREST's own specs say they mean; the schema here is ours, the behaviour theirs."""

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
create table private.secrets (id int primary key);
create table private.hidden_tags (book_id int, tag_id int, primary key (book_id, tag_id));

create table authors (id int primary key, name text, mentor_id int references authors);
create table publishers (id int primary key);
create table books (
  id int primary key,
  author_id int references authors,
  translator_id int constraint translated_by references authors,
  publisher_id int references publishers,
  secret_id int references private.secrets,
  plain_id int
);
-- one to one, by a unique constraint; and not, by a unique index
create table covers (id int primary key, book_id int unique references books);
create table blurbs (id int primary key, book_id int references books);
create unique index on blurbs (book_id);
-- one to one, since the key is the primary key
create table details (book_id int primary key references books);

-- many to many: the primary key holds both foreign keys
create table tags (id int primary key);
create table book_tags (book_id int references books, tag_id int references tags, primary key (book_id, tag_id));
alter table private.hidden_tags add foreign key (book_id) references books, add foreign key (tag_id) references tags;
-- no many to many: the key is another
create table shelves (id int primary key);
create table placements (
  id int primary key, book_id int references books, shelf_id int references shelves, unique (book_id, shelf_id)
);
-- two junctions between the same tables
create table shops (id int primary key);
create table sales (book_id int references books, shop_id int references shops, day date, primary key (book_id, shop_id, day));
create table orders (book_id int references books, shop_id int references shops, primary key (book_id, shop_id));

-- composite keys
create table days (unit int, day date, primary key (unit, day));
create table shifts (id int primary key, unit int, day date, constraint worked_on foreign key (unit, day) references days);

-- circular references
create table teams (id int primary key, head_id int);
create table members (id int primary key, team_id int references teams);
alter table teams add constraint teams_head_id_fkey foreign key (head_id) references members;

-- views hand on foreign keys by the columns that they show
create view good_books as select id, author_id, publisher_id from books;
create view renamed_books as select id as book, author_id as writer from books;
create view no_key_books as select id, translator_id + 0 as translator_id from books;
create view both_books as select id, author_id from books union select id, translator_id from books;
create view famous_authors as select id, name from authors;
create view nested_books as select id, author_id from good_books;

-- functions of a row
create function editions(books) returns setof covers language sql as 'select * from covers';
create function publisher(books) returns publishers language sql as 'select * from publishers limit 1';
create function publishers(shops) returns setof authors language sql as 'select * from authors';
create table contracts (shop_id int references shops, publisher_id int references publishers, primary key (shop_id, publisher_id));
"""

NOTHING: list[str] = []

CASES = [
    # by the name of the table, from either end
    ("books", "publishers", None, ["many-to-one books_publisher_id_fkey"]),
    ("publishers", "books", None, ["one-to-many books_publisher_id_fkey"]),
    # by the name of the constraint, and of the column; only from the side that refers
    ("books", "books_publisher_id_fkey", None, ["many-to-one books_publisher_id_fkey"]),
    ("books", "publisher_id", None, ["many-to-one books_publisher_id_fkey"]),
    ("publishers", "books_publisher_id_fkey", None, ["one-to-many books_publisher_id_fkey"]),
    ("publishers", "publisher_id", None, NOTHING),
    # two foreign keys to one table
    ("books", "authors", None, ["many-to-one books_author_id_fkey", "many-to-one translated_by"]),
    ("books", "authors", "translated_by", ["many-to-one translated_by"]),
    ("books", "authors", "author_id", ["many-to-one books_author_id_fkey"]),
    ("books", "translator_id", None, ["many-to-one translated_by"]),
    ("authors", "books", "translated_by", ["one-to-many translated_by"]),
    ("authors", "books", "author_id", ["one-to-many books_author_id_fkey"]),
    ("books", "authors", "no_such_hint", NOTHING),
    # the referenced column is a hint too, and fits both
    ("books", "authors", "id", ["many-to-one books_author_id_fkey", "many-to-one translated_by"]),
    # a table that refers to itself: its name gives the children, the column the parent
    ("authors", "authors", None, ["one-to-many authors_mentor_id_fkey"]),
    ("authors", "mentor_id", None, ["many-to-one authors_mentor_id_fkey"]),
    ("authors", "authors", "mentor_id", ["one-to-many authors_mentor_id_fkey"]),
    ("authors", "authors", "authors_mentor_id_fkey", NOTHING),
    # one to one
    ("books", "covers", None, ["one-to-one covers_book_id_fkey"]),
    ("covers", "books", None, ["one-to-one covers_book_id_fkey"]),
    ("books", "blurbs", None, ["one-to-many blurbs_book_id_fkey"]),
    ("details", "books", None, ["one-to-one details_book_id_fkey"]),
    # many to many
    ("books", "tags", None, ["many-to-many book_tags"]),
    ("tags", "books", None, ["many-to-many book_tags"]),
    ("books", "tags", "book_tags", ["many-to-many book_tags"]),
    ("books", "book_tags", None, ["one-to-many book_tags_book_id_fkey"]),
    ("books", "shelves", None, NOTHING),
    ("books", "placements", None, ["one-to-many placements_book_id_fkey"]),
    ("books", "shops", None, ["many-to-many orders", "many-to-many sales"]),
    ("books", "shops", "orders", ["many-to-many orders"]),
    # composite keys: by table and by constraint, never by one of the columns
    ("shifts", "days", None, ["many-to-one worked_on"]),
    ("shifts", "worked_on", None, ["many-to-one worked_on"]),
    ("shifts", "days", "unit", NOTHING),
    # circular references
    ("teams", "members", None, ["many-to-one teams_head_id_fkey", "one-to-many members_team_id_fkey"]),
    ("teams", "members", "teams_head_id_fkey", ["many-to-one teams_head_id_fkey"]),
    ("teams", "head_id", None, ["many-to-one teams_head_id_fkey"]),
    # other schemas
    ("books", "secrets", None, NOTHING),
    ("books", "secret_id", None, NOTHING),
    ("books", "plain_id", None, NOTHING),
    ("books", "nowhere", None, NOTHING),
    # views
    ("good_books", "authors", None, ["many-to-one books_author_id_fkey"]),
    ("good_books", "author_id", None, ["many-to-one books_author_id_fkey"]),
    ("authors", "good_books", None, ["one-to-many books_author_id_fkey"]),
    ("renamed_books", "authors", "writer", ["many-to-one books_author_id_fkey"]),
    ("renamed_books", "authors", "author_id", NOTHING),
    ("no_key_books", "authors", None, NOTHING),
    ("both_books", "authors", None, NOTHING),
    ("nested_books", "authors", None, ["many-to-one books_author_id_fkey"]),
    ("good_books", "famous_authors", None, ["many-to-one books_author_id_fkey"]),
    ("books", "famous_authors", "translated_by", ["many-to-one translated_by"]),
    # a constraint's or column's name does not lead to a view; it leads to the table behind it alone
    ("good_books", "books_publisher_id_fkey", None, ["many-to-one books_publisher_id_fkey"]),
    ("good_books", "tags", None, ["many-to-many book_tags"]),
    ("renamed_books", "tags", None, ["many-to-many book_tags"]),
    ("no_key_books", "tags", None, ["many-to-many book_tags"]),
    ("both_books", "tags", None, NOTHING),
    # functions of a row
    ("books", "editions", None, ["computed editions"]),
    ("books", "publisher", None, ["computed publisher"]),
    # and one that stands before what the foreign keys say, by its name
    ("shops", "publishers", None, ["computed publishers"]),
    ("publishers", "shops", None, ["many-to-many contracts"]),
]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    facts = read_sql(Source("1_init.sql", SCHEMA.encode()))
    result = replay([Script("1_init.sql", "1", facts)])
    assert [failure.message for failure in result.failures] == []
    assert not result.unread
    return result.catalog


@pytest.mark.parametrize(("origin", "target", "hint", "expected"), CASES)
def test_an_embed_means(catalog, origin, target, hint, expected):
    relation = catalog.relation("public", origin)
    found = Relationships(catalog, ("public",)).find("public", relation.oid, target, hint)
    assert sorted(f"{each.cardinality} {each.name}" for each in found) == expected


def test_a_junction_counts_only_where_its_schema_is_exposed(catalog):
    books = catalog.relation("public", "books")
    found = Relationships(catalog, ("public", "private")).find("public", books.oid, "tags", None)
    assert sorted(each.name for each in found) == ["book_tags", "hidden_tags"]


def test_to_one_and_to_many(catalog):
    relationships = Relationships(catalog, ("public",))
    for origin, target, to_one in [
        ("books", "publishers", True),
        ("books", "tags", False),
        ("books", "publisher", True),
    ]:
        (found,) = relationships.find("public", catalog.relation("public", origin).oid, target, None)
        assert found.to_one is to_one
