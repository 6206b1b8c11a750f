"""Refuses expressions that name a column or a function which is certainly not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from msgspec.structs import replace

from analyzer.model.catalog import Column, Function, Missing, Relation, TypeUse
from analyzer.model.events import ColumnDef, Ref, Text
from analyzer.model.query import ColumnUse, Comparison, Query
from analyzer.sql.analysis import refuse_first, refuse_first_of
from analyzer.sql.assigning import refuse_default
from analyzer.sql.builtins import is_builtin_function
from analyzer.sql.calls import Call, calls_in
from analyzer.sql.comparing import refuse_literal
from analyzer.sql.cursor import Cursor, NotUnderstoodError, RefusedError
from analyzer.sql.keywords import COLUMN_NAME, NOT_A_COLUMN, RESERVED, words
from analyzer.sql.lexer import Script, Token, lex
from analyzer.sql.needs import sequence_at, takes
from analyzer.sql.query import read_expression
from analyzer.sql.resolve import Given, Resolved, Rows, resolve_query, rows_of
from analyzer.sql.state import SYSTEM_SCHEMAS, Refusal, State
from analyzer.sql.types import GRAMMAR_TYPES, read_type
from analyzer.sql.volatility import refuse_mutable

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
_CALL = re.compile(r"\w\s*\(")
_LITERALS = {"integer": re.compile(r"\b\d"), "boolean": re.compile(r"\b(?:true|false)\b", re.IGNORECASE)}
_COMPARES = re.compile(r"[=<>]|\bin\b", re.IGNORECASE)
_NO_COLUMN_AFTER = frozenset((".", "::", "collate", "as", "operator"))


def vet_columns(state: State, relation: Relation, *texts: Text | None) -> None:
    """42703 for a column that the table lacks, 0A000 for a query where there may be none."""
    if not any(texts):
        return
    current = state.catalog.relations[relation.oid]
    known = frozenset(column.name for column in current.columns)
    for text in texts:
        if text is not None and not current.open and _may_part(current, text):
            _compare(state, current, text)
        if text is None or (known.issuperset(text.names) and "select" not in text.sql.lower()):
            continue
        script = lex(text.sql, text.span.start)
        if any(token.key == "select" for token in script.tokens):
            raise Refusal("0A000", "cannot use subquery here", text.span)
        if not current.open and any(_free(script.tokens, known, current.name)):
            _resolve(state, current, text)


def vet_value(state: State, text: Text) -> None:
    """42703 in the CHECK of a domain for any name but VALUE."""
    if any(_free(lex(text.sql).tokens, frozenset(("value",)))) and (query := _read(text)) is not None:
        resolve_query(state, query, [Rows(None, (Given("value"),))])


def vet_column(state: State, relation: Relation, definition: ColumnDef) -> None:
    """The default and the generation expression of a column, once all columns of its table are there."""
    texts = (definition.default, definition.generated)
    column = state.catalog.relations[relation.oid].column(definition.name)
    vet_expression(
        state,
        texts,
        lambda: vet_default(state, definition.default, column),
        lambda: vet_columns(state, relation, definition.generated),
    )
    refuse_mutable(state, relation, "generation expression is not immutable", definition.generated)


def vet_default(state: State, text: Text | None, column: Column | None = None) -> None:
    """0A000 for a default that names a column or holds a query; then what the column does not take, if that is known."""
    if text is None:
        return
    if text.names or "select" in text.sql.lower():
        _vet_names(state, text)
    if column is not None:
        refuse_default(state, column, text)


def _vet_names(state: State, text: Text) -> None:
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


def _may_part(relation: Relation, text: Text) -> bool:
    """Whether it may compare values of two types: most expressions are about one alone."""
    if not _COMPARES.search(text.sql) or "select" in text.sql.lower():
        return False
    rest = text.sql.replace("auth.uid()", "")
    if "'" in rest or "::" in rest or _CALL.search(rest):
        return True
    types = {column.type for name in text.names if (column := relation.column(name)) is not None}
    types |= {TypeUse("uuid")} if rest != text.sql else set()
    types |= {TypeUse(type_) for type_, sign in _LITERALS.items() if sign.search(rest)}
    return len(types) > 1


def _compare(state: State, relation: Relation, text: Text) -> None:
    """42883 and 22P02 for what is compared and can't be."""
    comparisons = _comparisons(text.sql)
    if comparisons:
        try:
            resolve_query(state, Query(comparisons=comparisons), [rows_of(state, relation.oid, relation.name)])
        except Refusal as refusal:
            refusal.at = text.span
            raise


