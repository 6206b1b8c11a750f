"""fromcheck beside what a user would run instead, on one project: wall clock, processor time, memory, and ratios.

    npm install --prefix bench/tools                     (what is not installed is left out)
    python -m bench.compare PATH
    python -m bench.compare --generate 2700,360          a made-up project of so many files and migrations
    python -m bench.compare --generate 2700,360 --scale  and a quarter and a sixteenth of it, to see how the cost grows

Every command runs several times, in turn; the table has medians. A generated project has faults in known places, and the
scan has to find all of them and nothing else. The project is copied first: nothing in it is touched.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from bench.generate import generate
from bench.measure import Contender, Measured, machine, measure, measure_in_turn, table

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / "bench" / "tools"
BIN = TOOLS / "node_modules" / ".bin"
CODE = ("ts", "tsx", "js", "jsx", "mjs", "cjs", "mts", "cts")
CALL = re.compile(rb"\.from\((['\"])\w+\1\)")
BASE = "TypeScript's parser, and a walk"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--generate", metavar="FILES,MIGRATIONS", type=_numbers)
    parser.add_argument(
        "--scale", action="store_true", help="measure fromcheck alone on a sixteenth, a quarter, the whole"
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="", help="measure only what has this in its name")
    parser.add_argument(
        "--without", default=[], nargs="*", metavar="WORD", help="leave out what has one of these in its name"
    )
    given = parser.parse_args()
    if (given.path is None) == (given.generate is None):
        parser.error("give either PATH or --generate")
    print(f"{machine()}; medians of {given.runs} runs in turn\n")
    sizes = [given.generate] if given.generate else [None]
    if given.scale and given.generate:
        files, migrations = given.generate
        sizes = [(files // part, migrations // part) for part in (16, 4, 1)]
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            project = Path(place) / "project"
            _provide(project, given.path, size)
            only = "fromcheck" if given.scale else given.only
            names = partial(_is_wanted, only, given.without)
            print(_compared(project, Path(place), given.runs, names), end="\n\n")


def _numbers(text: str) -> tuple[int, int]:
    files, migrations = map(int, text.split(","))
    return files, migrations


def _provide(project: Path, path: Path | None, size: tuple[int, int] | None) -> None:
    if path is not None:
        shutil.copytree(path, project, symlinks=True, ignore=shutil.ignore_patterns("node_modules"))
    elif size is not None:
        faults = generate(project, *size)
        found = json.loads(measure([*_fromcheck(project), "--no-cache", "--format", "json"], 1).output)["findings"]
        wanted = sorted((each.code, each.path, each.subject) for each in faults)
        assert sorted((each["code"], each["path"], each["subject"]) for each in found) == wanted, "wrong findings"


def _is_wanted(only: str, without: Sequence[str], name: str) -> bool:
    return only in name and not any(each in name for each in without)


def _compared(project: Path, place: Path, runs: int, wanted: Callable[[str], bool]) -> str:
    contenders = [each for each in _contenders(project, place) if wanted(each.name)]
    taken = dict(zip((each.name for each in contenders), measure_in_turn(contenders, runs), strict=True))
    base = taken.get(BASE)
    rows = [_row(name, each, base) for name, each in taken.items()]
    return f"{_described(project)}\n\n" + table(["", "wall clock", "ratio", "processor", "ratio", "peak memory"], rows)


def _row(name: str, each: Measured, base: Measured | None) -> list[str]:
    ratios = [f"{each.seconds / base.seconds:.2f}", f"{each.cpu / base.cpu:.2f}"] if base else ["", ""]
    return [name, f"{each.seconds:.2f} s", ratios[0], f"{each.cpu:.2f} s", ratios[1], f"{each.memory:.0f} MB"]


def _described(project: Path) -> str:
    code, sql = _sized(_files(project, *CODE)), _sized(_files(project, "sql"))
    return f"{code[0]:,} files of code, {code[1]:.1f} MB; {sql[0]:,} of SQL, {sql[1]:.2f} MB"


def _sized(files: Sequence[Path]) -> tuple[int, float]:
    return len(files), sum(each.stat().st_size for each in files) / 1e6


def _files(project: Path, *endings: str) -> list[Path]:
    found = []
    for folder, folders, names in os.walk(project):
        folders[:] = [each for each in folders if each not in ("node_modules", ".git", "dist")]
        found += [Path(folder, name) for name in names if name.rpartition(".")[2] in endings]
    return sorted(found)


# --- who is measured --------------------------------------------------------------------------------------------------


def _contenders(project: Path, place: Path) -> Iterator[Contender]:
    yield from _ours(project, place)
    yield from _theirs(project, place)


def _fromcheck(project: Path) -> list[str]:
    return [sys.executable, "-m", "analyzer", "scan", str(project), "--fail-on", "never", "-q"]


def _ours(project: Path, place: Path) -> Iterator[Contender]:
    command = _fromcheck(project)
    # As installed, with its modules compiled beforehand.
    environment = {
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(place / "compiled"),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    ours = partial(Contender, codes=frozenset((0,)), environment=environment)
    measure([*command, "--no-cache"], 1, environment)
    cold, warm, changed = (str(place / each) for each in ("cold", "warm", "changed"))
    clear = partial(shutil.rmtree, cold, ignore_errors=True)
    # What is changed is a copy: for the others, nothing changes.
    copy = Path(shutil.copytree(project, place / "changing", symlinks=True))
    edited = [*_fromcheck(copy), "--cache-dir", changed]
    for each in ([*command, "--cache-dir", warm], edited):
        measure(each, 1, environment)
    code = [each for each in _files(copy, *CODE) if CALL.search(each.read_bytes())]
    sql = [each for each in _files(copy, "sql") if "migrations" in each.parts]
    yield ours("fromcheck, reading code alone, one process", [sys.executable, "-m", "bench.reading", str(project)])
    yield ours("fromcheck, cold, one process", [*command, "--cache-dir", cold, "--jobs", "1"], clear)
    yield ours("fromcheck, cold, all cores", [*command, "--cache-dir", cold], clear)
    yield ours("fromcheck, nothing changed", [*command, "--cache-dir", warm])
    if code:
        yield ours("fromcheck, one file of code changed, its calls moved", edited, partial(_touch, code[0]))
        yield ours("fromcheck, one file of code changed, and a call in it", edited, partial(_ask_more, code[0]))
    if sql:
        yield ours("fromcheck, one migration changed", edited, partial(_touch, sql[-1]))


def _touch(file: Path) -> None:
    """Add a line at the top that says nothing: the content is another one each time."""
    mark = b"-- line\n" if file.suffix == ".sql" else b"// line\n"
    file.write_bytes(mark + file.read_bytes())


def _ask_more(file: Path) -> None:
    """Add a call of what the file calls already."""
    data = file.read_bytes()
    call = CALL.search(data)
    assert call is not None
    file.write_bytes(data + b"\nvoid supabase%s.select('id')\n" % call[0])


def _theirs(project: Path, place: Path) -> Iterator[Contender]:
    lax = partial(Contender, codes=frozenset((0, 1, 2)))
    yield from _on_code(project, place)
    sql = [str(each) for each in _files(project, "sql") if "migrations" in each.parts]
    if (BIN / "squawk").exists() and sql:
        yield lax("squawk, on the migrations", [str(BIN / "squawk"), *sql])
    if grep := shutil.which("grep"):
        endings = [f"--include=*.{each}" for each in CODE]
        words = r"\.(from|rpc|schema)\("
        yield lax("grep, for the calls", [grep, "-rEn", "--exclude-dir=node_modules", *endings, words, str(project)])


def _on_code(project: Path, place: Path) -> Iterator[Contender]:
    lax = partial(Contender, codes=frozenset((0, 1, 2)))
    node = shutil.which("node")
    if node and (TOOLS / "node_modules" / "typescript").exists():
        yield lax(BASE, [node, str(TOOLS / "parse.mjs"), str(project)])
        settings = place / "tsconfig.json"
        options = {"noEmit": True, "allowJs": True, "skipLibCheck": True, "jsx": "preserve", "types": []}
        settings.write_text(json.dumps({"compilerOptions": options, "include": [f"{project}/**/*"]}))
        yield lax("tsc --noEmit", [str(BIN / "tsc"), "-p", str(settings), "--pretty", "false"])
    if (BIN / "eslint").exists():
        config = ["--no-config-lookup", "-c", str(TOOLS / "eslint.config.mjs"), "--no-error-on-unmatched-pattern"]
        # eslint looks at nothing outside of where it runs.
        shell = f'cd "{project}" && exec "$@"'
        yield lax("eslint, one rule", ["sh", "-c", shell, "sh", str(BIN / "eslint"), *config, "--quiet", "."])
    if (BIN / "ast-grep").exists():
        pattern = ["run", "--pattern", "$CLIENT.from($NAME)", "--lang", "tsx", "--json=stream"]
        yield lax("ast-grep, one pattern", [str(BIN / "ast-grep"), *pattern, str(project)])


if __name__ == "__main__":
    main()
