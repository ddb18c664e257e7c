"""Files shown in the system's viewer: copies in a private folder that is emptied at lock and at the next start."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from models.files import file_errors, write_atomic

Opener = Callable[[Path], object]


def _system_viewer(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class OpenedFiles:
    """The clear copies of one open account; there are none until a person opens one."""

    def __init__(self, folder: Path | None = None, opener: Opener = _system_viewer) -> None:
        """`folder` is emptied now: a crash may have left something there."""
        self._folder, self._opener, self._count = folder, opener, 0
        if folder:
            shutil.rmtree(folder, ignore_errors=True)

    def show(self, data: bytes) -> None:
        """Write a copy under a name without a person's and hand it to the system's viewer."""
        from models.attachments import ENDINGS
        from models.pictures import sniff

        with file_errors():
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="dampingi-"))
            self._folder.mkdir(mode=0o700, exist_ok=True)
        self._count += 1
        path = self._folder / f"berkas-{self._count}{ENDINGS[sniff(data) or 'application/pdf']}"
        write_atomic(path, data)
        self._opener(path)

    def clear(self) -> None:
        """Take every copy away; one that a viewer still holds open goes at the next start."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
