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


def words_of(module: str) -> list[tuple[str, Words]]:
    """Every text of a module with the name under which it stands there."""
    return [found for key, value in vars(importlib.import_module(module)).items() for found in walk(value, key)]


MODULES = [*(f"ui.words.{m.name}" for m in pkgutil.iter_modules(ui.words.__path__)), "ui.screens", "ui.shortcuts"]
EACH = pytest.mark.parametrize("module", MODULES)  # by module: two thousand texts are two thousand tests else


@EACH
def test_words_have_a_twin_with_the_same_places(module: str) -> None:
    found = words_of(module)
    assert found
    assert [name for name, words in found if not (words.id.strip() and words.en.strip())] == []
    places = {name: [sorted(re.findall(r"\{(\w+)", text)) for text in (words.id, words.en)] for name, words in found}
    assert {name: both for name, both in places.items() if both[0] != both[1]} == {}


@EACH
def test_words_of_the_glossary_are_used(module: str) -> None:
    said = [
        (name, word) for name, words in words_of(module) for lang in BANNED for word in banned(words.to(lang), lang)
    ]
    assert said == []


def banned(text: str, lang: str) -> list[str]:
    """The words that the glossary does without, of those in a text."""
    return [
        word
        for word in BANNED[lang]
        if re.search(rf"(?<![\w-]){re.escape(word)}(?!\w)", text, 0 if word.isupper() else re.IGNORECASE)
    ]


def test_a_word_that_the_glossary_does_without_is_found() -> None:
    assert banned("Unggah lewat USB drive", "id") == ["unggah", "USB drive"]
    assert banned("The upload-folder of a merchant", "en") == ["upload"]


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
