"""The words of the screens: both languages, the same places, the glossary's own words."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ui.words
from models.i18n import Words

BANNED = {
    "id": ("offline", "online", "upload", "unggah", "sinkron ulang", "klien", "merchant", "tiket", "catatan kejadian",
           "catatan keuangan", "kenalan", "PIRT", "temporary", "USB drive", "media eksternal", "error", "submit",
           "dismiss", "snooze", "masked", "hide", "Oops", "Maaf", "database", "antrian"),
    "en": ("oops", "sorry", "ticket", "upload"),
}  # fmt: skip
ROOT = Path(__file__).parents[2]


def walk(value: object, name: str) -> Iterator[tuple[str, Words]]:
    if isinstance(value, Words):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{name}[{key}]")
    elif isinstance(value, tuple | list):
        for at, inner in enumerate(value):
            yield from walk(inner, f"{name}[{at}]")
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for field in value.__dataclass_fields__:
            yield from walk(getattr(value, field), f"{name}.{field}")


def all_words() -> list[tuple[str, Words]]:
    found: list[tuple[str, Words]] = []
    names = [f"ui.words.{m.name}" for m in pkgutil.iter_modules(ui.words.__path__)] + ["ui.screens", "ui.shortcuts"]
    for name in names:
        for key, value in vars(importlib.import_module(name)).items():
            found += walk(value, f"{name}.{key}")
    return found


WORDS = all_words()


@pytest.mark.parametrize(("name", "words"), WORDS, ids=[name for name, _ in WORDS])
def test_words_have_a_twin_with_the_same_places(name, words):
    assert words.id.strip()
    assert words.en.strip()
    assert sorted(re.findall(r"\{(\w+)", words.id)) == sorted(re.findall(r"\{(\w+)", words.en))


@pytest.mark.parametrize(("name", "words"), WORDS, ids=[name for name, _ in WORDS])
def test_words_of_the_glossary_are_used(name, words):
    said = [
        banned
        for lang in ("id", "en")
        for banned in BANNED[lang]
        if re.search(rf"(?<![\w-]){re.escape(banned)}(?!\w)", words.to(lang), 0 if banned.isupper() else re.IGNORECASE)
    ]
    assert not said


def test_no_screen_speaks_one_language_only():
    """Text given to a widget comes from `Words`, so a sentence in the code of a screen is a mistake."""
    found = []
    for path in sorted((ROOT / "ui").rglob("*.py")):
        if "words" in path.parts:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name in {
                "label",
                "HintButton",
                "setText",
                "setToolTip",
                "setAccessibleName",
                "setWindowTitle",
                "Chip",
                "link",
            }:
                texts = [a.value for a in call.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                found += [
                    f"{path.name}:{call.lineno} {t!r}"
                    for t in texts
                    if re.search(r"[A-Za-z]{3}", t) and t != "Dampingi"
                ]
    assert not found
