"""No test leaves anything in the user's cache folder, or finds anything there; none fails because the machine is slow."""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

os.environ["FROMCHECK_CACHE_DIR"] = tempfile.mkdtemp(prefix="fromcheck-tests-")
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_unconfigure() -> None:
    import shutil

    shutil.rmtree(os.environ["FROMCHECK_CACHE_DIR"], ignore_errors=True)
