"""A bare endpoint to compare with: the same HTTP, JSON and zstd into an encrypted file; nothing else.

`python -m bench.bare_server FOLDER` prints its port. It keeps rows, and gives them back by position:
no capture, no history, no sums, no merge, no lanes, no login.
"""

import socket
import sys
from pathlib import Path
from typing import Any

import uvicorn
from litestar import Litestar, Request, Response, get, post

from models import database
from models.entities import ENTITIES
from sync.protocol import decode, encode, pack, unpack

KEY = bytes(range(32))
PAGE = 5_000


def make_app(folder: Path) -> Litestar:
    conn: Any = database.connect(folder / "bare-server.db", KEY)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("PRAGMA synchronous = FULL")
    for name, entity in ENTITIES.items():
        columns = ", ".join(f'"{f.name}"' for f in entity.fields)
        conn.execute(f'CREATE TABLE "{name}" (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, scope TEXT, {columns})')

    @post("/push", status_code=200)
    async def push(request: Request) -> Response[bytes]:
        batch = decode(unpack(await request.body(), "zstd"), dict[str, Any])
        names = ", ".join(f'"{n}"' for n in batch["f"])
        places = ", ".join("?" * len(batch["f"]))
        conn.execute("BEGIN IMMEDIATE")
        conn.executemany(
            f'INSERT OR REPLACE INTO "{batch["t"]}" ({names}) VALUES ({places})', zip(*batch["c"], strict=True)
        )
        conn.execute("COMMIT")
        return Response(encode({"ok": True}), media_type="application/json")

    @get("/pull/{table:str}/{after:int}")
    async def pull(table: str, after: int) -> Response[bytes]:
        fields = ["id", "scope", *(f.name for f in ENTITIES[table].fields)]
        names = ", ".join(f'"{n}"' for n in fields)
        rows = conn.execute(
            f'SELECT seq, {names} FROM "{table}" WHERE seq > ? ORDER BY seq LIMIT {PAGE}', (after,)
        ).fetchall()
        columns = [list(column) for column in zip(*rows, strict=True)] if rows else []
        body = {"last": rows[-1][0] if rows else after, "f": fields, "c": columns[1:]}
        return Response(pack(encode(body)), media_type="application/json", headers={"Content-Encoding": "zstd"})

    return Litestar([push, pull], openapi_config=None)


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        config = uvicorn.Config(make_app(Path(sys.argv[1])), log_level="warning", timeout_graceful_shutdown=1)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
