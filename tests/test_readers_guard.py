"""Files are read in a child process: good ones come back whole, hostile ones become a ReadError."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from contractscan.errors import ReadError
from contractscan.model import Document
from contractscan.readers import Limits, ReadOptions, guard, read
from readers_drawing import lines, pdf

GOOD = pdf(lines("第八条 合同解除", "甲方提前三十日书面通知乙方，可以解除本合同。"))


@pytest.fixture(autouse=True)
def _fresh_workers() -> Iterator[None]:
    guard.stop_workers()
    yield
    guard.stop_workers()


def misbehave(kind: str, data: bytes, name: str, options: ReadOptions, **_: object) -> Document:
    """A reader that does what its file says."""
    if data == b"abort":
        os.kill(os.getpid(), signal.SIGABRT)
    if data == b"hang":
        time.sleep(60)
    if data == b"spin":
        while True:
            pass
    if data == b"eat":
        return Document(name=name, format="txt", text="x" * (bytearray(3_000_000_000)[0] + 1))
    if data == b"refuse":
        raise ReadError(name, "is refused.", "Try another.")
    return Document(name=name, format="txt", text=str(os.getpid()))


def guarded(data: bytes, **limits: float) -> Document:
    options = ReadOptions(limits=Limits(**limits))  # type: ignore[arg-type]
    return guard.read_guarded(misbehave, "txt", data, "样例.txt", options)


def test_a_guarded_document_equals_an_unguarded_one() -> None:
    assert read(GOOD) == read(GOOD, options=ReadOptions(guarded=False))


def test_the_child_is_another_process_and_is_kept_for_the_next_file() -> None:
    first, second = guarded(b"good").text, guarded(b"good").text
    assert first == second != str(os.getpid())


@pytest.mark.parametrize(
    ("data", "limits", "reason"),
    [
        (b"abort", {}, "made the reading process crash or exceed its memory limit."),
        (b"hang", {"seconds": 0.3}, "took longer than 0.3 seconds to read and was given up."),
        (b"spin", {"seconds": 0.3}, "took longer than 0.3 seconds to read and was given up."),
        (b"eat", {"memory_bytes": 300_000_000}, "needs more memory than is allowed."),
    ],
)
def test_the_end_of_the_child_is_a_read_error_and_the_next_file_is_read(
    data: bytes, limits: dict[str, float], reason: str
) -> None:
    with pytest.raises(ReadError) as caught:
        guarded(data, **limits)
    assert (caught.value.path, caught.value.reason) == ("样例.txt", reason)
    assert caught.value.remedy
    assert guarded(b"good").text.isdigit()


def test_an_error_of_the_reader_comes_through_and_the_child_lives_on() -> None:
    before = guarded(b"good").text
    with pytest.raises(ReadError) as caught:
        guarded(b"refuse")
    assert str(caught.value) == "样例.txt: is refused. Try another."
    assert guarded(b"good").text == before


def test_a_child_that_was_ended_from_outside_is_replaced() -> None:
    first = guarded(b"good").text
    os.kill(int(first), signal.SIGKILL)
    time.sleep(0.05)
    assert guarded(b"good").text != first


def test_without_forking_the_child_is_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_can_fork", lambda: False)
    assert read(GOOD).text == "第八条 合同解除\n甲方提前三十日书面通知乙方，可以解除本合同。\n"


def test_several_threads_read_at_once() -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(read(GOOD).text)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["第八条 合同解除\n甲方提前三十日书面通知乙方，可以解除本合同。\n"] * 3


def test_the_child_ends_with_its_parent() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_readers_guard import guarded\n"
        "print(guarded(b'good').text, flush=True)\n"
        "import os; os._exit(0)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    child = int(found.stdout)
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            break
        time.sleep(0.02)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_progress_reaches_the_caller_and_recognition_runs_in_the_parent() -> None:
    told: list[str] = []
    asked: list[int] = []

    def recognising(kind: str, data: bytes, name: str, options: ReadOptions, **extra: object) -> Document:
        extra["progress"]("page 1")  # type: ignore[operator]
        return Document(name=name, format="pdf", text=extra["recognise"](os.getpid()))  # type: ignore[operator]

    def recognise(child: int) -> str:
        asked.append(child)
        return f"{os.getpid()}"

    document = guard.read_guarded(
        recognising, "pdf", b"", "样例.pdf", ReadOptions(), progress=told.append, recognise=recognise
    )
    assert (told, document.text) == (["page 1"], str(os.getpid()))
    assert asked != [os.getpid()]


def test_time_that_recognition_takes_does_not_count() -> None:
    def recognising(kind: str, data: bytes, name: str, options: ReadOptions, **extra: object) -> Document:
        return Document(name=name, format="pdf", text=extra["recognise"](None))  # type: ignore[operator]

    def recognise(_: object) -> str:
        time.sleep(0.5)
        return "认得"

    options = ReadOptions(limits=Limits(seconds=0.3))
    assert guard.read_guarded(recognising, "pdf", b"", "样例.pdf", options, recognise=recognise).text == "认得"
