"""Which sticks are plugged in."""

import ctypes
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

REMOVABLE = 2  # Windows: DRIVE_REMOVABLE
PLACES = ("/media/", "/run/media/", "/Volumes/")  # where other systems put them


@dataclass(frozen=True, slots=True)
class Drive:
    """A stick: its name as people know it, its folder, free bytes."""

    name: str
    root: Path
    free: int


def removable() -> list[Drive]:
    """The sticks that can be written now."""
    volumes = QStorageInfo.mountedVolumes()
    return [_drive(v) for v in volumes if v.isReady() and not v.isReadOnly() and _is_stick(v.rootPath())]


def _is_stick(root: str) -> bool:
    if sys.platform == "win32":
        return ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\")) == REMOVABLE
    return root.startswith(PLACES)


def _drive(volume: QStorageInfo) -> Drive:
    root = volume.rootPath()
    letter = f" ({root[:2]})" if sys.platform == "win32" else ""
    return Drive((volume.name() or Path(root).name or "Flashdisk") + letter, Path(root), volume.bytesAvailable())
