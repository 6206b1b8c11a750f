"""Type names: read as PostgreSQL's grammar reads them, spelt as its ``format_type`` spells them."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.model.events import TypeRef
from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import NOT_A_FUNCTION, NOT_A_LABEL, words
from analyzer.sql.lexer import Token

_RENAMED = {
    "bool": "boolean",
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "float4": "real",
    "float8": "double precision",
    "varchar": "character varying",
    "bpchar": "character",
    "char": '"char"',
    "varbit": "bit varying",
    "time": "time without time zone",
    "timetz": "time with time zone",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
}
_OTHERS = words(
    """
    aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray
    anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange bit box bytea cid cidr circle cstring date
    datemultirange daterange event_trigger fdw_handler gtsvector index_am_handler inet int2vector int4multirange
    int4range int8multirange int8range internal interval json jsonb jsonpath language_handler line lseg macaddr macaddr8
    money name numeric nummultirange numrange oid oidvector path pg_ddl_command pg_lsn pg_node_tree pg_snapshot point
    polygon record refcursor regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc
    regprocedure regrole regtype table_am_handler text tid trigger tsm_handler tsmultirange tsquery tsrange
    tstzmultirange tstzrange tsvector txid_snapshot unknown uuid void xid xid8 xml
    """
)
_CATALOG = {**{name: name for name in _OTHERS}, **_RENAMED}
_BUILTIN = frozenset((*_CATALOG.values(), "bpchar"))

_INTERVAL_FIELDS = words("year month day hour minute second")


def is_builtin(name: str) -> bool:
    """True for a type of ``pg_catalog``, by the name that ``format_type`` gives it, without a modifier."""
    return name in _BUILTIN


def starts_type(token: Token) -> bool:
    """True when a type name can start with this token."""
    return token.kind == "quoted" or (
        token.kind == "word" and (token.key == "setof" or token.key in _SPELT or token.key not in NOT_A_FUNCTION)
    )


def read_routine_type(cursor: Cursor) -> TypeRef:
    """A type as a routine's signature may have it: ``table.column%TYPE`` too."""
    setof = cursor.key == "setof"
    start, first = cursor.at, cursor.ahead(int(setof))
    parts = 1
    while cursor.ahead(setof + 2 * parts - 1).key == ".":
        parts += 1
    sign = setof + 2 * parts - 1
    if parts == 1 or cursor.ahead(sign).key != "%" or cursor.ahead(sign + 1).key != "type":
        return read_type(cursor)
    names = [token.value for token in cursor.tokens[start + setof : start + sign : 2]]
    cursor.at = start + sign
    span = cursor.span_from(first)
    cursor.must("%", "type")
    return TypeRef(names[-2], span, names[-3] if parts > 2 else None, column=names[-1], setof=setof)


def read_type(cursor: Cursor) -> TypeRef:
    """A type with its modifier and array bounds, and ``SETOF`` before it."""
    setof = cursor.take("setof")
    first = cursor.token
    spell = _SPELT.get(first.key)
    if spell is not None and (first.key != "double" or cursor.ahead().key == "precision"):
        cursor.step()
        name, modifier = spell(cursor)
        last = cursor.tokens[cursor.at - 1]
        span = cursor.script.span(first.start, last.end)
        return TypeRef(name, span, modifier=modifier, dimensions=_bounds(cursor), setof=setof)
    return _named(cursor, setof)


def _named(cursor: Cursor, setof: bool) -> TypeRef:
    first = cursor.token
    parts = [cursor.name(NOT_A_FUNCTION)]
    while cursor.take("."):
        parts.append(cursor.name(NOT_A_LABEL))
    span = cursor.span_from(first)
    schema, name = (parts[-2] if len(parts) > 1 else None), parts[-1]
    dimensions = 0
    if schema in (None, "pg_catalog"):
        if name.startswith("_") and name[1:] in _CATALOG:
            name, dimensions = name[1:], 1
        builtin = _CATALOG.get(name)
        if builtin is not None:
            modifier = _builtin_modifier(cursor, builtin)
            name = "bpchar" if name == "bpchar" and not modifier else builtin
            return TypeRef(name, span, modifier=modifier, dimensions=dimensions + _bounds(cursor), setof=setof)
    return TypeRef(name, span, schema, _modifier(cursor), _bounds(cursor), setof=setof)


