"""The panel of photos and files: add, states in words, open, release, delete, and nothing left in the clear."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from models import attaching, pictures
from models.files import OUT_OF_REACH
from models.pictures import prepare
from models.store import Store
from tests.fakes import business, owner
from tests.pictures import archive, document, photo
from ui.attachment_panel import AttachmentPanel
from ui.context import Context
from ui.opened_files import OpenedFiles
from ui.words import attachments as words


@pytest.fixture
def ids(store: Store) -> tuple[str, str]:
    owner_id = store.save("owner", owner()).first_id("owner")
    return owner_id, store.save("business", business(owner_id)).first_id("business")


class Desk(QWidget):
    """Stands in for the shell: what was said, and what can be undone."""

    def __init__(self, ctx: Context, panel: AttachmentPanel) -> None:
        super().__init__()
        ctx.host = self  # pyright: ignore[reportAttributeAccessIssue]
        panel.setParent(self)
        panel.resize(320, 500)
        self.said: list[str] = []
        self.undo: Any = None

    def toast(self, said: Any, _action: Any = None, act: Any = None) -> None:
        self.said.append(said.id)
        self.undo = act

    def show_error(self, error: Any) -> None:
        self.said.append(error.words.id)


@pytest.fixture
def panel(ctx: Context, ids: tuple[str, str], shown: Any) -> AttachmentPanel:
    made = AttachmentPanel(ctx, *ids)
    shown(Desk(ctx, made), 340, 520)
    return made


def said(ctx: Context) -> list[str]:
    assert isinstance(ctx.host, Desk)
    return ctx.host.said


def chosen(ctx: Context, panel: AttachmentPanel, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    dialogs: Any = ctx.dialogs
    dialogs.file = path
    QTest.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)


def test_an_empty_panel_says_so(panel: AttachmentPanel) -> None:
    assert panel.lines == []
    assert panel._none.text() == words.NONE.id


def test_a_file_that_is_gone_when_it_is_read_is_said(ctx: Context, panel: AttachmentPanel, tmp_path: Path) -> None:
    panel.add(tmp_path / "pulled-out" / "foto.jpg")

    assert said(ctx) == [OUT_OF_REACH.id]
    assert panel.add_button.isEnabled()


def test_a_photo_is_added_with_a_button(ctx: Context, panel: AttachmentPanel, tmp_path: Path) -> None:
    chosen(ctx, panel, tmp_path / "Foto produk.JPG", photo(gps=True))

    (line,) = panel.lines
    assert line.attached.row["name"] == "Foto produk.jpg"
    assert line.state_label.text().startswith("Menunggu dikirim · ")
    assert said(ctx) == ["Foto produk.jpg tersimpan."]
    assert panel._title.text() == "Foto & berkas (1)"
    assert panel.add_button.isEnabled()


def test_what_cannot_be_kept_is_said_in_a_sentence(ctx: Context, panel: AttachmentPanel, tmp_path: Path) -> None:
    chosen(ctx, panel, tmp_path / "foto.jpg", archive())

    assert said(ctx) == [pictures.NOT_A_TYPE.id]
    assert panel.lines == []
    assert panel._none.text() == words.NONE.id


def test_the_same_file_again_is_said(ctx: Context, panel: AttachmentPanel, tmp_path: Path) -> None:
    for _ in range(2):
        chosen(ctx, panel, tmp_path / "a.pdf", document())

    assert len(panel.lines) == 1
    assert said(ctx)[-1] == words.THERE.id


def test_nothing_is_kept_of_who_refused(
    ctx: Context, panel: AttachmentPanel, store: Store, ids: Any, tmp_path: Path
) -> None:
    store.save("owner", {"id": ids[0], "informed": "refused"})
    chosen(ctx, panel, tmp_path / "a.pdf", document())

    assert said(ctx) == [attaching.REFUSED.id]
    assert panel.lines == []


def test_a_file_opens_in_the_viewer_and_its_copy_goes_at_lock(
    ctx: Context, panel: AttachmentPanel, tmp_path: Path
) -> None:
    shown: list[Path] = []
    ctx.opened = OpenedFiles(tmp_path / "opened", shown.append)
    chosen(ctx, panel, tmp_path / "KTP Siti.pdf", document())

    QTest.mouseClick(panel.lines[0].open_button, Qt.MouseButton.LeftButton)

    (path,) = shown
    assert path.read_bytes() == document()
    assert path.name == "berkas-1.pdf"
    assert path.stat().st_mode & 0o077 == path.parent.stat().st_mode & 0o077 == 0
    ctx.opened.clear()
    assert not path.exists()


def test_what_a_crash_left_open_goes_at_the_next_start(tmp_path: Path) -> None:
    left = tmp_path / "opened" / "berkas-1.pdf"
    left.parent.mkdir()
    left.write_bytes(b"isi")

    OpenedFiles(tmp_path / "opened")

    assert not left.exists()


def test_each_state_has_its_words_and_acts(ctx: Context, panel: AttachmentPanel, store: Store, ids: Any) -> None:
    files = [prepare(document(size=n + 1), f"{n}.pdf") for n in range(4)]
    for file in files:
        ctx.background.write(panel, lambda s, file=file: attaching.attach(s, file, "other", business_id=ids[1]))
    attaching.verified(store, files[1].sha256)
    attaching.verified(store, files[2].sha256)
    attaching.release(store, files[2].sha256)
    attaching.blobs(store).remove(files[3].sha256)
    store.query("DELETE FROM blob_local WHERE sha256 = ?", (files[3].sha256,))
    panel._load()

    lines = {line.attached.row["name"]: line for line in panel.lines}
    told = {name: line.state_label.text().split(" · ")[0] for name, line in lines.items()}
    assert told == {
        "0.pdf": "Menunggu dikirim", "1.pdf": "Di server", "2.pdf": "Hanya di server", "3.pdf": "Menunggu",
    }  # fmt: skip
    assert [name for name, line in lines.items() if line.release_button] == ["1.pdf"]
    assert lines["2.pdf"].open_button.accessibleName() == "Ambil 2.pdf"

    QTest.mouseClick(lines["3.pdf"].open_button, Qt.MouseButton.LeftButton)
    assert said(ctx)[-1] == "3.pdf diambil saat sinkronisasi berikutnya."


def test_releasing_makes_room_and_keeps_the_record(
    ctx: Context, panel: AttachmentPanel, store: Store, tmp_path: Path
) -> None:
    chosen(ctx, panel, tmp_path / "a.pdf", document())
    sha256 = panel.lines[0].attached.row["sha256"]
    attaching.verified(store, sha256)
    panel._load()

    QTest.mouseClick(panel.lines[0].release_button, Qt.MouseButton.LeftButton)

    assert panel.lines[0].attached.state == "server"
    assert not attaching.blobs(store).has(sha256)


def test_deleting_can_be_undone(ctx: Context, panel: AttachmentPanel, store: Store, tmp_path: Path) -> None:
    chosen(ctx, panel, tmp_path / "a.pdf", document())
    sha256 = panel.lines[0].attached.row["sha256"]

    QTest.mouseClick(panel.lines[0].remove_button, Qt.MouseButton.LeftButton)
    assert panel.lines == []
    assert attaching.content(store, sha256) == document()

    host: Any = ctx.host
    host.undo()
    assert len(panel.lines) == 1


def test_sizes_are_written_as_each_language_writes_them() -> None:
    assert words.size_words(3) == words.size_words(1024)
    assert (words.size_words(4_400_000).id, words.size_words(4_400_000).en) == ("4,2 MB", "4.2 MB")
    assert words.waiting_words(6, 4_400_000).id == "6 berkas · 4,2 MB"
    assert words.waiting_words(0, 0).id == "0 berkas"
