"""Prisma: ``model``, ``view`` and ``enum`` blocks of ``schema.prisma`` and the files beside it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from analyzer.code.declaration import Declarer
from analyzer.model.declaration import Declarations, DeclaredColumn, DeclaredEnum, DeclaredKey, DeclaredTable, Target
from analyzer.model.events import OnDelete
from analyzer.model.record import Record
from analyzer.model.source import Source
from analyzer.model.span import Span

_TOKEN = re.compile(
    r'(?P<text>"(?:[^"\\\n]|\\.)*+")|(?P<open>"(?:[^"\\\n]|\\.)*+)|(?P<line>\n)|(?P<word>\w+)'
    r"|(?P<blank>//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)|[^\S\n]+)|(?P<sign>@@|.)"
)
_MARK = codecs.BOM_UTF8.decode("latin-1")
_NO_FOREIGN_KEYS = re.compile(r'^[ \t]*+relationMode\s*+=\s*+"prisma"', re.MULTILINE)
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_SCALARS = {
    "String": ("text", ""),
    "Boolean": ("boolean", ""),
    "Int": ("integer", ""),
    "BigInt": ("bigint", ""),
    "Float": ("double precision", ""),
    "Decimal": ("numeric", "(65,30)"),
    "DateTime": ("timestamp without time zone", "(3)"),
    "Json": ("jsonb", ""),
    "Bytes": ("bytea", ""),
}
_NATIVE = {
    "VarChar": "character varying",
    "Char": "character",
    "VarBit": "bit varying",
    "SmallInt": "smallint",
    "DoublePrecision": "double precision",
    "Decimal": "numeric",
    "Timestamp": "timestamp without time zone",
    "Timestamptz": "timestamp with time zone",
    "Time": "time without time zone",
    "Timetz": "time with time zone",
    "Citext": "unknown",
} | {name: name.lower() for name in ("Text", "Bit", "Uuid", "Xml", "Inet", "Integer", "Oid", "BigInt", "Real", "Money")}
_NATIVE |= {name: name.lower() for name in ("Date", "Json", "JsonB", "ByteA", "Boolean")}
_SERIALS = {"integer": "serial", "bigint": "bigserial", "smallint": "smallserial"}
_ACTIONS: dict[str, OnDelete] = {
    "Cascade": "cascade",
    "Restrict": "restrict",
    "NoAction": "no action",
    "SetNull": "set null",
    "SetDefault": "set default",
}
_MADE_BY_THE_CLIENT = frozenset({"uuid", "cuid", "ulid", "nanoid", "auto", "sequence"})


class _Token(Record, frozen=True):
    kind: str
    text: str
    start: int

    @property
    def value(self) -> str:
        """What it says: a string without its quotes."""
        raw = re.sub(r"\\(.)", r"\1", self.text[1:-1]) if self.kind == "text" else self.text
        return raw.encode("latin-1").decode("utf-8", "replace")

    @property
    def span(self) -> Span:
        """Where it stands, a string without its quotes."""
        quote = self.kind == "text"
        return Span(self.start + quote, self.start + len(self.text) - quote)


class _Attribute(Record, frozen=True):
    """``@name(…)``: its arguments by name, those without one under their position."""

    name: str
    span: Span
    args: Mapping[str, list[_Token]]

    def text(self, *names: str) -> _Token | None:
        """The string given under one of the names."""
        return next((t for name in names for t in self.args.get(name, ()) if t.kind == "text"), None)

    def fields(self, *names: str) -> tuple[str, ...]:
        """The names within the brackets given under one of the names."""
        given = next((self.args[name] for name in names if name in self.args), [])
        depth = 0
        found = []
        for token in given:
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            if depth == 1 and token.kind == "word":
                found.append(token.value)
        return tuple(found)


class _Field(Record, frozen=True):
    name: _Token
    type: str
    optional: bool
    many: bool
    attributes: Mapping[str, _Attribute]


class _Block(Record, frozen=True):
    kind: str
    name: _Token
    fields: tuple[_Field, ...]
    attributes: tuple[_Attribute, ...]

    def attribute(self, name: str) -> _Attribute | None:
        """The first attribute of that name."""
        return next((each for each in self.attributes if each.name == name), None)


def read(source: Source) -> Declarations:
    """The models and enums of one file. Types that it does not hold itself are looked for among all the files."""
    text = source.data.decode("latin-1").replace(_MARK, " " * len(_MARK), 1)
    blocks = list(_blocks(_lines(text)))
    models = {each.name.value: each for each in blocks if each.kind in ("model", "view")}
    tables = [_table(each, models) for each in models.values()]
    if _NO_FOREIGN_KEYS.search(text):
        tables = [replace(each, keys=tuple(key for key in each.keys if key.target is None)) for each in tables]
    return Declarations((*tables, *_junctions(models)), tuple(_enum(each) for each in blocks if each.kind == "enum"))


# --- the text ---------------------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[list[_Token]]:
    """The tokens line by line; what stands in brackets is one line."""
    line: list[_Token] = []
    depth = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind == "line" and depth <= 0:
            yield line
            line, depth = [], 0
        elif kind not in ("line", "blank"):
            depth += (match[0] in _OPENING) - (match[0] in _CLOSING)
            line.append(_Token(kind, match[0], match.start()))
    yield line


def _blocks(lines: Iterator[list[_Token]]) -> Iterator[_Block]:
    for line in lines:
        if len(line) > 2 and line[0].kind == line[1].kind == "word" and line[2].text == "{":
            yield _block(line, lines)


def _block(head: list[_Token], lines: Iterator[list[_Token]]) -> _Block:
    found: list[_Field] = []
    attributes: list[_Attribute] = []
    for line in lines:
        if line and line[0].text == "}":
            break
        if line and line[0].text == "@@":
            attributes.extend(_attributes(line))
        elif line and line[0].kind == "word":
            found.append(_field(line))
    return _Block(head[0].text, head[1], tuple(found), tuple(attributes))


def _field(line: list[_Token]) -> _Field:
    at = next((at for at, token in enumerate(line) if token.text == "@"), len(line))
    signs = [token.text for token in line[2:at]]
    kind = line[1].value if at > 1 and line[1].kind == "word" else ""
    attributes = {each.name: each for each in reversed(list(_attributes(line[at:])))}
    return _Field(line[0], kind, "?" in signs, "[" in signs, attributes)


def _attributes(line: Sequence[_Token]) -> Iterator[_Attribute]:
    at = 0
    while at < len(line):
        if line[at].text not in ("@", "@@"):
            at += 1
            continue
        first = at = at + 1
        while at < len(line) and (line[at].kind == "word" or line[at].text == "."):
            at += 1
        name = "".join(token.text for token in line[first:at])
        end = _closing(line, at) if at < len(line) and line[at].text == "(" else at
        if name:
            yield _Attribute(name, Span(line[first].start, line[at - 1].span.end), _arguments(line[at + 1 : end]))
        at = end


def _closing(line: Sequence[_Token], start: int) -> int:
    depth = 0
    for at in range(start, len(line)):
        depth += (line[at].text in _OPENING) - (line[at].text in _CLOSING)
        if depth == 0:
            return at
    return len(line)


def _arguments(tokens: Sequence[_Token]) -> dict[str, list[_Token]]:
    given: list[list[_Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if token.text == "," and depth == 0:
            given.append([])
        else:
            given[-1].append(token)
    named = [(each[0].text, each[2:]) if len(each) > 2 and each[1].text == ":" else ("", each) for each in given]
    return {name or str(at): each for at, (name, each) in enumerate(named)}


# --- the meaning ------------------------------------------------------------------------------------------------------


def _table(block: _Block, models: Mapping[str, _Block]) -> DeclaredTable:
    own = [each for each in block.fields if each.type not in models]
    named, schema = _mapped(block), block.attribute("schema")
    put = schema.text("0", "name") if schema else None
    return DeclaredTable(
        block.name.value,
        named.value,
        block.name.span,
        put.value if put else None,
        kind="view" if block.kind == "view" else "table",
        columns=tuple(_column(each) for each in own),
        keys=(*_field_keys(block), *_block_keys(block)),
    )


def _mapped(block: _Block) -> _Token:
    mapped = block.attribute("map")
    return (mapped.text("0", "name") if mapped else None) or block.name


def _column(field: _Field) -> DeclaredColumn:
    mapped = field.attributes.get("map")
    name = (mapped.text("0", "name") if mapped else None) or field.name
    kind, modifier = _type(field)
    default = field.attributes.get("default")
    made = default.args.get("0", default.args.get("value", [])) if default else []
    if made and made[0].text == "autoincrement":
        kind, made = _SERIALS.get(kind, kind), []
    known = field.type in _SCALARS or field.type in ("Unsupported", "")
    return DeclaredColumn(
        field.name.value,
        name.span if name.kind == "text" else field.name.span,
        name.value,
        kind,
        modifier,
        int(field.many),
        None if known else field.type,
        not (field.optional or field.many),
        _default(made),
    )


def _type(field: _Field) -> tuple[str, str]:
    native = next((each for name, each in field.attributes.items() if name.startswith("db.")), None)
    if native is None:
        return _SCALARS.get(field.type, ("unknown", ""))
    sizes = [token.text for given in native.args.values() for token in given if token.kind == "word"]
    return _NATIVE.get(native.name.removeprefix("db."), "unknown"), f"({','.join(sizes)})" if sizes else ""


def _default(made: Sequence[_Token]) -> str | None:
    """The default that the database knows; Prisma's client makes some values itself."""
    if not made or made[0].text in _MADE_BY_THE_CLIENT:
        return None
    if made[0].text == "now":
        return "CURRENT_TIMESTAMP"
    if made[0].text == "dbgenerated":
        return next((token.value for token in made if token.kind == "text"), "dbgenerated()")
    if len(made) == 1 and (made[0].kind == "text" or not re.fullmatch(r"\d+|true|false", made[0].text)):
        return "'" + made[0].value.replace("'", "''") + "'"
    return "".join(token.text for token in made)