@lru_cache(2048)  # many policies say the same
def _comparisons(sql: str) -> tuple[Comparison, ...]:
    query = read_expression(sql)
    return query.comparisons if query is not None else ()


def _read(text: Text) -> Query | None:
    """The expression without what sqlglot takes for a column and the grammar does not (``user``)."""
    query = read_expression(text.sql, text.span.start)
    if query is None or any(use.name in RESERVED for use in query.columns if not _quoted(use, text)):
        return None
    return query


def _quoted(use: ColumnUse, text: Text) -> bool:
    at = use.span.start - text.span.start
    return text.sql.encode("utf-8", "surrogateescape")[at : at + 1] == b'"'


def _free(tokens: Sequence[Token], known: frozenset[str], table: str = "") -> Iterator[Token]:
    """The tokens that may be columns which are not known, or stand before one as its table."""
    for at, token in enumerate(tokens):
        plain = token.kind == "quoted" or (token.kind == "word" and token.key not in _GRAMMAR)
        if not plain or (tokens[at - 1].key if at else "") in _NO_COLUMN_AFTER:
            continue
        match tokens[at + 1 : at + 4]:
            case [dot, column, *more] if dot.key == ".":
                named = column.kind in ("word", "quoted") and not (more and more[0].key in ("(", "."))
                if named and (token.value != table or column.value not in known):
                    yield token
            case [following, *_] if following.key in ("(", "=>", ":=") or following.kind == "string":
                pass
            case _ if token.value not in known:
                yield token


def vet_query(state: State, query: Query | None, text: Text | None) -> Resolved | None:
    """What the query gives, None where it was not understood. Refuses what it names and is not there."""
    found: list[Resolved] = []
    if query is not None:
        vet_expression(state, (text,), lambda: found.append(resolve_query(state, query)))
    else:
        vet_expression(state, (text,))
    return found[0] if found else None


# --- functions --------------------------------------------------------------------------------------------------------


def vet_calls(state: State, *texts: Text | None) -> None:
    """42883 for a function that neither PostgreSQL nor Supabase has, and no migration brings up to here."""
    for text in texts:
        if text is not None and "(" in text.sql:
            script = lex(text.sql, text.span.start)
            calls = {call.at: call for call in calls_in(script.tokens)}
            check = partial(_vet_call_of, state, script, calls)
            refuse_first_of(script.tokens, calls, check)


def _vet_call_of(state: State, script: Script, calls: Mapping[int, Call], at: int) -> None:
    vet_call(state, calls[at].ref(script), calls[at].arguments)


def vet_types(state: State, *texts: Text | None) -> None:
    """42704 for a type that is cast to, and is not there; 22P02 or 22007 for a literal that is none of its values."""
    for text in texts:
        if text is not None and _CAST.search(text.sql):
            script = lex(text.sql, text.span.start)
            refuse_first_of(script.tokens, _cast_types(script.tokens), partial(_vet_type, state, script))


def _vet_type(state: State, script: Script, at: int) -> None:
    """What is no type at all was refused as syntax, or stands where this reader does not know its way."""
    try:
        type_ = read_type(Cursor(script, [*script.tokens[at:], _END]))
    except (RefusedError, NotUnderstoodError):
        return
    use = state.resolve_type(type_)
    if _is_literal(script.tokens, at - 2):
        literal = script.tokens[at - 2]
        refuse_literal(state, use, literal.value, script.span(literal.start, literal.end))


def _is_literal(tokens: Sequence[Token], at: int) -> bool:
    """Whether a string stands there, with no type before it: it becomes a value of what it is cast to as it is read."""
    if at < 0 or tokens[at].kind != "string" or tokens[at + 1].key != "::":
        return False
    before = tokens[at - 1] if at else None
    return before is None or before.key in RESERVED or (before.kind == "op" and before.key not in (")", "]"))


