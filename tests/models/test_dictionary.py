"""The data dictionary and the lock: complete, up to date, and nothing locked is ever renamed."""

import json
from pathlib import Path

import pytest

from models import dictionary
from models.dictionary import LOCK, PAGE
from models.entities import SYNCED

STALE = "run `python -m models.dictionary` and commit what it writes"


def test_nothing_locked_was_renamed_removed_or_became_another_kind() -> None:
    locked = json.loads(LOCK.read_text(encoding="utf-8"))
    assert dictionary.broken(locked, dictionary.declared()) == []


def test_page_and_lock_are_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == dictionary.page(), STALE
    assert LOCK.read_text(encoding="utf-8") == dictionary.lock_text(dictionary.declared()), STALE


@pytest.mark.parametrize("entity", SYNCED.values(), ids=lambda e: e.name)
def test_every_field_has_words_meaning_source_and_class(entity: dictionary.Entity) -> None:
    page = dictionary.page()
    assert f"## {entity.name}: " in page
    for field in entity.fields:
        assert field.label.id
        assert field.label.en
        assert dictionary.meaning(field)
        assert dictionary.source(entity, field)
        assert f"| `{field.name}`" in page
        if field.kind.storage == "integer" and field.kind.name != "rt_rw":
            assert dictionary.unit(field), f"{entity.name}.{field.name} has no unit"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({"owner": {"name": "name text", "new": "text text"}, "more": {}}, []),
        ({"owner": {"full_name": "name text"}}, ["owner.name removed"]),
        ({}, ["owner removed"]),
        ({"owner": {"name": "text text"}}, ["owner.name was name text, is text text"]),
    ],
)
def test_the_lock_bites(now: dictionary.Lock, said: list[str]) -> None:
    assert dictionary.broken({"owner": {"name": "name text"}}, now) == said


def test_what_is_broken_is_never_written(tmp_path: Path) -> None:
    page, lock = tmp_path / "page.md", tmp_path / "lock.json"
    assert dictionary.write(page, lock) == []
    assert page.read_text(encoding="utf-8").startswith("# Data dictionary")
    lock.write_text('{"owner": {"shoe_size": "count integer"}}', encoding="utf-8")
    page.write_text("", encoding="utf-8")
    assert dictionary.write(page, lock) == ["owner.shoe_size removed"]
    assert page.read_text(encoding="utf-8") == ""
