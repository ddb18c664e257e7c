"""The real central server as a child process on a free loopback port, and its command line."""

import os
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.tour.recorder import expect

ROOT = Path(__file__).parents[2]


class Central:
    """`python -m server serve --tls` over its own encrypted SQLite file."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, _free_port()
        self.address = f"https://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[str] | None = None

    def start(self, until: Callable[[Callable[[], bool], float], bool]) -> None:
        """Start it and wait until it answers."""
        line = self._line("serve", "--tls", "--port", str(self.port), "--region", "3574")
        log = (self.home.parent / "server.log").open("w")
        self._process = subprocess.Popen(line, cwd=ROOT, stdout=log, stderr=log, text=True, env=_clean())
        expect(until(self._answers, 60), "the server did not answer within a minute")

    def stop(self) -> int:
        """End it as an administrator does; answers its exit code."""
        if self._process is None:
            return 0
        self._process.terminate()
        return self._process.wait(30)

    def do(self, *words: str) -> str:
        """One command of its command line; what it said."""
        done = subprocess.run(self._line(*words), cwd=ROOT, capture_output=True, text=True, env=_clean(), check=False)
        expect(done.returncode == 0, f"server {words[0]}: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def sums(self) -> dict[str, tuple[int, int, int]]:
        """Head, count and content sum of every scope, read from its database as an administrator would."""
        from sqlalchemy import text

        from server.database import open_database, read_key

        db = open_database(f"sqlite:///{self.home / 'server.db'}", read_key(self.home / "server.key"))
        with db.read() as conn:
            return {
                scope: tuple(rest) for scope, *rest in conn.execute(text("SELECT scope, head, cnt, sum FROM scope"))
            }

    def _line(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "server", "--home", str(self.home), *words]

    def _answers(self) -> bool:
        context = ssl.create_default_context()
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
