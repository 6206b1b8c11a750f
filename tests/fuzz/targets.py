"""What is fuzzed, with what, and what has to hold whatever the bytes are.

A target raises for a fault: an error that the reader does not promise, a position outside of the file, an internal error in
a report, or two answers to the same question.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random

from msgspec import Struct, structs

from tests.fuzz.mutation import mutated

ROOT = Path(__file__).parents[2]

Target = Callable[[bytes], None]

FOLDERS = [ROOT / "samples", ROOT / "tests", ROOT / "docs"]
"""Where the corpus comes from; one more can be given by hand."""
_MOST_FILES, _LEAST_LETTERS = 3000, 12


@cache
def corpus(*endings: str) -> tuple[bytes, ...]:
    """The files of these kinds, folder by folder in the order of their names."""
    found = (sorted(each for each in folder.rglob("*") if each.name.endswith(endings)) for folder in FOLDERS)
    files = (file for folder in found for file in folder[:: len(folder) // _MOST_FILES + 1])
    return tuple(data for each in files if each.is_file() and (data := each.read_bytes()))


@cache
def literals(*tests: str) -> tuple[bytes, ...]:
    """What the tests of these folders and files have between quotes: each an odd case that someone once thought of."""
    files = sorted(file for each in tests for file in (ROOT / "tests").glob(each))
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_bytes())))
    found = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return tuple(dict.fromkeys(each.encode("utf-8", "surrogatepass") for each in found if len(each) >= _LEAST_LETTERS))


def _check_spans(value: object, size: int) -> None:
    from analyzer.model.span import Span

    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Span):
            assert 0 <= each.start <= each.end <= size, each
        elif isinstance(each, tuple):
            waiting.extend(each)
        elif isinstance(each, Struct):
            waiting.extend(structs.astuple(each))


def _check_problems(problems: Sequence[object], size: int) -> None:
    from analyzer.model.source import Problem

    for each in problems:
        assert isinstance(each, Problem)
        assert not each.internal, each.message
        assert each.message
        assert each.offset is None or 0 <= each.offset <= size, each


# --- readers ------------------------------------------------------------------------------------------------------------


def sql(data: bytes) -> None:
    """Statements in their order, each within the file; the replay takes all of them."""
    from analyzer.model.source import Source
    from analyzer.sql.read import read_sql
    from analyzer.sql.replay import replay
    from analyzer.sql.script import Script

    facts = read_sql(Source("1.sql", data))
    _check_problems(facts.problems, len(data))
    _check_spans(facts.statements, len(data))
    starts = [each.span.start for each in facts.statements]
    assert starts == sorted(starts)
    replayed = replay([Script("1.sql", "1", facts)])
    _check_problems([problem for _, problem in replayed.problems], len(data))
    assert replayed.statements == len(facts.statements)


def code(data: bytes) -> None:
    """Every reference within the file, in TypeScript, in markup, and in the script of a component."""
    from analyzer.code.exports import read_exports
    from analyzer.code.generated import read_generated_types
    from analyzer.code.read import read_code
    from analyzer.model.source import Source
    from analyzer.suppress import read_ignores

    for name in ("a.ts", "a.tsx", "a.vue"):
        source = Source(name, data)
        facts = read_code(source)
        _check_problems(facts.problems, len(data))
        _check_spans((facts.references, facts.unresolved), len(data))
        assert read_code(source) == facts
    read_exports(Source("a.ts", data))
    read_generated_types(Source("a.ts", data))
    read_ignores(Source("a.ts", data))
    read_ignores(Source("a.sql", data))


def select(data: bytes) -> None:
    """The list, and whatever else a call may hold, is read, or refused within its own length."""
    from analyzer.code import conditions
    from analyzer.code.cursor import Refused
    from analyzer.code.origin import Untold
    from analyzer.code.select import read_selection
    from analyzer.code.wording import Wording
    from analyzer.model.span import Span

    text = data.decode("utf-8", "replace")
    size = len(text)
    wording = Wording(text, range(size), range(1, size + 1), Span(0, size))
    others = (
        conditions.read_target,
        conditions.read_path,
        conditions.read_names,
        conditions.read_orders,
        conditions.read_change_filter,
        conditions.read_logic,
    )
    for read in (read_selection, *others):
        try:
            _check_spans(read(wording), size)
        except (Refused, Untold):
            continue


def model(data: bytes) -> None:
    """Every entity within the document, whatever its form."""
    from analyzer.domain.read import read_domain
    from analyzer.model.source import Source

    for name in ("model.md", "model.dbml", "model.yaml", "model.mmd"):
        facts = read_domain(Source(name, data))
        _check_problems(facts.problems, len(data))
        _check_spans(facts.entities, len(data))


def declared(data: bytes) -> None:
    """Every table within the file that declares it."""
    from analyzer.code.declaration import read_declarations
    from analyzer.model.source import Source

    for name in ("schema.prisma", "schema.ts"):
        facts = read_declarations(Source(name, data))
        _check_problems(facts.problems, len(data))
        _check_spans(facts, len(data))


# --- what the user writes -----------------------------------------------------------------------------------------------


@contextmanager
def _one_sentence_on(name: str) -> Iterator[None]:
    from analyzer.model.errors import ConfigError

    told = name
    try:
        yield
    except ConfigError as error:
        told = str(error)
    assert told.startswith(name)


def config(data: bytes) -> None:
    """One sentence with the file's name, or values; of config.toml, problems."""
    from analyzer.config.document import read_entries
    from analyzer.config.keys import read_key
    from analyzer.config.supabase import read_supabase_toml

    with _one_sentence_on("fromcheck.yaml"):
        for entry in read_entries(data, "fromcheck.yaml"):
            read_key(entry, "fromcheck.yaml")
    _, problems = read_supabase_toml(Files({"config.toml": data}), "config.toml")
    _check_problems([problem for _, problem in problems], len(data))


