"""Photos and documents of a business: add, see where each one is, open, release, delete."""

import base64
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from models import attaching, pictures
from models.attaching import Attached
from models.errors import AppError
from models.pictures import Prepared
from models.store import Changes
from ui import icons, theme
from ui.context import Context
from ui.widgets import ElidedLabel, HintButton, IconButton, column, icon_label, label, link, row
from ui.words import attachments as words
from ui.words import common

if TYPE_CHECKING:
    from models.store import Store

THUMB, CORNER = 40, 6


class AttachmentPanel(QWidget):
    """Filled anew whenever a file of its business changes."""

    def __init__(self, ctx: Context, owner_id: str | None, business_id: str | None) -> None:
        super().__init__()
        self._ctx = ctx
        self._about = {"owner_id": owner_id, "business_id": business_id}
        self.lines: list[AttachmentLine] = []
        whole, head = column(spacing=10), row(spacing=8)
        self.setLayout(whole)
        self._title = label(ctx.words(words.TITLE), "h3")
        self.add_button = link(ctx.words(words.ADD), self._choose)
        icons.put(self.add_button, "plus", "pri", 15)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self.add_button)
        whole.addLayout(head)
        self._none = label("", "smallmuted", wrap=True)
        whole.addWidget(self._none)
        self._list = column(spacing=10)
        whole.addLayout(self._list)
        ctx.events.changed.connect(self._changed)
        self._load()

    def _load(self) -> None:
        about = self._about
        self._ctx.background.read(self, lambda store: attaching.listed(store, **about), self._show)

    def _changed(self, changes: Changes) -> None:
        if changes.touches("attachment"):
            self._load()

    def _show(self, found: list[Attached]) -> None:
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [AttachmentLine(self, self._ctx, attached) for attached in found]
        for line in self.lines:
            self._list.addWidget(line)
        count = words.COUNT.fill(n=len(found)) if found else words.TITLE
        self._title.setText(self._ctx.words(count))
        self._say("" if found else self._ctx.words(words.NONE))

    def _say(self, text: str) -> None:
        self._none.setText(text)
        self._none.setVisible(bool(text))

    def _choose(self) -> None:
        path = self._ctx.dialogs.choose_file(words.CHOOSE, words.PATTERN)
        if path:
            self.add(path)

    def add(self, path: Path) -> None:
        """Make a chosen file fit and keep it; why it cannot be is said in a sentence."""
        self.add_button.setEnabled(False)
        self._say(self._ctx.words(words.PREPARING))
        self._ctx.background.run(self, lambda: pictures.prepare_file(path), self._keep, self._refuse)

    def _keep(self, file: Prepared) -> None:
        about, sort = self._about, "photo" if file.thumb else "other"

        def work(store: "Store") -> tuple[Changes, bool]:
            changes = attaching.attach(store, file, sort, **about)
            return changes, bool(changes)

        def done(added: bool) -> None:
            self._ready()
            self._ctx.toast(words.ADDED.fill(name=file.name) if added else words.THERE)

        self._ctx.background.write(self, work, done, self._refuse)

    def _refuse(self, error: AppError) -> None:
        self._ready()
        self._ctx.show_error(error)

    def _ready(self) -> None:
        self.add_button.setEnabled(True)
        self._say("" if self.lines else self._ctx.words(words.NONE))

    def open(self, attached: Attached) -> None:
        """Show a file in the system's viewer; one that is not here is fetched at the next sync."""
        ctx, sha256 = self._ctx, attached.row["sha256"]
        ctx.background.read(self, lambda store: attaching.content(store, sha256), ctx.opened.show,
                            lambda error: self._absent(error, attached))  # fmt: skip

    def _absent(self, error: AppError, attached: Attached) -> None:
        if isinstance(error, attaching.NotHere):
            self._ctx.toast(words.FETCHING.fill(name=attached.row["name"]))
            self._load()
            if self._ctx.sync:
                self._ctx.sync.sync()
        else:
            self._ctx.show_error(error)

    def release(self, attached: Attached) -> None:
        """Make room on this laptop; refused while this is the last copy."""
        sha256, name = attached.row["sha256"], attached.row["name"]
        self._ctx.background.read(self, lambda store: attaching.release(store, sha256), lambda _: self._released(name))

    def _released(self, name: str) -> None:
        self._load()
        self._ctx.toast(words.RELEASED.fill(name=name))

    def remove(self, attached: Attached) -> None:
        """Delete a record; its bytes stay until the server has them, and undoing brings it back."""
        ctx, record_id = self._ctx, attached.row["id"]

        def undo() -> None:
            ctx.background.write(self, lambda store: store.restore("attachment", record_id))

        def done(_: object) -> None:
            ctx.toast(words.REMOVED.fill(name=attached.row["name"]), common.UNDO, undo)

        ctx.background.write(self, lambda store: store.delete("attachment", record_id), done)


