"""Git's objects, read by their names from one process that stays."""

from __future__ import annotations

import errno
import os
import re
import select
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.config.file import read_small
from analyzer.discover.git import TIMEOUT, ask, command, environment, path_text

if TYPE_CHECKING:
    from subprocess import Popen

_LFS = b"version https://git-lfs.github.com/spec/"
_LFS_CONTENT = re.compile(rb"^oid sha256:([0-9a-f]{64})$", re.MULTILINE)
_LONGEST_POINTER = 1024


class Objects:
    """The blobs of the repository that a folder is in. Nothing is fetched: what is not on this machine cannot be read."""

    def __init__(self, folder: str, timeout: float = TIMEOUT) -> None:
        self._folder = folder
        self._timeout = timeout
        self._process: Popen[bytes] | None = None
        self._end: weakref.finalize[..., Objects] | None = None

    def read(self, name: str, most: int) -> bytes:
        """A blob's bytes; of one in Git LFS, its content. Raises OSError when it is not here, or longer than ``most``."""
        data = self._blob(name, most)
        return self._content(data, most) if is_pointer(data) else data

    def close(self) -> None:
        """End the process; the next question starts another."""
        if self._end is not None:
            self._end()
        self._process = self._end = None

    def _blob(self, name: str, most: int) -> bytes:
        try:
            kind, size = self._ask(name)
            if kind != "blob":
                raise OSError(errno.ENOENT, "its content is not in this clone")
            if size > most:  # git says it before it sends it
                raise OSError(errno.EFBIG, f"it is larger than {most // 1_000_000} MB, the most that is read")
            assert self._process is not None
            assert self._process.stdout is not None
            data = self._process.stdout.read(size + 1)
            if len(data) <= size:
                raise OSError(errno.EIO, "git ended before it had told all of it")
        except OSError as error:
            if error.errno != errno.ENOENT:
                self.close()
            raise
        return data[:size]

    def _ask(self, name: str) -> tuple[str, int]:
        """The kind of an object and its size, which its content follows; ``missing`` for one that is not here."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{name}\n".encode())
        process.stdin.flush()
        if os.name == "posix" and not select.select([process.stdout], [], [], self._timeout)[0]:
            raise OSError(errno.ETIMEDOUT, "git gives no answer")
        answer = process.stdout.readline().decode("ascii", "replace").split()
        if len(answer) == 2:
            return answer[1], 0
        if len(answer) != 3:
            raise OSError(errno.EIO, "git cannot read it")
        return answer[1], int(answer[2])

    def _started(self) -> Popen[bytes]:
        import subprocess

        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        call = command(self._folder)
        if call is None:
            raise OSError(errno.ENOENT, "git is not installed")
        self._process = subprocess.Popen(
            [*call, "cat-file", "--batch"],
            cwd=self._folder,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._end = weakref.finalize(self, _end, self._process)
        return self._process

    def _content(self, pointer: bytes, most: int) -> bytes:
        """What a Git LFS pointer stands for, where git-lfs has put it."""
        found = _LFS_CONTENT.search(pointer)
        common = ask(self._folder, "rev-parse", "--git-common-dir")
        if found and common is not None and common.returncode == 0:
            name = found[1].decode()
            store = os.path.join(self._folder, path_text(common.stdout.rstrip(b"\n")), "lfs", "objects")
            try:
                data = read_small(Path(store, name[:2], name[2:4], name), most)
            except OSError:
                raise OSError(errno.ENOENT, NOT_FETCHED) from None
            if len(data) > most:
                raise OSError(errno.EFBIG, f"it is larger than {most // 1_000_000} MB, the most that is read")
            return data
        raise OSError(errno.ENOENT, NOT_FETCHED)


NOT_FETCHED = "it is kept in Git LFS, and its content is not on this machine (git lfs pull)"


def is_pointer(data: bytes) -> bool:
    """True for the few lines that stand in git for a file that Git LFS keeps."""
    return len(data) <= _LONGEST_POINTER and data.startswith(_LFS)


def _end(process: Popen[bytes]) -> None:
    """Stop it, and leave nothing open; it holds nothing that could be lost."""
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:
                continue
    process.wait()
