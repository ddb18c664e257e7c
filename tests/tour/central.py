"""The real central server as a child process on a free loopback port, and its command line."""

import json
import os
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.tour.recorder import expect

ROOT = Path(__file__).parents[2]


class Central:
    """`python -m server serve --tls` over its own encrypted SQLite file."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, _free_port()
        self.address = f"https://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[str] | None = None
        self._admin: subprocess.Popen[str] | None = None

    def start(self, until: Callable[[Callable[[], bool], float], bool]) -> None:
        """Start it and wait until it answers."""
        line = [
            sys.executable,
            "-m",
            "server",
            *self._words("serve", "--tls", "--port", str(self.port), "--region", "3574"),
        ]
        with (self.home.parent / "server.log").open("w") as log:
            self._process = subprocess.Popen(line, cwd=ROOT, stdout=log, stderr=log, text=True, env=_clean())
        shell, pipe = [sys.executable, "-m", "tests.tour.admin"], subprocess.PIPE
        self._admin = subprocess.Popen(shell, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, env=_clean())
        expect(until(self._answers, 60), "the server did not answer within a minute")

    def stop(self) -> int:
        """End it as an administrator does; answers its exit code."""
        if self._admin is not None:
            self._admin.communicate(timeout=30)  # its input ends
        if self._process is None:
            return 0
        self._process.terminate()
        return self._process.wait(30)

    def do(self, *words: str) -> str:
        """One command of its command line in the administrator's shell; what it said."""
        shell = self._admin
        assert shell is not None
        assert shell.stdin is not None
        assert shell.stdout is not None
        shell.stdin.write(json.dumps(self._words(*words)) + "\n")
        shell.stdin.flush()
        code, said = json.loads(shell.stdout.readline() or '[2, "the shell ended"]')
        expect(code == 0, f"server {words[0]}: {said}")
        return said

    def sums(self) -> dict[str, tuple[int, int, int]]:
        """Head, count and content sum of every scope, read from its database as an administrator would."""
        return {
            scope: (head, count, total)
            for scope, head, count, total in self._query("SELECT scope, head, cnt, sum FROM scope")
        }

    def rows(self, entity: str, field: str, value: str) -> list[dict[str, Any]]:
        """The live records of an entity in which a field has a value, in whatever scope they stand."""
        found = self._query(f'SELECT * FROM "{entity}" WHERE "{field}" = :value AND _deleted IS NULL', value=value)
        return [row._asdict() for row in found]

    def _query(self, question: str, **values: str) -> list[Any]:
        from sqlalchemy import text

        from server.database import open_database, read_key

        with (
            closing(open_database(f"sqlite:///{self.home / 'server.db'}", read_key(self.home / "server.key"))) as db,
            db.read() as conn,
        ):
            return list(conn.execute(text(question), values))

    def _words(self, *words: str) -> list[str]:
        return ["--home", str(self.home), *words]

    def _answers(self) -> bool:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # only whether it listens
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as plain, context.wrap_socket(plain):
                return True
        except OSError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _clean() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("DAMPINGI")}
