"""Start and end of the program: no screen, preferences, the crash hook, what start-up may import."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from models.errors import DiskFull
from tests.fakes import SaidDialogs
from ui import app, crash, preferences

ROOT = Path(__file__).parents[2]


def python(*args, **env):
    clean = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    line = [sys.executable, *args]
    return subprocess.run(line, cwd=ROOT, env=clean | env, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be without a screen")
def test_without_a_screen_it_says_so(tmp_path):
    done = python("main.py", "--home", str(tmp_path))
    assert done.returncode == app.NO_SCREEN
    assert "Tidak ada layar" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_is_explained():
    done = python("main.py", "--help")
    assert done.returncode == 0
    assert "--home" in done.stdout


def test_nothing_heavy_is_imported_before_the_first_window():
    heavy = {"sqlite_utils", "reportlab", "requests", "openpyxl", "pypdfium2", "zstandard"}
    code = f"import sys, ui.app, ui.unlock, ui.first_run; print(*({heavy!r} & set(sys.modules)))"
    done = python("-c", code, QT_QPA_PLATFORM="offscreen")
    assert done.stderr == ""
    assert done.stdout.split() == []


def test_the_scale_of_the_screen_is_kept_as_it_is(qapp):
    assert qapp.highDpiScaleFactorRoundingPolicy() == Qt.HighDpiScaleFactorRoundingPolicy.PassThrough


def test_preferences_are_kept_and_damage_means_defaults(tmp_path):
    liked = replace(preferences.Preferences(), lang="en", mode="dark", k=1.28, geometry="AAA=")
    preferences.save(tmp_path, liked)
    assert preferences.load(tmp_path) == liked
    assert preferences.load(tmp_path / "none") == preferences.Preferences()
    for damage in ("", "{", "[1]", '{"lang": "xx"}', '{"k": 9}', '{"mode": 7, "unknown": 1}'):
        (tmp_path / preferences.FILE).write_text(damage)
        assert preferences.load(tmp_path) == preferences.Preferences()


def test_a_folder_that_cannot_be_made_only_forgets(tmp_path):
    (tmp_path / "file").write_text("")
    preferences.save(tmp_path / "file" / "home", preferences.Preferences(lang="en"))
    assert preferences.load(tmp_path / "file" / "home").lang == "id"


def caught(error):
    try:
        raise error
    except type(error) as met:
        return type(met), met, met.__traceback__


def test_the_log_says_where_but_never_what(qapp, tmp_path):
    kind, _error, trace = caught(ValueError("NIK 3513144705829917 of Siti Aminah"))
    line = crash.outline(kind, trace)
    assert line.startswith("ValueError at tests/ui/test_app.py:")
    assert "Siti" not in line
    assert "3513" not in line


def test_a_bug_is_logged_and_said_once(qapp, tmp_path, capsys):
    dialogs = SaidDialogs()
    dialogs.answer = False
    log = crash.open_log(tmp_path)
    hook = crash.CrashHook(dialogs, log)
    hook.catch(*caught(ValueError("Siti Aminah 081200000142")))
    assert len(dialogs.asked) == 1
    assert str(log) in dialogs.asked[0].text.id
    text = log.read_text("utf-8")
    assert "ValueError at tests/ui/test_app.py" in text
    assert "Siti" not in text


def test_an_error_that_can_be_mended_is_said_not_logged(qapp, tmp_path):
    dialogs = SaidDialogs()
    log = crash.open_log(tmp_path)
    crash.CrashHook(dialogs, log).catch(*caught(DiskFull()))
    assert [type(e) for e in dialogs.errors] == [DiskFull]
    assert "DiskFull" not in log.read_text("utf-8")


def test_a_second_bug_while_the_first_is_said_is_only_logged(qapp, tmp_path, capsys):
    hook = crash.CrashHook(SaidDialogs(), crash.open_log(tmp_path))
    asked = []

    class Answering(SaidDialogs):
        def confirm(self, question):
            asked.append(question)
            hook.catch(*caught(KeyError("again")))
            return False

    hook._dialogs = Answering()
    hook.catch(*caught(ValueError("first")))
    assert len(asked) == 1
    assert "KeyError" in hook._path.read_text("utf-8")


def test_a_log_that_cannot_be_written_does_not_stop_the_start(tmp_path):
    (tmp_path / "file").write_text("")
    assert crash.open_log(tmp_path / "file").name == "dampingi.log"


@pytest.fixture(autouse=True)
def close_logs():
    yield
    for handler in list(crash._log.handlers):
        crash._log.removeHandler(handler)
        handler.close()