class AttachmentLine(QWidget):
    """One file: its picture, its name, where it is, what can be done with it."""

    def __init__(self, panel: AttachmentPanel, ctx: Context, attached: Attached) -> None:
        super().__init__()
        self.attached = attached
        name: str = attached.row["name"]
        here = attached.state in ("here", "safe")
        line, texts = row(spacing=0), column(spacing=1)
        self.setLayout(line)
        line.addWidget(_picture(attached))
        line.addSpacing(theme.current().room(10))
        texts.addWidget(ElidedLabel(name, "smallbold"))
        icon, color, said = words.STATES[attached.state]
        standing = row(spacing=5)
        standing.addWidget(icon_label(icon, color, 14))
        size = ctx.words(words.size_words(attached.row["size"]))
        self.state_label = ElidedLabel(f"{ctx.words(said)} · {size}", "cap")
        standing.addWidget(self.state_label, 1)
        texts.addLayout(standing)
        line.addLayout(texts, 1)
        self.release_button: HintButton | None = None
        if attached.state == "safe":
            self.release_button = link(ctx.words(words.RELEASE), lambda: panel.release(attached))
            told = ctx.words(words.RELEASE_HELP, name=name)
            self.release_button.setToolTip(told)
            self.release_button.setAccessibleName(told)
            standing.addWidget(self.release_button)
            standing.addStretch()
        act = words.OPEN if here else words.FETCH
        self.open_button = IconButton(
            "eye" if here else "download", ctx.words(act, name=name), lambda: panel.open(attached)
        )
        self.remove_button = IconButton("x", ctx.words(words.REMOVE, name=name), lambda: panel.remove(attached))
        for button in (self.open_button, self.remove_button):
            button.setProperty("role", "inner")
            line.addSpacing(theme.current().room(4))
            line.addWidget(button)


def _picture(attached: Attached) -> QLabel:
    """The thumbnail with round corners, else a sign of a document."""
    made = QLabel()
    side = theme.current().room(THUMB)
    made.setFixedSize(side, side)
    thumb = QPixmap()
    thumb.loadFromData(base64.b64decode(attached.row["thumb"] or ""))
    if thumb.isNull():
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.setPixmap(icons.pixmap("file-text" if attached.row["mime"] == "application/pdf" else "image", "ink2", 22))
    else:
        made.setPixmap(_rounded(thumb, side, made.devicePixelRatioF()))
    return made


def _rounded(thumb: QPixmap, side: int, ratio: float) -> QPixmap:
    """The middle of a picture as a square with round corners."""
    pixels = round(side * ratio)
    fill = thumb.scaled(pixels, pixels, Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                        Qt.TransformationMode.SmoothTransformation)  # fmt: skip
    shown = QPixmap(pixels, pixels)
    shown.fill(Qt.GlobalColor.transparent)
    painter = QPainter(shown)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 0, pixels, pixels), CORNER * ratio, CORNER * ratio)
    painter.setClipPath(shape)
    painter.drawPixmap((pixels - fill.width()) // 2, (pixels - fill.height()) // 2, fill)
    painter.end()
    shown.setDevicePixelRatio(ratio)
    return shown
