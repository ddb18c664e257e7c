"""How this computer likes its window: language, look, text size, geometry. No personal data.

They are needed before any account is open, so they stand beside the accounts in a small file. A
missing or damaged file means the defaults; a folder that cannot be written only forgets them.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from models.errors import AppError
from models.files import write_atomic
from models.i18n import Lang
from ui.theme import TEXT_SIZES, Mode, Theme

FILE = "preferences.json"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is remembered; `geometry` is Qt's own, base64."""

    lang: Lang = "id"
    mode: Mode = "light"
    k: float = 1.0
    geometry: str = ""

    @property
    def theme(self) -> Theme:
        """The look."""
        return Theme(self.mode, self.k)

    def with_theme(self, theme: Theme) -> "Preferences":
        """The same with another look."""
        return replace(self, mode=theme.mode, k=theme.k)


def load(home: Path) -> Preferences:
    """What was remembered, as far as it makes sense."""
    with suppress(OSError, ValueError, TypeError):
        found = json.loads((home / FILE).read_text("utf-8"))
        known = {f.name: found[f.name] for f in fields(Preferences) if f.name in found}
        made = Preferences(**known)
        if made.lang in ("id", "en") and made.mode in ("light", "dark") and made.k in TEXT_SIZES.values():
            return made
    return Preferences()


def save(home: Path, preferences: Preferences) -> None:
    """Remember them, if the folder can be written."""
    with suppress(OSError, AppError):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomic(home / FILE, json.dumps(asdict(preferences)).encode())
