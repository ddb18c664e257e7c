"""`python -m server`: the commands of an administrator, on a real process."""

import json
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.codes import is_code
from server import keys
from server.__main__ import arguments, main
from tests.fakes import VILLAGE
from tests.server.process import ServerProcess


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    running = ServerProcess(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


def test_the_first_start_prints_the_administrators_code_once(process: ServerProcess) -> None:
    assert is_code(process.first_code())
    again = ServerProcess(process.home)
    assert "administrator's code" not in again.stop()


def test_the_keys_are_for_their_owner_only_and_the_file_is_encrypted(process: ServerProcess) -> None:
    if sys.platform != "win32":
        for name in ("server.key", "tls.key", "office.key"):
            assert stat.S_IMODE((process.home / name).stat().st_mode) == 0o600
    assert not (process.home / "server.db").read_bytes().startswith(b"SQLite format 3")


def test_the_key_that_signs_follows_from_the_offices(process: ServerProcess, tmp_path: Path) -> None:
    signing = keys.proof_key(process.home)
    shutil.copy(process.home / "office.key", tmp_path)
    assert keys.proof_key(tmp_path) == signing
    assert bytes(signing) != keys.office_private(tmp_path)


def test_staff_codes_files_and_devices(process: ServerProcess, tmp_path: Path) -> None:
    process.run("staff", "add", "Lailatul Fitriyah", "--role", "kasie", "--region", VILLAGE, "--position", "Kasie")
    process.run("grant", "Lailatul Fitriyah", "3513141018")
    assert is_code(process.run("code", "lailatul fitriyah"))

    target = tmp_path / "lailatul.dampingi"
    process.run("code", "Lailatul Fitriyah", "--file", str(target), "--address", "https://10.0.0.5:8420")
    ticket = json.loads(target.read_bytes())
    assert (ticket["dampingi"], ticket["address"], ticket["key"]) == (1, "https://10.0.0.5:8420", process.pin)
    assert is_code(ticket["code"])
    assert process.run("devices") == ""


def test_what_cannot_be_done_is_said_in_one_line(process: ServerProcess) -> None:
    refused = process.shell("code", "Nobody Here")
    assert (refused.returncode, refused.stderr) == (2, "")
    assert "give the id" in refused.stdout
    assert "No such laptop" in process.run("revoke", "01932f2e-0000-7000-8000-000000000001", code=1)


def test_a_port_in_use_is_said_in_one_line(process: ServerProcess, capsys: pytest.CaptureFixture[str]) -> None:
    port = process.address.rsplit(":", 1)[1]

    assert main(["--home", str(process.home), "serve", "--port", port]) == 2
    assert "in use" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--database", "postgresql://nobody@127.0.0.1:1/none", "devices"], "refused"),
        (["open-key", "{key}"], "no request for a key"),
        (["pack", "{key}", "--list", "regions"], "Tulis versi"),
    ],
)
def test_what_the_shell_gets_wrong_is_said_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    key = tmp_path / "rubbish.dampingi-kunci"
    key.write_bytes(b"rubbish")

    assert main(["--home", str(tmp_path), *(word.format(key=key) for word in words)]) == 2
    assert said in capsys.readouterr().out


def test_each_command_says_what_it_is_for() -> None:
    (commands,) = (a.choices for a in arguments()._actions if isinstance(a.choices, dict))
    told = [command.description or "" for command in commands.values()]
    assert all(told)
    assert len(set(told)) == len(told)
