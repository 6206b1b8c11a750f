"""Refuses expressions that name a column or a function which is certainly not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analyzer.model.catalog import Missing, Relation
from analyzer.model.events import ColumnDef, Ref, Text
from analyzer.model.query import ColumnUse, Query
from analyzer.sql.builtins import is_builtin_function
from analyzer.sql.keywords import COLUMN_NAME, NOT_A_COLUMN, RESERVED, UNRESERVED, words
from analyzer.sql.lexer import Script, Token, lex
from analyzer.sql.needs import sequence_at
from analyzer.sql.query import read_expression
from analyzer.sql.resolve import Given, Rows, resolve_query, rows_of
from analyzer.sql.state import SYSTEM_SCHEMAS, Refusal, State

# Words that stand between operands, or name a unit: a column may have such a name, but then we look no closer.
_GRAMMAR = (
    NOT_A_COLUMN
    | COLUMN_NAME
    | words(
        """
    absent at by century day decade dow doy epoch first following hour isodow isoyear last microseconds millennium
    milliseconds minute month nulls over partition preceding quarter range recursive rows second timezone unknown
    varying week within without year zone
    """
    )
)
_NO_COLUMN_AFTER = frozenset((".", "::", "collate", "as", "operator"))


def vet_columns(state: State, relation: Relation, *texts: Text | None) -> None:
    """42703 for a column that the table lacks, 0A000 for a query where there may be none."""
    if not any(texts):
        return
    current = state.catalog.relations[relation.oid]
    known = frozenset(column.name for column in current.columns)
    for text in texts:
        if text is None or (known.issuperset(text.names) and "select" not in text.sql.lower()):
            continue
        script = lex(text.sql, text.span.start)
        if any(token.key == "select" for token in script.tokens):
            raise Refusal("0A000", "cannot use subquery here", text.span)
        if not current.open and any(_free(script.tokens, known)):
            _resolve(state, current, text)


def vet_value(state: State, text: Text) -> None:
    """42703 in the CHECK of a domain for any name but VALUE."""
    if any(_free(lex(text.sql).tokens, frozenset(("value",)))) and (query := _read(text)) is not None:
        resolve_query(state, query, [Rows(None, (Given("value"),))])


def vet_column(state: State, relation: Relation, definition: ColumnDef) -> None:
    """The default and the generation expression of a column, once all columns of its table are there."""
    vet_default(state, definition.default)
    vet_columns(state, relation, definition.generated)
    vet_calls(state, definition.default, definition.generated)


def vet_default(state: State, text: Text | None) -> None:
    """0A000 for a default that names a column or holds a query."""
    if text is None or (not text.names and "select" not in text.sql.lower()):
        return
    tokens = lex(text.sql).tokens
    if any(token.key == "select" for token in tokens):
        raise Refusal("0A000", "cannot use subquery in DEFAULT expression", text.span)
    for at, token in enumerate(tokens[:-2]):
        if token.value == "nextval" and tokens[at + 2].kind == "string" and (ref := sequence_at(tokens, at + 2)):
            state.need_relation(replace(ref, span=text.span))
    if any(_free(tokens, frozenset())) and (query := _read(text)) is not None and query.columns:
        raise Refusal("0A000", "cannot use column reference in DEFAULT expression", query.columns[0].span)


def _resolve(state: State, relation: Relation, text: Text) -> None:
    query = _read(text)
    if query is not None:
        resolve_query(state, query, [rows_of(state, relation.oid, relation.name)])


def _read(text: Text) -> Query | None:
    """The expression without what sqlglot takes for a column and the grammar does not (``user``)."""
    query = read_expression(text.sql, text.span.start)
    if query is None or any(use.name in RESERVED for use in query.columns if not _quoted(use, text)):
        return None
    return query


def _quoted(use: ColumnUse, text: Text) -> bool:
    at = use.span.start - text.span.start
    return text.sql.encode("utf-8", "surrogateescape")[at : at + 1] == b'"'


def _free(tokens: Sequence[Token], known: frozenset[str]) -> Iterator[Token]:
    """The tokens that may be columns which are not known."""
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        before = tokens[at - 1].key if at else ""
        plain = token.kind == "quoted" or (token.kind == "word" and token.key not in _GRAMMAR)
        called = following is not None and (following.key in ("(", ".", "=>", ":=") or following.kind == "string")
        if plain and token.value not in known and not called and before not in _NO_COLUMN_AFTER:
            yield token


# --- functions --------------------------------------------------------------------------------------------------------


def vet_calls(state: State, *texts: Text | None) -> None:
    """42883 for a function that neither PostgreSQL nor Supabase has, and no migration brings up to here."""
    if state.unread:
        return
    for text in texts:
        if text is not None and "(" in text.sql:
            script = lex(text.sql, text.span.start)
            for ref in _calls(script):
                _vet_call(state, ref)


def _calls(script: Script) -> Iterator[Ref]:
    """What is called for sure; an alias with columns (``AS t (a, b)``) and a WITH query look alike, and are left out."""
    tokens = script.tokens
    query = any(token.key == "select" for token in tokens)
    for at, token in enumerate(tokens):
        if token.key != "(" or not at or not _is_plain_name(tokens[at - 1]):
            continue
        name = tokens[at - 1]
        qualified = at > 2 and tokens[at - 2].key == "."
        before = tokens[at - 4 if qualified else at - 2] if at > (3 if qualified else 1) else None
        if before is not None and (before.key in _NO_CALL or _is_plain_name(before) or (query and before.key == ",")):
            continue
        first = tokens[at - 3] if qualified else name
        yield Ref(first.value if qualified else None, name.value, script.span(first.start, name.end))


_NO_CALL = frozenset(("::", ".", ")", "as", "with", "recursive", "into"))


def _is_plain_name(token: Token) -> bool:
    return token.kind == "quoted" or (token.kind == "word" and token.key not in _KEYWORDS)


_KEYWORDS = NOT_A_COLUMN | COLUMN_NAME | UNRESERVED


def _vet_call(state: State, ref: Ref) -> None:
    if state.find_functions(ref) or state.find_type(ref) is not None:
        return
    if ref.schema is None:
        if is_builtin_function(ref.name):
            return
    else:
        oid = state.catalog.schema_names.get(ref.schema)
        if oid is None or ref.schema in SYSTEM_SCHEMAS or state.catalog.schemas[oid].managed:
            return
    missing = Missing("function", ref.schema or "public", ref.name)
    raise Refusal("42883", f"function {ref}() does not exist", ref.span, missing)