def baseline(data: bytes) -> None:
    """One sentence with the file's name, or what it accepts."""
    from analyzer.baseline import read_baseline

    with _one_sentence_on("b.json"):
        read_baseline(data, "b.json")


def cache_blob(data: bytes) -> None:
    """No value, or one that can be written again."""
    from analyzer.cache.codec import Unreadable, codec
    from analyzer.model.events import SqlFacts
    from analyzer.model.facts import CodeFacts
    from analyzer.model.report import Report

    for kind in (CodeFacts, SqlFacts, Report):
        try:
            value = codec(kind).decode(data)
        except Unreadable:
            continue
        codec(kind).encode(value)


# --- everything ---------------------------------------------------------------------------------------------------------


class Files:
    """A tree in memory."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    def read(self, path: str) -> bytes:
        if path not in self._files:
            raise FileNotFoundError(2, "No such file or directory")
        return self._files[path]

    def problems(self) -> tuple[()]:
        return ()


_SEAM = b"\n-- seam --\n"
_PLACES = {
    "supabase/migrations/1_a.sql": (".sql",),
    "supabase/migrations/2_b.sql": (".sql",),
    "a.ts": (".ts",),
    "lib/b.tsx": (".tsx", ".ts"),
    "lib/c.vue": (".ts",),
    "supabase/config.toml": (".toml",),
    "database.types.ts": (".ts",),
    "docs/model.md": (".md", ".dbml"),
    "package.json": (".json",),
    "tsconfig.json": (".json",),
}


def scan(data: bytes) -> None:
    """A project of migrations, code, types, a model and settings: a report that every format can print."""
    from analyzer.config import Config
    from analyzer.engine import Options, Session
    from analyzer.registry import find_constants
    from analyzer.reporter import Style

    files = dict(zip(_PLACES, [*data.split(_SEAM), *[b""] * len(_PLACES)], strict=False))
    report = Session(Files(files), ".", Config(), Options()).scan()
    assert not report.failed, [each.message for each in report.troubles if each.internal]
    for reporter in find_constants("analyzer.reporters", "REPORTER"):
        text = "\n".join(reporter.render(report, Style(verbose=True, silenced=True)))
        text.encode("utf-8")
        if reporter.name in ("json", "sarif", "gitlab"):
            json.loads(text)


# --- where the bytes come from ------------------------------------------------------------------------------------------


_TESTS = {
    ".sql": ("sql_reader/*.py", "replay/*.py", "postgres/*.py", "sources/*.py"),
    ".ts": ("code_reader/*.py", "cross_file/*.py", "sources/*.py", "suppression/*.py", "lsp/*.py"),
    ".md": ("domain/*.py",),
    ".prisma": ("sources/*.py",),
}


def _files(*endings: str) -> Callable[[Random], bytes]:
    tests = tuple(each for ending in endings for each in _TESTS.get(ending, ()))
    return lambda random: mutated(random, literals(*tests) if tests and random.random() < 0.4 else corpus(*endings))


def _list(random: Random) -> bytes:
    return mutated(random, (*_LISTS, *literals("code_reader/test_select.py", "code_reader/test_conditions.py")))


_LISTS = (
    b"*", b"id, name", b"id, author:authors!inner(id, name), ...tags(label)", b"data->a->>b::text, total.sum()", b"count()",
    b'"odd name", alias:"b(c"', b"a!left!hint(b(c(d)))", b"posts(id, comments(*)), x::int",
)  # fmt: skip
_BASELINES = (
    b'{"version": 1, "findings": []}',
    b'{"version": 1, "findings": [{"fingerprint": "a", "code": "FC101", "path": "a.ts", "subject": "public.a"}]}',
)


def _configuration(random: Random) -> bytes:
    from analyzer.config.published import template

    written = template().encode()
    files = (*corpus(".yaml", ".toml"), written, written.replace(b"# ", b""), *_examples())
    return mutated(random, files)


def _examples() -> Iterator[bytes]:
    from analyzer.config.keys import KEYS

    yield from (f"{name}: {key.example}\n".encode() for name, key in KEYS.items())


def _blob(random: Random) -> bytes:
    from analyzer.cache.codec import codec
    from analyzer.code.read import read_code
    from analyzer.model.events import SqlFacts
    from analyzer.model.facts import CodeFacts
    from analyzer.model.source import Source
    from analyzer.sql.read import read_sql

    if random.random() < 0.5:
        blob = codec(CodeFacts).encode(read_code(Source("a.ts", random.choice(corpus(".ts")))))
    else:
        blob = codec(SqlFacts).encode(read_sql(Source("a.sql", random.choice(corpus(".sql"))[:5000])))
    return mutated(random, (blob,))


def _project(random: Random) -> bytes:
    return _SEAM.join(
        random.choice(corpus(*each)) if random.random() < 0.3 else _files(*each)(random) for each in _PLACES.values()
    )


TARGETS: dict[str, tuple[Target, Callable[[Random], bytes]]] = {
    "sql": (sql, _files(".sql")),
    "code": (code, _files(".ts", ".tsx")),
    "select": (select, _list),
    "model": (model, _files(".md", ".dbml", ".yaml")),
    "declared": (declared, _files(".prisma", ".ts")),
    "config": (config, _configuration),
    "baseline": (baseline, lambda random: mutated(random, _BASELINES)),
    "cache": (cache_blob, _blob),
    "scan": (scan, _project),
}


def attempt(name: str, seed: int) -> bytes:
    """Run the target on what the seed makes; the bytes. Raises what the target raises."""
    run, make = TARGETS[name]
    data = make(Random(f"{name} {seed}"))
    limit = sys.getrecursionlimit()
    try:
        run(data)
    except BaseException as error:
        error.add_note(f"python -m tests.fuzz {name} --seed {seed}")
        raise
    assert sys.getrecursionlimit() == limit
    return data
