"""No test leaves anything in the user's cache folder, or finds anything there; none fails because the machine is slow."""

from __future__ import annotations

import os
import signal
import tempfile

from hypothesis import settings

os.environ["FROMCHECK_CACHE_DIR"] = tempfile.mkdtemp(prefix="fromcheck-tests-")
# In CI the same examples every time: what is new is looked for by hand, and a build does not turn red by chance.
settings.register_profile("unhurried", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("unhurried")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # What a shell starts in the background ignores Ctrl-C, and so would all that the tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure() -> None:
    import shutil

    shutil.rmtree(os.environ["FROMCHECK_CACHE_DIR"], ignore_errors=True)
