"""The command as a process: start-up, encoding, pipes, terminals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pytest

from cli_runs import CHINESE, write

HEAVY = ("pydantic", "pdfplumber", "pypdfium2", "docx", "spacy", "jinja2", "re2", "yaml", "lxml")


def start(
    *args: str | Path, env: dict[str, str] | None = None, **options: object
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "contractscan", *map(str, args)]
    return subprocess.run(command, env={**os.environ, **(env or {})}, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_no_room(option: str) -> None:
    code = (
        "import atexit, sys; from contractscan.cli import main; "
        f"atexit.register(lambda: print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)); "
        f"sys.argv = ['contractscan', {option!r}]; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stderr.strip() == "[]"


def test_version() -> None:
    done = start("--version", capture_output=True)
    assert done.stdout.decode().strip() == f"contractscan {version('contractscan')}"


@pytest.mark.parametrize(
    "env", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}]
)
def test_output_is_utf_8_whatever_the_locale(tmp_path: Path, env: dict[str, str]) -> None:
    write(tmp_path / "c.txt", CHINESE)
    done = start("report", "c.txt", capture_output=True, cwd=tmp_path, env=env)
    assert done.returncode == 0
    assert "青禾茶业有限公司" in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_messages_are_utf_8_whatever_the_locale() -> None:
    done = start("report", "没有.pdf", capture_output=True, env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 3
    assert done.stderr.decode("utf-8") == "没有.pdf: does not exist. Check the path.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a file name be any bytes")
def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\x1b[31m.txt")
    write(tmp_path / name, CHINESE)
    done = start("report", name, "none\x1b[31m.txt", "-f", "json", "-o", "out", capture_output=True, cwd=tmp_path)
    assert done.returncode == 3
    assert b"\x1b" not in done.stderr
    assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes break in another way there")
def test_a_reader_who_leaves_is_no_error(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = start("report", write(tmp_path / "c.txt", CHINESE), stdout=write_end, stderr=subprocess.PIPE)
    os.close(write_end)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_is_said(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = start("report", write(tmp_path / "c.txt", CHINESE), stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert b"standard output cannot be written: No space left on device" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo terminal")
def test_a_binary_format_is_kept_from_the_terminal(tmp_path: Path) -> None:
    import pty

    master, terminal = pty.openpty()
    done = start("report", write(tmp_path / "c.txt", CHINESE), "-f", "xlsx", stdout=terminal, stderr=subprocess.PIPE)
    os.close(terminal)
    os.close(master)
    assert done.returncode == 2
    assert b"-o FILE" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo terminal")
@pytest.mark.parametrize(
    ("options", "env", "coloured"),
    [([], {}, True), (["--no-color"], {}, False), ([], {"NO_COLOR": "1"}, False)],
)
def test_colours_on_a_terminal(tmp_path: Path, options: list[str], env: dict[str, str], coloured: bool) -> None:
    import pty
    from threading import Thread

    master, terminal = pty.openpty()
    seen: list[bytes] = []

    def listen() -> None:
        try:
            while chunk := os.read(master, 65536):
                seen.append(chunk)
        except OSError:  # the other end is closed
            return

    listener = Thread(target=listen)
    listener.start()
    contract = write(tmp_path / "c.txt", CHINESE)
    done = start("report", contract, *options, stdout=terminal, stderr=subprocess.PIPE, env={"TERM": "xterm", **env})
    os.close(terminal)
    listener.join()
    os.close(master)
    assert done.returncode == 0
    assert (b"\x1b[" in b"".join(seen)) is coloured


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent in another way there")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_ends_a_batch_without_a_traceback(tmp_path: Path, workers: str) -> None:
    for number in range(400):
        write(tmp_path / "in" / f"{number}.txt", CHINESE)
    command = [sys.executable, "-m", "contractscan", "report", "in", "-o", "out", "--workers", workers]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, start_new_session=True)
    while process.poll() is None and not list(tmp_path.glob("out/*")):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, messages = process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in messages
    assert len(list(tmp_path.glob("out/*"))) < 400
