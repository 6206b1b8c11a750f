"""SQL in the code: which relations it names, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.code.read import read_code
from analyzer.engine.readers import code
from analyzer.model.facts import CodeFacts
from analyzer.model.source import Source


def read(text: str) -> CodeFacts:
    return code(Source("app.ts", text.encode()))


def found(text: str) -> list[tuple[str | None, str, str | None]]:
    """Schema, name and operation of each reference, once its span is that of the name."""
    references = read(text).references
    for each in references:
        (name,) = each.names
        assert text.encode()[name.span.start : name.span.end].decode() == name.text
        assert (each.kind, each.client) == ("table", "sql")
    return [(each.schema.text if each.schema else None, each.names[0].text, each.operation) for each in references]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("await sql`select id from deals`;", [(None, "deals", "select")]),
        ("await sql<Deal[]>`select id from deals`;", [(None, "deals", "select")]),
        ("await sql`\n  -- all\n  SELECT 'é🙂' FROM Deals`;".replace("Deals", "deals"), [(None, "deals", "select")]),
        (
            "sql`select * from deals d join app.notes n on n.id = d.id where d.id = ${id}`;",
            [(None, "deals", "select"), ("app", "notes", "select")],
        ),
        ('sql`insert into "Two Words" (id) values (${id})`;', [(None, "Two Words", "insert")]),
        ("pool.query('update deals set id = $1', [1]);", [(None, "deals", "update")]),
        ("pool.query({ text: 'select 1 from deals', values: [1] });", [(None, "deals", "select")]),
        ("pool.query({ name: 'one', text: `delete from deals`, values });", [(None, "deals", "delete")]),
        ("tabs.query({ text: 'deals' });", []),
        ('client.query("delete from deals where id = $1", [1]);', [(None, "deals", "delete")]),
        (
            "db.execute(sql`select 1 from deals where id in (select id from notes)`);",
            [(None, "deals", "select"), (None, "notes", "select")],
        ),
        ("pool.query(`with x as (select id from notes) select * from x`);", [(None, "notes", "select")]),
        ("prisma.$queryRaw`select 1 from deals`;", [(None, "deals", "select")]),
        ("await connection.queryObject`select 1`;", []),
        ("await connection.queryObject('select id from deals');", [(None, "deals", "select")]),
        ("sql`select * from pg_catalog.pg_class, pg_stat_activity, information_schema.tables`;", []),
        ("const part = sql`where id = ${1}`;", []),
        ("search.query('deals');", []),
        ("trpc.deals.query({ from: 'deals' });", []),
        ("// sql`select id from deals`\nconst text = 'sql`select id from deals`';", []),
        ("const mysql`select id from deals`;", []),
        ("sql`select from from where`;", []),
    ],
)
def test_each_relation_that_a_statement_names(text: str, names: list[tuple[str | None, str, str | None]]) -> None:
    assert sorted(found(text), key=str) == sorted(names, key=str)


def test_a_name_that_is_put_in_is_not_known() -> None:
    facts = read("await sql`select * from ${sql(table)} where id = ${id}`;")
    assert [each.reason for each in facts.unresolved] == ["name put into SQL at run time"]
    assert facts.references == ()


def test_without_a_reader_of_sql_none_is_read() -> None:
    assert read_code(Source("app.ts", b"await sql`select id from deals`;")).references == ()


@given(st.text(alphabet="select from into deals`'\"${}()$1;-/*\\é\n", max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert not any(problem.internal for problem in read(f"await sql`select {text}`;").problems)
