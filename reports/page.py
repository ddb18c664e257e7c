"""The one engine under every paper: sheets of paper, letterhead, footer, and flowing blocks onto pages.

A paper is a `Sheet`: what stands in its head and foot, and blocks between them. Blocks turn into
strips (a strip is never cut); strips are laid out first and drawn after, so "page x of y" is known
before the first stroke and a thousand sheets in one file need no more memory than their pages.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol

from models.i18n import Lang, Words
from reports.paper import MM, Letterhead, Size
from reports.pen import Pen
from reports.text import BODY, CAPTION, FOOT, LOGO, OFFICE, OFFICE_ABOVE, face, height, wrap

LEFT, RIGHT, TOP = 18 * MM, 16 * MM, 10 * MM  # the left margin leaves the punch holes free
FOOT_ROOM = 12.5 * MM  # from the lower edge of the paper; the footer stands within it
HEAD_GAP = 4 * MM
EMBLEM_WIDTH, EMBLEM_HEIGHT = 17 * MM, 20 * MM

_PAGE = Words("Halaman {page} dari {pages}", "Page {page} of {pages}")
_COPY_FOR = Words("lembar untuk: {whom}", "copy for: {whom}")
_CONTINUED = Words("lanjutan", "continued")
_LOGO = Words("LOGO\nDAERAH", "REGION\nEMBLEM")
_WRITING = Lock()  # reportlab's fonts are shared by all files being written
_AUTHOR = "Dampingi"
_PDF_LANG: dict[Lang, str] = {"id": "id-ID", "en": "en-GB"}


@dataclass(frozen=True)
class Strip:
    """A piece of a page that is never cut.

    `draw(pen, x, top)` paints it. `keep` holds it on the page of the next strip; `repeat` is painted
    again when this strip opens a page (a table's head); `gap` is air above it, dropped at a page's top.
    """

    height: float
    draw: Callable[[Pen, float, float], None]
    keep: bool = False
    gap: float = 0.0
    repeat: "Strip | None" = None


class Block(Protocol):
    """Anything that can stand on a page."""

    def strips(self, width: float) -> Iterable[Strip]:
        """Its strips in a column of `width` points."""
        ...


@dataclass(frozen=True)
class Sheet:
    """One paper, ready to be laid out.

    `title` (with the number, never a name) stands in the reader and over further pages, `form` and
    `copy_for` in the footer.
    """

    title: str
    form: str
    copy_for: str
    letterhead: Letterhead
    blocks: Sequence[Block]
    lang: Lang = "id"


class Page:
    """Strips set from the top of one page; `room` is the height they may fill, in points."""

    def __init__(self, room: float, repeat: Strip | None = None) -> None:
        self.room = room
        self.placed: list[tuple[Strip, float]] = []
        self.bottom = 0.0
        if repeat is not None:
            self.add(repeat)

    def fits(self, group: Sequence[Strip]) -> bool:
        """Whether all of these would still stand on this page."""
        need = sum(s.gap + s.height for s in group) - (0.0 if self.placed else group[0].gap)
        return self.bottom + need <= self.room + 0.01  # a hundredth of a point for the sum's rounding

    def add(self, strip: Strip) -> None:
        """Set one strip below the others."""
        top = self.bottom + (strip.gap if self.placed else 0.0)
        self.placed.append((strip, top))
        self.bottom = top + strip.height


def paginate(strips: Iterable[Strip], first: float, further: float) -> list[Page]:
    """Strips set onto pages: the first has room for `first` points, each other for `further`.

    What is kept together moves to the next page together; only when it is higher than a whole page
    is it parted.
    """
    pages = [Page(first)]
    for group in _kept_together(strips):
        if pages[-1].placed and not pages[-1].fits(group):
            pages.append(Page(further, group[0].repeat))
        for strip in group:
            if pages[-1].placed and not pages[-1].fits([strip]):
                pages.append(Page(further, strip.repeat))
            pages[-1].add(strip)
    return pages


def _kept_together(strips: Iterable[Strip]) -> Iterable[list[Strip]]:
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group


def write(sheets: Iterable[Sheet], size: Size, title: str = "") -> bytes:
    """One PDF of all sheets, each with its own page numbers and bookmark; same sheets, same bytes.

    `title` names the file in the reader when it holds more than one sheet.
    """
    with _WRITING:
        return _write(sheets, size, title)


def _write(sheets: Iterable[Sheet], size: Size, title: str) -> bytes:
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # streams as bytes, not as letters: a fifth smaller on WhatsApp
    face(BODY.font)  # the canvas starts each page in this font and must know it first
    out = io.BytesIO()
    untyped: Any = Canvas
    canvas = untyped(out, pagesize=size.points, invariant=1, pageCompression=1, initialFontName=BODY.font)
    canvas.setAuthor(_AUTHOR)
    canvas.setCreator(_AUTHOR)
    canvas.setProducer(_AUTHOR)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    pen = Pen(canvas, size.points[1])
    named = False
    for sheet in sheets:
        if not named:
            canvas.setTitle(title or sheet.title)
            canvas.setCatalogEntry("Lang", _PDF_LANG[sheet.lang])
            named = True
        _draw_sheet(pen, sheet, size)
    canvas.save()
    return out.getvalue()


def _draw_sheet(pen: Pen, sheet: Sheet, size: Size) -> None:
    page_width, page_height = size.points
    width = page_width - LEFT - RIGHT
    head = _letterhead(sheet, width)
    running = _running_head(sheet, width)
    pages = paginate(
        (strip for block in sheet.blocks for strip in block.strips(width)),
        page_height - TOP - head.height - FOOT_ROOM,
        page_height - TOP - running.height - FOOT_ROOM,
    )
    for index, page in enumerate(pages):
        opening = running if index else head
        opening.draw(pen, LEFT, TOP)
        if not index:
            pen.bookmark(sheet.title, 0)
        for strip, top in page.placed:
            strip.draw(pen, LEFT, TOP + opening.height + top)
        _footer(pen, sheet, index + 1, len(pages), width, page_height)
        pen.canvas.showPage()


def _letterhead(sheet: Sheet, width: float) -> Strip:
    """The kop: emblem at the left, three centred lines, a thick and a thin rule."""
    kop = sheet.letterhead
    side = EMBLEM_WIDTH + 5 * MM
    middle = width - 2 * side
    lines = [
        line
        for text, style in ((kop.above, OFFICE_ABOVE), (kop.office, OFFICE), (kop.address, CAPTION))
        if text.strip()
        for line in wrap(text, style, middle)
    ]
    inner = max(EMBLEM_HEIGHT, height(lines))
    low = inner + 2.6 * MM

    def draw(pen: Pen, x: float, top: float) -> None:
        emblem_top = top + (inner - EMBLEM_HEIGHT) / 2
        if kop.emblem:
            pen.picture(kop.emblem, x, emblem_top, EMBLEM_WIDTH, EMBLEM_HEIGHT)
        else:
            pen.shield(x, emblem_top, EMBLEM_WIDTH, EMBLEM_HEIGHT)
            logo = wrap(_LOGO.to(sheet.lang), LOGO, EMBLEM_WIDTH)
            pen.lines(logo, x, emblem_top + (EMBLEM_HEIGHT - height(logo)) / 2, EMBLEM_WIDTH, "center")
        pen.lines(lines, x + side, top + (inner - height(lines)) / 2, middle, "center")
        pen.rule(x, top + low + 1.1, width, 2.2)
        pen.rule(x, top + low + 3.65, width, 0.7)

    return Strip(low + 2.2 + HEAD_GAP, draw)


def _running_head(sheet: Sheet, width: float) -> Strip:
    """The one line over further pages, so that a loose sheet finds its way back."""
    lines = wrap(f"{sheet.title} · {_CONTINUED.to(sheet.lang)}", FOOT, width)

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.rule(x, pen.lines(lines, x, top, width) + 1.2 * MM, width, 0.4)

    return Strip(height(lines) + 1.2 * MM + HEAD_GAP, draw)


def _footer(pen: Pen, sheet: Sheet, page: int, pages: int, width: float, page_height: float) -> None:
    """Form and version at the left, page x of y and whom the copy is for at the right."""
    top = page_height - 6.5 * MM - FOOT.leading - 1.4 * MM
    place = (
        f"{_PAGE.fill(page=page, pages=pages).to(sheet.lang)} · {_COPY_FOR.fill(whom=sheet.copy_for).to(sheet.lang)}"
    )
    right = wrap(place, FOOT, width)[0]
    left = wrap(f"{_AUTHOR} · {sheet.form}", FOOT, width - right.width - 4 * MM)[0]
    pen.rule(LEFT, top, width, 0.4)
    pen.line(left, LEFT, top + 1.4 * MM)
    pen.line(right, LEFT + width - right.width, top + 1.4 * MM)
