"""The one engine under every paper: sheets of paper, letterhead, footer, and flowing blocks onto pages.

A paper is a `Sheet`: what stands in its head and foot, and blocks between them. Blocks turn into
strips (a strip is never cut); strips are laid out first and drawn after, so "page x of y" is known
before the first stroke and a thousand sheets in one file need no more memory than their pages.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, BinaryIO, Protocol

from models.i18n import Lang, Words
from reports.fields import Fields
from reports.paper import MM, Letterhead, Size
from reports.pen import Pen
from reports.stream import Stream
from reports.text import BODY, CAPTION, FOOT, LOGO, OFFICE, OFFICE_ABOVE, OFFICE_BETWEEN, face, height, wrap

HEAD_GAP = 4 * MM
EMBLEM_WIDTH, EMBLEM_HEIGHT = 17 * MM, 20 * MM

_LONG = (
    Words("Halaman {page} dari {pages}", "Page {page} of {pages}"),
    Words("lembar untuk: {whom}", "copy for: {whom}"),
)
_SHORT = (Words("hal. {page}/{pages}", "p. {page}/{pages}"), Words("untuk: {whom}", "for: {whom}"))
_CONTINUED = Words("lanjutan", "continued")
_LOGO = Words("LOGO\nDAERAH", "REGION\nEMBLEM")
_WRITING = Lock()  # reportlab's fonts are shared by all files being written: one sheet at a time
_AUTHOR = "Dampingi"
_PDF_LANG: dict[Lang, str] = {"id": "id-ID", "en": "en-GB"}


@dataclass(frozen=True)
class Strip:
    """A piece of a page that is never cut.

    `draw(pen, x, top)` paints it. `keep` holds it on the page of the next strip; `repeat` is painted
    again when this strip opens a page (a table's head); `gap` is air above it, dropped at a page's top;
    `fresh` opens a new page.
    """

    height: float
    draw: Callable[[Pen, float, float], None]
    keep: bool = False
    gap: float = 0.0
    repeat: "Strip | None" = None
    fresh: bool = False


class Block(Protocol):
    """Anything that can stand on a page."""

    def strips(self, width: float, /) -> Iterable[Strip]:
        """Its strips in a column of `width` points."""
        ...


@dataclass(frozen=True)
class Frame:
    """Where the blocks stand on a page, in millimetres, and what the engine sets around them.

    `foot` is kept free above the lower edge; the footer stands within it.
    """

    left: float = 18  # leaves the punch holes free
    right: float = 16
    top: float = 10
    foot: float = 12.5
    line: float = 6.5  # of the footer's lower edge above the paper's
    kop: bool = True
    footer: bool = True


LETTER_PAPER = Frame()
SLIP = Frame(14, 12, 8, 11.5, line=5.5, kop=False)
CARD = Frame(10, 10, 10, 12.5, kop=False)
TICKET = Frame(4, 4, 4, 4, kop=False, footer=False)


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
    frame: Frame = LETTER_PAPER
    copies: tuple[str, ...] = ()  # whom each of several copies is for that share a page, one below the other
    kop_again: bool = False  # every page opens with the whole letterhead: each may be handed round alone
    promise: str = ""  # stands at the left of the footer in place of the program's name


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
        need = sum(s.gap + s.height for s in group) - (0.0 if self.bottom else group[0].gap)
        return self.bottom + need <= self.room + 0.01  # a hundredth of a point for the sum's rounding

    def add(self, strip: Strip) -> None:
        """Set one strip below the others."""
        top = self.bottom + (strip.gap if self.bottom else 0.0)
        self.placed.append((strip, top))
        self.bottom = top + strip.height


def paginate(strips: Iterable[Strip], first: float, further: float) -> list[Page]:
    """Strips set onto pages: the first has room for `first` points, each other for `further`.

    What is kept together moves to the next page together; only when it is higher than a whole page
    is it parted.
    """
    pages = [Page(first)]
    for group in _kept_together(strips):
        if pages[-1].placed and (group[0].fresh or not pages[-1].fits(group)):
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
    """One PDF of all sheets, each with its own page numbers and bookmarks; same sheets, same bytes.

    `title` names the file in the reader when it holds more than one sheet.
    """
    out = io.BytesIO()
    write_to(out, sheets, size, title)
    return out.getvalue()


def write_to(out: BinaryIO, sheets: Iterable[Sheet], size: Size, title: str = "", *, papers_only: bool = False) -> None:
    """As `write`, into an open file: each page is written when it is done, so memory stays flat.

    `papers_only` bookmarks the papers and not their sections, which nobody finds among thousands.
    Other papers may be written meanwhile: a preview does not wait for a mass run.
    """
    with _WRITING:
        canvas = _canvas(size)
        stream = Stream(canvas, out)
    pen = Pen(canvas, size.points[1], Fields(canvas), deepest=0 if papers_only else 1)
    named = False
    for sheet in sheets:
        with _WRITING:
            if not named:
                canvas.setTitle(title or sheet.title)
                canvas.setCatalogEntry("Lang", _PDF_LANG[sheet.lang])
                named = True
            draw_sheet(pen, sheet, size)
    with _WRITING:
        pen.fields.finish()
        stream.finish()


def _canvas(size: Size) -> Any:
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # streams as bytes, not as letters: a fifth smaller on WhatsApp
    face(BODY.font)  # the canvas starts each page in this font and must know it first
    untyped: Any = Canvas
    canvas = untyped(io.BytesIO(), pagesize=size.points, invariant=1, pageCompression=1, initialFontName=BODY.font)
    canvas.setAuthor(_AUTHOR)
    canvas.setCreator(_AUTHOR)
    canvas.setProducer(_AUTHOR)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def draw_sheet(pen: Pen, sheet: Sheet, size: Size) -> None:
    """Draw every page of one paper, in each of its copies."""
    page_width, page_height = size.points
    copies = sheet.copies or (sheet.copy_for,)
    tall = page_height / len(copies)
    laid = _Laid.out(sheet, page_width, tall)
    if size.roll:
        tall = page_height = laid.pages[0].bottom + laid.frame_height
        pen.canvas.setPageSize((page_width, page_height))
    for index in range(len(laid.pages)):
        for turn, copy_for in enumerate(copies):
            pen.page_height = page_height - turn * tall
            if turn:
                pen.cut(0, 0, page_width)
            elif not index:
                pen.bookmark(sheet.title, 0)
            laid.draw(pen, index, tall, copy_for)
        pen.canvas.showPage()


@dataclass(frozen=True)
class _Laid:
    """A sheet set onto pages of one width and height, in points."""

    sheet: Sheet
    width: float
    head: Strip
    running: Strip
    pages: list[Page]

    @classmethod
    def out(cls, sheet: Sheet, page_width: float, tall: float) -> "_Laid":
        frame = sheet.frame
        width = page_width - (frame.left + frame.right) * MM
        head = _letterhead(sheet, width) if frame.kop else Strip(0, _nothing)
        running = head if sheet.kop_again else _running_head(sheet, width)
        strips = (strip for block in sheet.blocks for strip in block.strips(width))
        room = tall - (frame.top + frame.foot) * MM
        return cls(sheet, width, head, running, paginate(strips, room - head.height, room - running.height))

    @property
    def frame_height(self) -> float:
        """What the first page needs beside its strips."""
        return self.head.height + (self.sheet.frame.top + self.sheet.frame.foot) * MM

    def draw(self, pen: Pen, index: int, tall: float, copy_for: str) -> None:
        """Paint one page."""
        left, top = self.sheet.frame.left * MM, self.sheet.frame.top * MM
        opening = self.running if index else self.head
        opening.draw(pen, left, top)
        for strip, below in self.pages[index].placed:
            strip.draw(pen, left, top + opening.height + below)
        if self.sheet.frame.footer:
            _footer(pen, self.sheet, (index + 1, len(self.pages)), copy_for, self.width, tall)


def _nothing(_pen: Pen, _x: float, _top: float) -> None:
    """A sheet without a letterhead."""


def _letterhead(sheet: Sheet, width: float) -> Strip:
    """The kop: emblem at the left, three centred lines, a thick and a thin rule."""
    kop = sheet.letterhead
    side = EMBLEM_WIDTH + 5 * MM
    middle = width - 2 * side
    parts = ((kop.above, OFFICE_ABOVE), (kop.between, OFFICE_BETWEEN), (kop.office, OFFICE), (kop.address, CAPTION))
    lines = [line for text, style in parts if text.strip() for line in wrap(text, style, middle)]
    inner = max(EMBLEM_HEIGHT, height(lines))
    low = inner + 2.6 * MM

    def draw(pen: Pen, x: float, top: float) -> None:
        draw_emblem(pen, kop.emblem, sheet.lang, x, top + (inner - EMBLEM_HEIGHT) / 2)
        pen.lines(lines, x + side, top + (inner - height(lines)) / 2, middle, "center")
        pen.rule(x, top + low + 1.1, width, 2.2)
        pen.rule(x, top + low + 3.65, width, 0.7)

    return Strip(low + 2.2 + HEAD_GAP, draw)


def draw_emblem(pen: Pen, emblem: bytes, lang: Lang, x: float, top: float, tall: float = EMBLEM_HEIGHT) -> None:
    """The region's emblem, or the shield that keeps its place."""
    wide = tall * EMBLEM_WIDTH / EMBLEM_HEIGHT
    if emblem:
        pen.picture(emblem, x, top, wide, tall)
        return
    pen.shield(x, top, wide, tall)
    logo = wrap(_LOGO.to(lang), LOGO, wide)
    pen.lines(logo, x, top + (tall - height(logo)) / 2, wide, "center")


def _running_head(sheet: Sheet, width: float) -> Strip:
    """The one line over further pages, so that a loose sheet finds its way back."""
    lines = wrap(f"{sheet.title} · {_CONTINUED.to(sheet.lang)}", FOOT, width)

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.rule(x, pen.lines(lines, x, top, width) + 1.2 * MM, width, 0.4)

    return Strip(height(lines) + 1.2 * MM + HEAD_GAP, draw)


def _footer(pen: Pen, sheet: Sheet, page: tuple[int, int], copy_for: str, width: float, tall: float) -> None:
    """Form and version at the left, page x of y and whom the copy is for at the right.

    A promise takes the left instead, whole whatever it costs: the rest is said in fewer letters.
    """
    words = _SHORT if sheet.promise else _LONG
    place = " · ".join(w.fill(page=page[0], pages=page[1], whom=copy_for).to(sheet.lang) for w in words)
    left = sheet.frame.left * MM
    right = wrap(f"{sheet.form} · {place}" if sheet.promise else place, FOOT, width)[0]
    form = wrap(sheet.promise or f"{_AUTHOR} · {sheet.form}", FOOT, width - right.width - 4 * MM)
    form = form if sheet.promise else form[:1]
    top = tall - sheet.frame.line * MM - height(form) - 1.4 * MM
    if not sheet.promise:
        pen.rule(left, top, width, 0.4)
    pen.lines(form, left, top + 1.4 * MM, width)
    pen.line(right, left + width - right.width, tall - sheet.frame.line * MM - right.height)