def _field_keys(block: _Block) -> Iterator[DeclaredKey]:
    for field in block.fields:
        keys = (field.name.value,)
        if (attribute := field.attributes.get("id")) is not None:
            yield _key("primary key", keys, attribute)
        if (attribute := field.attributes.get("unique")) is not None:
            yield _key("unique", keys, attribute)
        if (attribute := field.attributes.get("relation")) is not None and attribute.fields("fields"):
            yield _foreign_key(field, attribute)


def _block_keys(block: _Block) -> Iterator[DeclaredKey]:
    for attribute in block.attributes:
        if attribute.name == "id":
            yield _key("primary key", attribute.fields("0", "fields"), attribute)
        elif attribute.name == "unique":
            yield _key("unique", attribute.fields("0", "fields"), attribute)


def _key(kind: str, keys: tuple[str, ...], attribute: _Attribute) -> DeclaredKey:
    named = attribute.text("map")
    if kind == "unique":  # Prisma makes an index of it, and no constraint
        return DeclaredKey("unique", keys, attribute.span, _plain(named) or "{table}_{columns}_key", index=True)
    return DeclaredKey("primary key", keys, attribute.span, _plain(named))


def _plain(named: _Token | None) -> str | None:
    """A name as a pattern that stands for itself."""
    return named.value.replace("{", "{{").replace("}", "}}") if named else None


