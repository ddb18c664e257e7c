"""A line between laptops and a server that a test can make slow or cut."""

import socket
import threading
from abc import ABC, abstractmethod
from contextlib import suppress
from urllib.parse import urlsplit


class Relay(ABC):
    """Takes connections for a server and opens one to it for each; `join` carries what is said."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._server = parts.hostname or "", parts.port or 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                laptop, _ = self._listener.accept()
                self.join(laptop, socket.create_connection(self._server))

    @abstractmethod
    def join(self, laptop: socket.socket, server: socket.socket) -> None:
        """Carries bytes both ways, without waiting for them."""

    def close(self) -> None:
        self._listener.close()
