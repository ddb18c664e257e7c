"""The administrator's shell: command lines of `python -m server`, one after the other, in one process.

Each line of the input is the words of one command as JSON, each line of the output its exit code and what it
said. Only the start of Python is shared; every command opens and closes the server's file by itself.
"""

import contextlib
import io
import json
import sys

from server.__main__ import main


def serve_lines() -> None:
    """Carry out what comes in until nothing more does."""
    for line in sys.stdin:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            code = main(json.loads(line))
        print(json.dumps([code, said.getvalue().strip()]), flush=True)


if __name__ == "__main__":
    serve_lines()
