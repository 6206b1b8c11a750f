"""A few seconds of fuzzing in every run; ``python -m tests.fuzz`` goes on for longer, by hand."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, attempt

_FEW = {"scan": 15, "sql": 25, "code": 15}


@pytest.mark.parametrize("target", TARGETS)
def test_whatever_the_bytes_are(target: str) -> None:
    @settings(
        max_examples=_FEW.get(target, 60), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(st.integers(0, 10**9))
    def fuzz(seed: int) -> None:
        attempt(target, seed)

    fuzz()