def _builtin_modifier(cursor: Cursor, name: str) -> str:
    if name == "numeric":
        return _numeric_modifier(cursor)
    if name == "interval":
        return _interval(cursor)[1]
    return _modifier(cursor)


def _modifier(cursor: Cursor) -> str:
    """``(10,2)`` as one would write it without blanks."""
    if cursor.key != "(":
        return ""
    inner = cursor.skip_parens()
    return "(" + "".join(cursor.script.text[token.start : token.end] for token in inner) + ")"


def _bounds(cursor: Cursor) -> int:
    if cursor.take("array"):
        if cursor.key == "[":
            cursor.skip_parens()
        return 1
    count = 0
    while cursor.key == "[":
        cursor.skip_parens()
        count += 1
    return count


# --- types that the grammar itself knows ------------------------------------------------------------------------------


def _numeric_modifier(cursor: Cursor) -> str:
    modifier = _modifier(cursor)
    return f"{modifier[:-1]},0)" if modifier and "," not in modifier else modifier


def _numeric(cursor: Cursor) -> tuple[str, str]:
    return "numeric", _numeric_modifier(cursor)


def _float(cursor: Cursor) -> tuple[str, str]:
    precision = _modifier(cursor).strip("()")
    return ("real" if precision.isdecimal() and int(precision) <= 24 else "double precision"), ""


def _bit(cursor: Cursor) -> tuple[str, str]:
    if cursor.take("varying"):
        return "bit varying", _modifier(cursor)
    return "bit", _modifier(cursor) or "(1)"


def _character(cursor: Cursor) -> tuple[str, str]:
    if cursor.take("varying"):
        return "character varying", _length(cursor)
    return "character", _length(cursor) or "(1)"


def _length(cursor: Cursor) -> str:
    """``(10)``: of characters nothing but a number may tell how many."""
    if cursor.key == "(" and cursor.ahead().kind != "number":
        cursor.step()
        cursor.refuse()
    return _modifier(cursor)


def _national(cursor: Cursor) -> tuple[str, str]:
    cursor.must_any("character", "char")
    return _character(cursor)


def _timed(name: str) -> Callable[[Cursor], tuple[str, str]]:
    def spell(cursor: Cursor) -> tuple[str, str]:
        modifier = _modifier(cursor)
        if cursor.take("with", "time", "zone"):
            return f"{name} with time zone", modifier
        cursor.take("without", "time", "zone")
        return f"{name} without time zone", modifier

    return spell


def _interval(cursor: Cursor) -> tuple[str, str]:
    if cursor.key == "(":
        return "interval", _modifier(cursor)
    fields = ""
    if cursor.key in _INTERVAL_FIELDS and cursor.token.kind == "word":
        fields = " " + cursor.step().key
        if cursor.key == "to" and cursor.ahead().key in _INTERVAL_FIELDS:
            cursor.step()
            fields += " to " + cursor.step().key
    return "interval", fields + (_modifier(cursor) if fields.endswith("second") else "")


def _double(cursor: Cursor) -> tuple[str, str]:
    cursor.must("precision")
    return "double precision", ""


def _plain(name: str) -> Callable[[Cursor], tuple[str, str]]:
    return lambda cursor: (name, "")


_SPELT: dict[str, Callable[[Cursor], tuple[str, str]]] = {
    "int": _plain("integer"),
    "integer": _plain("integer"),
    "smallint": _plain("smallint"),
    "bigint": _plain("bigint"),
    "real": _plain("real"),
    "boolean": _plain("boolean"),
    "json": _plain("json"),
    "float": _float,
    "double": _double,
    "decimal": _numeric,
    "dec": _numeric,
    "numeric": _numeric,
    "bit": _bit,
    "character": _character,
    "char": _character,
    "nchar": _character,
    "national": _national,
    "varchar": lambda cursor: ("character varying", _length(cursor)),
    "timestamp": _timed("timestamp"),
    "time": _timed("time"),
    "interval": _interval,
}
GRAMMAR_TYPES = frozenset(_SPELT)
