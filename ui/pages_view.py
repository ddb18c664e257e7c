"""Pages of a PDF under each other, as they will come out of the printer."""

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget
from typing_extensions import override

from ui import theme
from ui.background import Background
from ui.page_picture import page_sizes, screen_image

PAD = 12
KEPT = 4  # pages before and after the last drawn one: a long paper is not kept whole
ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0)  # 1 is the whole page


class PageMark(QLabel):
    """`Halaman 1 dari 3` in a white lozenge over the pages."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setProperty("role", "smallbold")
        self.setContentsMargins(10, 3, 10, 3)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("surface"))
        painter.drawRoundedRect(self.rect(), self.height() / 2, self.height() / 2)
        painter.end()
        super().paintEvent(event)


class PagesView(QAbstractScrollArea):
    """Shows whole pages at first; larger by steps. Pages are drawn beside the screen, those in sight first."""

    turned = Signal()  # another page is in the middle, or another zoom

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self._pdf = b""
        self._sizes: list[tuple[float, float]] = []
        self._images: dict[int, QImage] = {}  # an older image stays until the new one is there: no flicker
        self._fresh: set[int] = set()
        self._asked: set[int] = set()
        self._turn = 0  # answers to an earlier layout are dropped
        self.zoom = 0  # index in ZOOMS
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self.turned)

    @property
    def page_count(self) -> int:
        """How many pages there are; 0 while nothing has come yet."""
        return len(self._sizes)

    @property
    def current(self) -> int:
        """The page in the middle of the view, from 1."""
        middle = self.viewport().height() // 2
        below = [n for n, rect in enumerate(self._rects(), start=1) if rect.top() <= middle]
        return below[-1] if below else 1

    @property
    def ready(self) -> bool:
        """Whether every page in sight is drawn."""
        return bool(self._sizes) and self._fresh.issuperset(self._in_sight())

    def is_under(self, rect: QRect) -> bool:
        """Whether a page lies under this part of the view."""
        return any(page.intersects(rect) for page in self._rects())

    def show_pdf(self, pdf: bytes) -> None:
        """Show another document, the place kept."""
        self._background.run(self, partial(page_sizes, pdf), partial(self._take, pdf))

    def step_zoom(self, step: int) -> None:
        """One step larger or smaller; 0 goes back to the whole page."""
        zoom = min(max(self.zoom + step, 0), len(ZOOMS) - 1) if step else 0
        if zoom != self.zoom:
            self.zoom = zoom
            self._lay_out()

    def _take(self, pdf: bytes, sizes: list[tuple[float, float]]) -> None:
        self._pdf, self._sizes = pdf, sizes
        self._lay_out()

    def _lay_out(self) -> None:
        """The pages' sizes on the screen are others now: draw them anew."""
        self._turn += 1
        self._fresh.clear()
        self._asked.clear()
        rects = self._rects(scrolled=False)
        view = self.viewport().size()
        across = max((r.width() for r in rects), default=0) + 2 * PAD - view.width()
        down = (rects[-1].bottom() + PAD if rects else 0) - view.height()
        for bar, room, page in (
            (self.horizontalScrollBar(), across, view.width()),
            (self.verticalScrollBar(), down, view.height()),
        ):
            bar.setRange(0, max(0, room))
            bar.setPageStep(page)
            bar.setSingleStep(40)
        self.viewport().update()
        self.turned.emit()

    def _scale(self) -> float:
        """Pixels of the screen for a point of paper."""
        width, height = self._sizes[0]
        view = self.viewport().size()
        whole = min((view.height() - 2 * PAD) / height, (view.width() - 2 * PAD) / width)
        return max(0.05, whole * ZOOMS[self.zoom])

    def _rects(self, *, scrolled: bool = True) -> list[QRect]:
        """Where each page lies on the viewport."""
        if not self._sizes:
            return []
        scale, rects = self._scale(), list[QRect]()
        top = PAD - (self.verticalScrollBar().value() if scrolled else 0)
        left = self.horizontalScrollBar().value() if scrolled else 0
        view = self.viewport().width()
        for width, height in self._sizes:
            wide, tall = round(width * scale), round(height * scale)
            rects.append(QRect(max(PAD, (view - wide) // 2) - left, top, wide, tall))
            top += tall + PAD
        return rects

    def _in_sight(self) -> list[int]:
        view = self.viewport().rect()
        return [number for number, rect in enumerate(self._rects()) if rect.intersects(view)]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), look.color("surface3"))
        rects = self._rects()
        for number in self._in_sight():
            painter.setPen(QPen(look.color("line"), 1))
            painter.setBrush(Qt.GlobalColor.white)
            painter.drawRect(rects[number].adjusted(-1, -1, 0, 0))
            if image := self._images.get(number):
                painter.drawImage(rects[number], image)
            if number not in self._fresh:
                self._ask(number, rects[number].size() * self.devicePixelRatioF())

    def _ask(self, number: int, size: QSize) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        work = partial(screen_image, self._pdf, number, size)
        self._background.run(self, work, partial(self._arrived, self._turn, number))

    def _arrived(self, turn: int, number: int, image: QImage) -> None:
        if turn != self._turn:
            return
        self._images[number] = image
        self._fresh.add(number)
        for far in [n for n in self._images if abs(n - number) > KEPT]:
            del self._images[far]
            self._fresh.discard(far)
            self._asked.discard(far)
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)
