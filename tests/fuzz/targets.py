"""What is fuzzed, with what, and what has to hold whatever the bytes are.

A target raises for a fault: an error that the reader does not promise, a position outside of the file, an internal error in
a report, or two answers to the same question.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random

from tests.fuzz.mutation import mutated

ROOT = Path(__file__).parents[2]

Target = Callable[[bytes], None]


@cache
def corpus(*endings: str) -> tuple[bytes, ...]:
    """The repository's own files of these kinds: samples and cases, in the order of their names."""
    folders = (ROOT / "samples", ROOT / "tests", ROOT / "docs")
    files = sorted(each for folder in folders for each in folder.rglob("*") if each.name.endswith(endings))
    return tuple(data for each in files if each.is_file() and (data := each.read_bytes()))


def _check_spans(value: object, size: int) -> None:
    from analyzer.model.span import Span

    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Span):
            assert 0 <= each.start <= each.end <= size, each
        elif isinstance(each, tuple):
            waiting.extend(each)
        elif dataclasses.is_dataclass(each):
            waiting.extend(getattr(each, part.name) for part in dataclasses.fields(each))


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
    from analyzer.sql.replay import Script, replay

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
    """The list is read, or refused within its own length."""
    from analyzer.code.cursor import Refused
    from analyzer.code.origin import Untold
    from analyzer.code.select import read_selection
    from analyzer.code.wording import Wording
    from analyzer.model.span import Span

    text = data.decode("utf-8", "replace")
    size = len(text)
    wording = Wording(text, range(size), range(1, size + 1), Span(0, size))
    try:
        _check_spans(read_selection(wording), size)
    except (Refused, Untold):
        return


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


def scan(data: bytes) -> None:
    """A project of two migrations, two files of code and a configuration: a report that every format can print."""
    from analyzer.config import Config
    from analyzer.engine import Options, Session
    from analyzer.registry import find_constants
    from analyzer.reporter import Style

    parts = [*data.split(_SEAM), b"", b"", b"", b"", b""]
    names = ("supabase/migrations/1_a.sql", "supabase/migrations/2_b.sql", "a.ts", "lib/b.tsx", "supabase/config.toml")
    report = Session(Files(dict(zip(names, parts, strict=False))), ".", Config(), Options()).scan()
    assert not report.failed, [each.message for each in report.troubles if each.internal]
    for reporter in find_constants("analyzer.reporters", "REPORTER"):
        text = "\n".join(reporter.render(report, Style(verbose=True, silenced=True)))
        text.encode("utf-8")
        if reporter.name in ("json", "sarif", "gitlab"):
            json.loads(text)


# --- where the bytes come from ------------------------------------------------------------------------------------------


def _files(*endings: str) -> Callable[[Random], bytes]:
    return lambda random: mutated(random, corpus(*endings))


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
    kinds = ((".sql",), (".sql",), (".ts",), (".tsx", ".ts"), (".toml",))
    return _SEAM.join(
        random.choice(corpus(*each)) if random.random() < 0.3 else mutated(random, corpus(*each)) for each in kinds
    )


TARGETS: dict[str, tuple[Target, Callable[[Random], bytes]]] = {
    "sql": (sql, _files(".sql")),
    "code": (code, _files(".ts", ".tsx")),
    "select": (select, lambda random: mutated(random, _LISTS)),
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
