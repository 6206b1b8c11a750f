"""Benchmarks, run by hand: nothing here is a test, since a timed test fails on a busy machine."""
