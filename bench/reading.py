"""Reads every code file below a folder, as a cold scan does: no schema, nothing linked, nothing kept, one process.

python -m bench.reading PATH
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from analyzer.code.regions import is_code
from analyzer.discover import WorkTree
from analyzer.engine.readers import code
from analyzer.model.source import Source


def main() -> None:
    tree = WorkTree(Path(sys.argv[1]))
    files = [path for path in tree.paths() if is_code(path)]
    found = [code(Source(path, tree.read(path))) for path in files]
    print(json.dumps({"files": len(files), "references": sum(len(each.references) for each in found)}))


if __name__ == "__main__":
    main()
