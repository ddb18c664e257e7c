"""`python -m server`: the commands of an administrator, on a real process."""

import json
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.codes import is_code
from models.errors import AppError
from server import database, keys
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


@pytest.mark.parametrize(
    "address",
    [
        "rubbish",
        "://",
        "foo://here/x",
        "mysql://here/x",
        "postgresql://here:port/x",
        "postgresql:///x?rubbish=1",
        "sqlite:///server.db",  # would not be encrypted
    ],
)
def test_an_unusable_database_address_is_said_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert main(["--home", str(tmp_path), "--database", address, "devices"]) == 2
    assert capsys.readouterr().out == f"{database.NO_ADDRESS.id} / {database.NO_ADDRESS.en}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"rubbish", b"\xff\x00", b"", b"00" * 31, None])
def test_a_broken_key_is_said_in_both_languages_and_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    key = tmp_path / "server.key"
    key.mkdir() if content is None else key.write_bytes(content)

    assert main(["--home", str(tmp_path), "devices"]) == 2
    said = database.BROKEN_KEY.fill(place=key)
    assert capsys.readouterr().out == f"{said.id} / {said.en}\n"
    assert list(tmp_path.iterdir()) == [key]
    assert content is None or key.read_bytes() == content


def test_a_broken_key_of_the_office_or_the_environment_is_said_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "office.key").write_bytes(b"AAAA")
    with pytest.raises(AppError, match=r"office\.key"):
        keys.office_private(tmp_path)
    monkeypatch.setenv("DAMPINGI_SERVER_KEY", "rubbish")
    assert main(["--home", str(tmp_path), "devices"]) == 2
    assert "DAMPINGI_SERVER_KEY" in capsys.readouterr().out


def test_a_key_of_another_file_is_said_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "server.db").write_bytes(bytes(range(256)) * 32)

    assert main(["--home", str(tmp_path), "devices"]) == 2
    assert capsys.readouterr().out == f"{database.OTHER_KEY.id} / {database.OTHER_KEY.en}\n"


@pytest.mark.parametrize(
    "given",
    [["purge", "--days", days] for days in ("-5", "0", "x", "1e3", "99999999999")] + [["serve", "--port", "65536"]],
)
def test_an_absurd_number_is_said_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: list[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--home", str(tmp_path), *given])
    said = capsys.readouterr().err
    assert left.value.code == 2
    assert "Tulis bilangan bulat dari" in said
    assert "Write a whole number from" in said
    assert list(tmp_path.iterdir()) == []


def test_each_command_says_what_it_is_for() -> None:
    (commands,) = (a.choices for a in arguments()._actions if isinstance(a.choices, dict))
    told = [command.description or "" for command in commands.values()]
    assert all(told)
    assert len(set(told)) == len(told)
