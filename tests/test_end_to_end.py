"""The program as it is started: the whole tour as one process, and a real window on a virtual screen."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tour.__main__ import main as tour

ROOT = Path(__file__).parents[1]
PATIENCE = 60  # seconds


@pytest.fixture
def screen() -> Iterator[str]:
    """A virtual screen of its own."""
    xvfb = shutil.which("Xvfb")
    assert xvfb, "Xvfb is missing: run `make setup`"
    reader, writer = os.pipe()
    server = subprocess.Popen(
        [xvfb, "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(PATIENCE)


def test_the_window_opens_on_a_real_screen_and_takes_keys(screen: str, tmp_path: Path) -> None:
    """Choosing English by keys alone gives the window an English title."""
    env = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"} | {"DISPLAY": screen}

    def do(*words: str) -> str:
        line = ["xdotool", *words]
        return subprocess.run(line, env=env, capture_output=True, text=True, timeout=PATIENCE, check=True).stdout

    line = [sys.executable, "main.py", "--home", str(tmp_path)]
    app = subprocess.Popen(line, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True)
    try:
        window = do("search", "--sync", "--onlyvisible", "--name", "Penyiapan pertama").split()[0]
        do("windowfocus", "--sync", window)
        do("key", "--delay", "100", "shift+Tab", "shift+Tab", "Right")
        assert window in do("search", "--sync", "--onlyvisible", "--name", "First set-up").split()
    finally:
        app.terminate()
        said = app.communicate(timeout=PATIENCE)[1]
    assert "Traceback" not in said


def test_the_tour_tells_what_it_does_and_does_not_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        tour(["--help"])
    assert left.value.code == 0
    assert "Walks the whole journey" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_the_tour_goes_to_its_end(tmp_path: Path) -> None:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.tour", str(tmp_path)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{time.monotonic() - began:.0f} s\n{done.stdout}\n{done.stderr[-4000:]}"
    steps = json.loads((tmp_path / "tour.json").read_text(encoding="utf-8"))
    assert len(steps) >= 21
    assert all(step["ok"] and {"step", "ok", "seconds", "evidence"} == set(step) for step in steps)
    pictures = [name for step in steps for name in step["evidence"].get("pictures", [])]
    assert set(pictures) <= {p.name for p in tmp_path.glob("*.png")}
    assert len(pictures) == len(set(pictures)) >= 60
    proved = {step["step"]: step["evidence"] for step in steps}
    assert proved["work and news go by stick where there is no line"]["waiting"] == 0
    assert proved["14 unsent records of the old Kasie arrive through the successor"]["at_the_successor"] == 14
    assert {p.name for p in tmp_path.glob("*.pdf")} == {"ringkasan-A4.pdf", "ringkasan-F4.pdf"}
