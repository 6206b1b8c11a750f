"""No test leaves anything in the user's cache folder, or finds anything there."""

from __future__ import annotations

import os
import tempfile

os.environ["FROMCHECK_CACHE_DIR"] = tempfile.mkdtemp(prefix="fromcheck-tests-")


def pytest_unconfigure() -> None:
    import shutil

    shutil.rmtree(os.environ["FROMCHECK_CACHE_DIR"], ignore_errors=True)
