"""Prove that what is published works: sdist → wheel → fresh virtual environment, outside the checkout.

    python scripts/wheel_smoke.py

The installed wheel must know the same rules as the checkout (same count, same digest), must check them, and must print
the expected report of a sample contract. Ends with exit code 1 and the reason otherwise.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = "douyin-agency.pdf"
COUNT = (
    "import contractscan, json; "
    "ruleset = contractscan.load_ruleset(); "
    "print(json.dumps([contractscan.__file__, len(ruleset.rules), len(ruleset.compounds), ruleset.digest]))"
)


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command with nothing of this process's Python settings; its output, or the end of this script."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    # A cache of its own, so that the rules of the wheel are loaded and not those that the checkout left behind.
    clean |= {"XDG_CACHE_HOME": str(cwd / "cache"), "LOCALAPPDATA": str(cwd / "cache")}
    line = [str(part) for part in command]
    done = subprocess.run(line, cwd=cwd, env=clean, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise SystemExit(f"exit code {done.returncode}: {' '.join(line)}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        print("building sdist and wheel …")
        run(sys.executable, "-m", "build", "--outdir", folder / "dist", ROOT, cwd=folder)
        (wheel,) = (folder / "dist").glob("*.whl")
        print(f"installing {wheel.name} …")
        venv.create(folder / "venv", with_pip=True)
        scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)

        where, *installed = json.loads(run(scripts / "python", "-c", COUNT, cwd=folder))
        if not Path(where).resolve().is_relative_to(folder):
            raise SystemExit(f"the installed package was not the one used: {where}")
        _, *checkout = json.loads(run(sys.executable, "-c", COUNT, cwd=folder))
        if installed != checkout or not installed[0]:
            raise SystemExit(f"rules of the wheel: {installed}, of the checkout: {checkout}")
        run(scripts / "contractscan", "rules", "check", cwd=folder)

        shutil.copy(ROOT / "sample_contracts" / SAMPLE, folder)
        report = json.loads(run(scripts / "contractscan", "report", SAMPLE, "--format", "json", cwd=folder))
        expected = json.loads((ROOT / "sample_contracts" / f"{SAMPLE}.report.json").read_text("utf-8"))
        report["tool"] = expected["tool"]
        if report != expected:
            raise SystemExit(f"the wheel's report of {SAMPLE} differs from sample_contracts/{SAMPLE}.report.json")
        print(f"{wheel.name}: {installed[0]} rules, {installed[1]} compound risks, {len(report['findings'])} findings")


if __name__ == "__main__":
    main()
