"""How fast migrations are read and replayed, in MB/s of processor time, with peak memory; and that the cost is linear in the bytes.

    python -m bench.migrations FOLDER_OF_MIGRATIONS [--runs 5]

The folder is measured once, four and sixteen times over: each copy has its names changed, so that it builds a schema of
its own. Run it in an environment with and without the ``fast`` extra to see what that brings.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.measure import machine, measure, table

READ_ONLY = """
import sys, time
from pathlib import Path
from analyzer.model.source import Source
from analyzer.sql.read import read_sql
from analyzer.sql.replay import replay
from analyzer.sql.script import Script
began = time.process_time()
scripts = [Script(p.name, p.name.split("_")[0], read_sql(Source(p.name, p.read_bytes())))
           for p in sorted(Path(sys.argv[1]).glob("*.sql"))]
read = time.process_time()
result = replay(scripts)
done = time.process_time()
print(read - began, done - read, result.statements, len(result.catalog.relations))
"""


def copies(folder: Path, times: int, target: Path) -> int:
    """Write the migrations several times over, each copy within a schema's own names; returns the bytes written."""
    written = 0
    created = re.compile(r"(?i)\b(create\s+table\s+(?:if\s+not\s+exists\s+)?(?:\"?public\"?\.)?)\"?(\w+)\"?")
    sources = [(path.name, path.read_text("utf-8", "replace")) for path in sorted(folder.glob("*.sql"))]
    tables = {match[2] for _, text in sources for match in created.finditer(text)}
    names = re.compile(r"\b(" + "|".join(sorted(map(re.escape, tables), key=len, reverse=True)) + r")\b")
    for copy in range(times):
        for number, (_, text) in enumerate(sources):
            renamed = names.sub(rf"\1_{copy}", text) if copy and tables else text
            path = target / f"{copy:04}{number:010}_copy.sql"
            path.write_text(renamed)
            written += path.stat().st_size
    return written


def _installed(distribution: str) -> bool:
    try:
        version(distribution)
    except PackageNotFoundError:
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    rows = []
    for times in (1, 4, 16):
        with tempfile.TemporaryDirectory() as place:
            size = copies(given.folder, times, Path(place)) / 1e6
            best = min((_once(place) for _ in range(given.runs)), key=lambda each: each[0] + each[1])
            memory = measure([sys.executable, "-c", READ_ONLY, place], 1).memory
        read, replayed, statements, relations = best
        rows.append(
            [
                f"{times}x",
                f"{size:.2f} MB",
                f"{statements:.0f}",
                f"{relations:.0f}",
                f"{size / read:.2f} MB/s",
                f"{size / (read + replayed):.2f} MB/s",
                f"{memory:.0f} MB",
            ]
        )
    fast = "with" if _installed("sqlglotc") else "without"
    print(f"{machine()}; {fast} the `fast` extra; best of {given.runs} runs, one process\n")
    head = ["size", "bytes", "statements", "relations", "reading", "reading and replay", "peak memory"]
    print(table(head, rows))


def _once(place: str) -> tuple[float, float, float, float]:
    read, replayed, statements, relations = map(
        float, measure([sys.executable, "-c", READ_ONLY, place], 1).output.split()
    )
    return read, replayed, statements, relations


if __name__ == "__main__":
    main()
