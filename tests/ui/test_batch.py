"""The list prints all its summaries: it asks where, says how far it is, stops when told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store import Store
from tests.fakes import FrozenClock
from tests.offices import sample_office
from tests.reports import pdf as read_back
from ui.owners_page import OwnersPage
from ui.shell import Shell


@pytest.fixture
def store(tmp_path: Path, clock: FrozenClock) -> Iterator[Store]:
    opened = sample_office(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def page(ctx, store, shown):
    shell = shown(Shell(ctx, lambda **_: None, lambda: None))
    ctx.go("owners", text="batik")
    return shell.findChild(OwnersPage)


def test_the_summaries_of_what_is_listed_are_saved(page, ctx, tmp_path: Path, monkeypatch) -> None:
    said = []
    monkeypatch.setattr(ctx.host, "toast", lambda words, *_: said.append(words.id))
    ctx.dialogs.file = tmp_path / "semua.pdf"
    listed = len(page.table.rows.ids)
    page.print_all.click()
    assert 1 < listed < 84
    assert len(read_back.read((tmp_path / "semua.pdf").read_bytes()).pages) >= listed
    assert said == [f"{listed} ringkasan tersimpan: semua.pdf"]
    assert not page.batch.busy
    assert not page.batch.isVisible()


def test_no_file_chosen_or_stopped_leaves_nothing(page, ctx, tmp_path: Path, monkeypatch) -> None:
    ctx.dialogs.file = None
    page.print_all.click()
    said = []
    monkeypatch.setattr(ctx.host, "toast", lambda words, *_: said.append(words.id))
    ctx.dialogs.file = tmp_path / "semua.pdf"
    monkeypatch.setattr(page.batch, "_show_progress", lambda _: page.batch.cancel.click())
    page.print_all.click()
    assert said == ["Dihentikan. Tidak ada berkas yang dibuat."]
    assert list(tmp_path.glob("semua*")) == []
    assert not page.batch.busy
