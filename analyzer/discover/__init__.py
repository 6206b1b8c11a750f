"""Which files a scan is about: the files of a folder, and what each of them is for."""

from analyzer.discover.classify import CODE_SUFFIXES
from analyzer.discover.commit import ObjectTree, commit_id, commit_tree, index_tree, merge_base
from analyzer.discover.inventory import discover
from analyzer.discover.overlay import Overlay
from analyzer.discover.schemas import looked_for
from analyzer.discover.worktree import WorkTree

__all__ = [
    "CODE_SUFFIXES",
    "ObjectTree",
    "Overlay",
    "WorkTree",
    "commit_id",
    "commit_tree",
    "discover",
    "index_tree",
    "looked_for",
    "merge_base",
]