def _foreign_key(field: _Field, attribute: _Attribute) -> DeclaredKey:
    named = attribute.text("map")
    action = next(
        (token.text for token in attribute.args.get("onDelete", ())), "SetNull" if field.optional else "Restrict"
    )
    return DeclaredKey(
        "foreign key",
        attribute.fields("fields"),
        attribute.span,
        _plain(named),
        Target(field.type, attribute.fields("references")),
        _ACTIONS.get(action, "no action"),
    )


def _enum(block: _Block) -> DeclaredEnum:
    labels = []
    for field in block.fields:
        mapped = field.attributes.get("map")
        labels.append(((mapped.text("0", "name") if mapped else None) or field.name).value)
    schema = block.attribute("schema")
    put = schema.text("0", "name") if schema else None
    return DeclaredEnum(
        block.name.value,
        _mapped(block).value,
        block.name.span,
        put.value if put else None,
        labels=tuple(labels),
    )


# --- many to many -----------------------------------------------------------------------------------------------------


def _junctions(models: Mapping[str, _Block]) -> Iterator[DeclaredTable]:
    """The tables that Prisma makes by itself where two models list each other."""
    lists = sorted(_lists(models), key=lambda each: (each[0], each[1].type, each[1].name.start))
    pairs: dict[tuple[str, str, str], list[_Field]] = {}
    for owner, field, relation in lists:
        first, second = sorted((owner, field.type))
        pairs.setdefault((first, second, relation), []).append(field)
    for (first, second, relation), both in pairs.items():
        if len(both) == 2:
            yield _junction(models[first], models[second], relation, both[0])


def _lists(models: Mapping[str, _Block]) -> Iterator[tuple[str, _Field, str]]:
    for owner, block in models.items():
        for field in block.fields:
            relation = field.attributes.get("relation")
            named = relation.text("0", "name") if relation else None
            if field.many and field.type in models:
                yield owner, field, named.value if named else ""


def _junction(first: _Block, second: _Block, relation: str, field: _Field) -> DeclaredTable:
    span = field.name.span
    sides = [(key, model.name.value, _identity(model)) for key, model in (("A", first), ("B", second))]
    columns = tuple(replace(column, key=key, name=key, span=span) for key, _, column in sides)
    keys = tuple(
        DeclaredKey("foreign key", (key,), span, None, Target(model, (column.key,)), "cascade")
        for key, model, column in sides
    )
    name = f"_{relation or f'{first.name.value}To{second.name.value}'}"
    return DeclaredTable(name, name, span, columns=columns, keys=keys, open=True)


def _identity(model: _Block) -> DeclaredColumn:
    """A column like the model's own key, without what only that has."""
    found = next((each for each in model.fields if "id" in each.attributes), None)
    if found is None:
        return DeclaredColumn("id", model.name.span, "id")
    column = _column(found)
    plain = {serial: kind for kind, serial in _SERIALS.items()}.get(column.type, column.type)
    return replace(column, type=plain, default=None, not_null=True)


DECLARER = Declarer((".prisma",), read)
