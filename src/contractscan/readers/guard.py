"""Reading in a child process with limits on memory and time, because PDFium aborts its process on hostile files.

The child is forked where that is safe and started anew elsewhere; it is kept for the next file and replaced after a
crash, a kill or an overrun, which become `ReadError`. Recognition (OCR) stays in the parent: the child sends the page's
picture and waits, so its limits need no room for the models.
"""

from __future__ import annotations

import atexit
import faulthandler
import gc
import os
import pickle
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, NoReturn, cast

from pydantic import TypeAdapter

from contractscan.errors import ReadError
from contractscan.model import Block, Document, Muted
from contractscan.readers.limits import ReadOptions

# kind, data, name, options, progress, recognise → Document; the same function serves the unguarded path.
Reader = Callable[..., Document]
Recognise = Callable[[Any], Any]

_HEADER = struct.Struct("<Q")
_idle: list[_Worker] = []  # children that wait for the next file; one for each thread that reads
_REMEDY = "It may be damaged or made to do harm: print it to a new PDF, or paste its text into a .txt file."
_UNGUARDED = "If you trust the file, read it unguarded."


class _Worker:
    """A child process and the two pipes to it."""

    def __init__(self, read: Reader) -> None:
        self.owner = os.getpid()
        self.child: subprocess.Popen[bytes] | None = None
        if _can_fork():
            self.pid, self.input, self.output = _fork(read)
        else:
            code = (
                f"from {read.__module__} import {read.__name__} as read\n"
                f"from {__name__} import serve_pipes\n"
                "serve_pipes(read)"
            )
            self.child = subprocess.Popen(  # noqa: S603 (our own interpreter and code)
                [sys.executable, "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=os.name == "posix",
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
            self.pid = self.child.pid
            self.input, self.output = cast(BinaryIO, self.child.stdin), cast(BinaryIO, self.child.stdout)

    def kill(self) -> None:
        """End the child and all it has started."""
        if os.name != "posix":
            if self.child:
                self.child.kill()
            return
        for end in (os.killpg, os.kill):  # the group exists only once the child has made it
            with suppress(ProcessLookupError, PermissionError):
                end(self.pid, signal.SIGKILL)

    def close(self) -> int:
        """End the child and return its exit status: negative for a signal."""
        self.kill()
        for pipe in (self.input, self.output):
            with suppress(OSError):
                pipe.close()
        if self.child:
            return self.child.wait()
        with suppress(ChildProcessError):
            return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return 0


def read_guarded(
    read: Reader,
    kind: str,
    data: bytes,
    name: str,
    options: ReadOptions,
    *,
    progress: Callable[[str], None] | None = None,
    recognise: Recognise | None = None,
    heavy: bool = False,
) -> Document:
    """Call `read` in the child. `heavy` lifts the memory limit, for readers that start an office suite.

    Raises the reader's own `ReadError`, or one that says how the child came to its end.
    """
    # The parent owns the folder that a converter works in: a child that is killed cannot clear it away.
    scratch = TemporaryDirectory(prefix="contractscan-", ignore_cleanup_errors=True) if heavy else nullcontext()
    with scratch as folder:
        return _read_in_child(read, (kind, data, name, options, recognise is not None, folder), progress, recognise)


_Job = tuple[str, bytes, str, ReadOptions, bool, str | None]


def _read_in_child(
    read: Reader, job: _Job, progress: Callable[[str], None] | None, recognise: Recognise | None
) -> Document:
    name = job[2]
    worker = _idle.pop() if _idle else None
    if worker is not None and worker.owner != os.getpid():
        worker = None  # inherited by a fork: it belongs to the parent
    reused = worker is not None
    worker = worker or _Worker(read)
    try:
        try:
            outcome = _ask(worker, job, progress, recognise)
        except _GoneError:
            # A child that was kept may have been ended from outside: one that is new gets the file once more.
            worker.close()
            if not reused:
                raise ReadError(name, "was not read: the reading process did not start.", _UNGUARDED) from None
            worker = _Worker(read)
            outcome = _ask(worker, job, progress, recognise)
    except BaseException:
        worker.close()
        raise
    _idle.append(worker)
    if isinstance(outcome, ReadError):
        raise outcome
    return outcome


class _GoneError(Exception):
    """The child was gone before it took the file."""


def _ask(
    worker: _Worker,
    job: _Job,
    progress: Callable[[str], None] | None,
    recognise: Recognise | None,
) -> Document | ReadError:
    """Give the child a file and serve it until it answers; an error of the reader is returned, the child lives on.

    Raises `ReadError` when the child dies or overruns.
    """
    name, options = job[2], job[3]
    overrun = threading.Event()

    def stop() -> None:
        overrun.set()
        worker.kill()

    clock = _Clock(options.limits.seconds, stop)
    started = False
    try:
        with clock:
            _send(worker.input, job)
            started = _receive(worker.output) == ("started",)
            while True:
                message = _receive(worker.output)
                if message[0] == "progress" and progress:
                    progress(message[1])
                elif message[0] == "recognise" and recognise:
                    with clock.paused():
                        found = recognise(message[1])
                    _send(worker.input, found)
                elif message[0] == "done":
                    return _unpack(message[1])
                elif message[0] == "error":
                    return ReadError(*message[1])
    except (EOFError, OSError, pickle.UnpicklingError, struct.error) as error:
        if overrun.is_set():
            reason = f"took longer than {options.limits.seconds:g} seconds to read and was given up."
        elif not started:
            raise _GoneError from error
        else:
            reason = _cause_of_death(worker.close(), options)
        raise ReadError(name, reason, _REMEDY) from error


def _cause_of_death(status: int, options: ReadOptions) -> str:
    if status == -getattr(signal, "SIGXCPU", 24):
        return f"took longer than {options.limits.seconds:g} seconds to read and was given up."
    return "made the reading process crash or exceed its memory limit."


class _Clock:
    """Calls `stop` when the time is used up; stands still while paused."""

    def __init__(self, seconds: float, stop: Callable[[], None]) -> None:
        self.seconds, self.stop = seconds, stop
        self.timer: threading.Timer | None = None

    def __enter__(self) -> _Clock:
        self.timer = threading.Timer(self.seconds, self.stop)
        self.timer.daemon = True
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.timer:
            self.timer.cancel()
            self.timer.join()

    def paused(self) -> _Pause:
        return _Pause(self)


class _Pause:
    def __init__(self, clock: _Clock) -> None:
        self.clock = clock

    def __enter__(self) -> None:
        self.clock.__exit__()

    def __exit__(self, *_: object) -> None:
        self.clock.__enter__()


def stop_workers() -> None:
    """End the children that wait for work; the next guarded read starts another."""
    while _idle:
        worker = _idle.pop()
        if worker.owner == os.getpid():
            worker.close()


atexit.register(stop_workers)


# ----------------------------------------------------------------- the child


def _can_fork() -> bool:
    """Forking is safe on Linux while no other thread may hold a lock; macOS libraries do not survive it."""
    return sys.platform == "linux" and threading.active_count() == 1


def _fork(read: Reader) -> tuple[int, BinaryIO, BinaryIO]:
    child_in, parent_out = os.pipe()
    parent_in, child_out = os.pipe()
    with warnings.catch_warnings():
        # Threads that libraries started (OpenBLAS) are idle, and the child uses none of those libraries.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid:
        os.close(child_in)
        os.close(child_out)
        return pid, os.fdopen(parent_out, "wb"), os.fdopen(parent_in, "rb")
    status = 1
    try:
        os.setsid()
        os.close(parent_out)
        os.close(parent_in)
        _silence()
        serve(read, os.fdopen(child_in, "rb"), os.fdopen(child_out, "wb"))
        status = 0
    finally:
        os._exit(status)


def _silence() -> None:
    """Libraries print warnings in C, and a crash its stack; the parent's streams are not theirs."""
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def serve_pipes(read: Reader) -> NoReturn:
    """The child started anew: takes its pipes off the standard streams, so that nothing printed gets in between."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    _silence()
    serve(read, source, sink)
    os._exit(0)


def serve(read: Reader, source: BinaryIO, sink: BinaryIO) -> None:
    """Read one file after the other until the parent closes the pipe."""
    gc.freeze()  # what was loaded before the first file stays: collections need not look at it again
    while True:
        try:
            kind, data, name, options, can_recognise, folder = _receive(source)
        except EOFError:
            return
        tempfile.tempdir = folder
        _limit(options, heavy=folder is not None)
        _send(sink, ("started",))

        def recognise(picture: Any) -> Any:
            _send(sink, ("recognise", picture))
            return _receive(source)

        try:
            document = read(
                kind,
                data,
                name,
                options,
                progress=lambda text: _send(sink, ("progress", text)),
                recognise=recognise if can_recognise else None,
            )
            answer = ("done", _pack(document))
        except ReadError as error:
            answer = ("error", (error.path, error.reason, error.remedy))
        except MemoryError:
            answer = ("error", (name, "needs more memory than is allowed.", _REMEDY))
        del data
        _send(sink, answer)


def _limit(options: ReadOptions, *, heavy: bool) -> None:
    """Soft limits on this process for the next file; the hard ones stay, so that the next file may raise them."""
    try:
        import resource
    except ImportError:  # Windows has no limits of this kind; the parent's clock still holds
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + options.limits.seconds) + 2
    _soft(resource, resource.RLIMIT_CPU, seconds)
    _soft(resource, resource.RLIMIT_CORE, 0)
    own = 0
    with suppress(OSError, ValueError):
        own = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    _soft(resource, resource.RLIMIT_AS, resource.RLIM_INFINITY if heavy else own + options.limits.memory_bytes)


def _soft(resource: Any, which: int, value: int) -> None:
    hard = resource.getrlimit(which)[1]
    if hard != resource.RLIM_INFINITY and (value == resource.RLIM_INFINITY or value > hard):
        value = hard
    with suppress(ValueError, OSError):
        resource.setrlimit(which, (value, hard))


# --------------------------------------------------------------- the transport


def _send(pipe: BinaryIO, message: Any) -> None:
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_HEADER.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def _receive(pipe: BinaryIO) -> Any:
    head = pipe.read(_HEADER.size)
    if len(head) < _HEADER.size:
        raise EOFError
    size = _HEADER.unpack(head)[0]
    body = pipe.read(size)
    if len(body) < size:
        raise EOFError
    return pickle.loads(body)  # noqa: S301 (our own child, over a private pipe)


def _pack(document: Document) -> tuple[Any, ...]:
    """Blocks and muted spans as plain tuples: pickling tens of thousands of models costs ten times as much."""
    rest = document.model_copy(update={"blocks": (), "muted": ()})
    blocks = [(b.start, b.end, b.page, b.paragraph, b.box, b.kind, b.source, b.confidence) for b in document.blocks]
    return rest.model_dump(), blocks, [(m.start, m.end, m.reason) for m in document.muted]


_BLOCK_FIELDS = ("start", "end", "page", "paragraph", "box", "kind", "source", "confidence")
_MUTED_FIELDS = ("start", "end", "reason")
_BLOCKS, _MUTED = TypeAdapter(tuple[Block, ...]), TypeAdapter(tuple[Muted, ...])


def _unpack(packed: tuple[Any, ...]) -> Document:
    rest, blocks, muted = packed
    return Document.model_validate(rest).model_copy(
        update={
            "blocks": _BLOCKS.validate_python([dict(zip(_BLOCK_FIELDS, block, strict=True)) for block in blocks]),
            "muted": _MUTED.validate_python([dict(zip(_MUTED_FIELDS, each, strict=True)) for each in muted]),
        }
    )
