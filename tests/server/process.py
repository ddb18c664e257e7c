"""A real server process, as an administrator starts it."""

import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from server.__main__ import main

ROOT = Path(__file__).parents[2]


class ServerProcess:
    """`python -m server` on a free port; ready when it has said where it listens."""

    def __init__(self, home: Path, *options: str, database: str = "") -> None:
        self.home = home
        self._base = [
            sys.executable,
            "-m",
            "server",
            "--home",
            str(home),
            *(("--database", database) if database else ()),
        ]
        self._process = subprocess.Popen(
            [*self._base, "serve", "--port", "0", *options],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.said: list[str] = []
        self.address = self._say("Dampingi server: ")
        self.pin = self._say("SHA-256): ")

    @property
    def pid(self) -> int:
        return self._process.pid

    def _say(self, mark: str) -> str:
        """What stands behind a mark in the next lines that the server prints."""
        assert self._process.stdout
        for line in self._process.stdout:
            self.said.append(line.strip())
            if mark in line:
                return line.split(mark)[1].strip()
        raise AssertionError("\n".join(self.said))

    def first_code(self) -> str:
        """The first administrator's code."""
        return self._say("administrator's code: ")

    def run(self, *words: str, code: int = 0) -> str:
        """Another command of the same server, as it stands in the shell but in this process; its output."""
        said = StringIO()
        with redirect_stdout(said):
            done = main([*self._base[3:], *words])
        assert done == code, said.getvalue()
        return said.getvalue().strip()

    def shell(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Another command of the same server as a process of its own."""
        return subprocess.run([*self._base, *words], cwd=ROOT, capture_output=True, text=True, check=False)

    def stop(self) -> str:
        """Stops it; what else it said."""
        self._process.terminate()
        rest, _ = self._process.communicate()
        return rest