def vet_operators(state: State, *texts: Text | None) -> None:
    """42883 for an equals sign too many, as other languages have it: no operator of PostgreSQL is called so."""
    for text in texts:
        if text is not None and "==" in text.sql and not state.own_casts and not state.explained("==", "operator"):
            script = lex(text.sql, text.span.start)
            for token in script.tokens:
                if token.key in _EQUALS:
                    span = script.span(token.start, token.end)
                    raise Refusal("42883", f"operator does not exist: {token.key}", span)


_EQUALS = frozenset(("==", "===", "!=="))
_CAST = re.compile(r"::|\bcast\s*\(", re.IGNORECASE)
_END = Token("end", "", "", 0, 0)


def _cast_types(tokens: Sequence[Token]) -> Iterator[int]:
    """Where the types of casts begin, but for those that the grammar knows, unless a literal is cast to them."""
    for at, token in enumerate(tokens[:-1]):
        if token.key == "cast" and tokens[at + 1].key == "(":
            inner = tokens[at + 2 :]
            closing = next((n for n, each in enumerate(_depths(inner)) if each < 0), len(inner))
            named = [n for n, each in enumerate(_depths(inner[:closing])) if each == 0 and inner[n].key == "as"]
            if named and closing < len(inner) and _names_type(inner[named[-1] + 1]):
                yield at + 2 + named[-1] + 1
        elif token.key == "::" and (_names_type(tokens[at + 1]) or _is_literal(tokens, at - 1)):
            yield at + 1


def _names_type(token: Token) -> bool:
    return token.kind == "quoted" or (token.kind == "word" and token.key not in RESERVED | GRAMMAR_TYPES)


def _depths(tokens: Sequence[Token]) -> Iterator[int]:
    depth = 0
    for token in tokens:
        depth += (token.key in ("(", "[")) - (token.key in (")", "]"))
        yield depth


def vet_expression(state: State, texts: Sequence[Text | None], *checks: Callable[[], object]) -> None:
    """Refuse what the texts name and is not there, and what the further checks refuse: whichever PostgreSQL meets first."""
    named = (partial(check, state, *texts) for check in (vet_types, vet_calls, vet_operators))
    refuse_first(texts, *checks, *named)


def vet_call(state: State, ref: Ref, arguments: int | None = None) -> None:
    """42883 for a function that is certainly not there, or takes no such number of arguments; 42725 for one of several."""
    overloads = state.find_functions(ref)
    if overloads:
        if arguments is not None:
            _vet_arguments(state, ref, overloads, arguments)
        return
    if state.find_type(ref) is not None:
        return
    if ref.schema is None:
        if is_builtin_function(ref.name):
            return
    else:
        state.need_schema(ref.schema, ref.span)
        if ref.schema in SYSTEM_SCHEMAS or state.may_be_shipped(ref):
            return
    if state.explained(ref.name, "create", "function"):
        return
    missing = Missing("function", ref.schema or "public", ref.name)
    raise Refusal("42883", f"function {ref}() does not exist", ref.span, missing)


def _vet_arguments(state: State, ref: Ref, overloads: Sequence[Function], count: int) -> None:
    known = all(not each.open and not each.managed and each.place is not None for each in overloads)
    more = is_builtin_function(ref.name) or state.find_type(ref) is not None or state.explained(ref.name)
    if not known or more:
        return
    fitting = [each for each in overloads if takes(each, count)]
    if not fitting and count != 1:  # a row has its columns, and a type its casts, for functions of one argument
        raise Refusal("42883", f"function {ref} does not exist with so many arguments", ref.span)
    alike = len({(each.schema, each.signature[:count]) for each in fitting}) == 1
    if len(fitting) > 1 and alike and not _variadic(fitting):
        raise Refusal("42725", f"function {ref} is not unique", ref.span)


def _variadic(functions: Sequence[Function]) -> bool:
    return any(each.mode == "variadic" for function in functions for each in function.parameters)
