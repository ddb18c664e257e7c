"""Fields of a blank form that can also be filled on a screen (AcroForm), in the paper's own font.

reportlab's own fields know only fonts that stand in no file; these carry the whole text font, because
nobody can tell beforehand which letters will be typed.
"""

from typing import Any

from reports.text import BODY, face

Box = tuple[float, float, float, float]  # x, lower edge, width, height, in points

ONE_LINE = 30.0  # points: what is higher takes several lines
_PRINT = 4  # annotation flag: shown on paper too
_COMB = 1 << 24  # field flag: one letter a cell
_MANY_LINES = 1 << 12
_WINANSI = range(32, 256)
_NON_SYMBOLIC = 32
_TICK = "0 G 1.3 w 1 J {0:.2f} {1:.2f} m {2:.2f} {3:.2f} l {4:.2f} {5:.2f} l S"


class Fields:
    """The fields of one file, made as its pages are drawn."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._made: list[Any] = []
        self._names: dict[str, int] = {}

    def text(self, name: str, label: str, box: Box, cells: int = 0) -> None:
        """A line to type in, or several where there is room; `label` is read out to who does not see it."""
        from reportlab.pdfbase import pdfdoc

        untyped: Any = pdfdoc
        many = box[3] > ONE_LINE
        size = 9.5 if many else min(10.0, box[3] * 0.62)
        entries: dict[str, Any] = {
            "FT": untyped.PDFName("Tx"),
            "DA": untyped.PDFString(f"/{BODY.font} {size:.1f} Tf 0 g"),
        }
        if cells or many:
            entries |= {"MaxLen": cells, "Ff": _COMB} if cells else {"Ff": _MANY_LINES}
        self._add(name, label, box, entries)

    def tick(self, name: str, label: str, box: Box) -> None:
        """A box to tick; both its looks are drawn here, so that no reader needs a font for them."""
        from reportlab.pdfbase import pdfdoc

        untyped: Any = pdfdoc
        side = box[2]
        mark = _TICK.format(*(part * side for part in (0.22, 0.48, 0.43, 0.26, 0.8, 0.76)))
        self._add(name, label, box, {
            "FT": untyped.PDFName("Btn"),
            "DA": untyped.PDFString(f"/{BODY.font} 8 Tf 0 g"),
            "V": untyped.PDFName("Off"),
            "AS": untyped.PDFName("Off"),
            "AP": untyped.PDFDictionary({
                "N": untyped.PDFDictionary({"Yes": self._look(side, mark), "Off": self._look(side, "")}),
            }),
        })  # fmt: skip

    def _look(self, side: float, drawing: str) -> Any:
        from reportlab.pdfbase import pdfdoc

        untyped: Any = pdfdoc
        entries = {
            "Type": untyped.PDFName("XObject"),
            "Subtype": untyped.PDFName("Form"),
            "BBox": untyped.PDFArray([0, 0, side, side]),
            "Resources": untyped.PDFDictionary({}),
        }
        stream = untyped.PDFStream(untyped.PDFDictionary(entries), drawing, filters=[])
        return self._document.Reference(stream)

    def _add(self, name: str, label: str, box: Box, entries: dict[str, Any]) -> None:
        from reportlab.pdfbase import pdfdoc

        untyped: Any = pdfdoc
        x, low, width, height = box
        again = self._names[name] = self._names.get(name, 0) + 1
        widget = untyped.PDFDictionary({
            "Type": untyped.PDFName("Annot"),
            "Subtype": untyped.PDFName("Widget"),
            "T": untyped.PDFString(name if again == 1 else f"{name}_{again}"),
            "TU": untyped.PDFString(label),
            "Rect": untyped.PDFArray([round(side, 2) for side in (x, low, x + width, low + height)]),
            "F": _PRINT,
        } | entries)  # fmt: skip
        reference = self._document.Reference(widget)
        self._made.append(reference)
        self._canvas._annotationrefs.append(reference)  # noqa: SLF001 - its own way in gives no reference back

    @property
    def _document(self) -> Any:
        return self._canvas._doc  # noqa: SLF001 - reportlab offers no public way to objects of one's own

    def finish(self) -> None:
        """Tell the file of its fields; a file without any stays as it is."""
        if not self._made:
            return
        from reportlab.pdfbase import pdfdoc

        untyped: Any = pdfdoc
        fonts = untyped.PDFDictionary({BODY.font: self._document.Reference(_whole_font(self._document))})
        self._canvas.setCatalogEntry("AcroForm", {
            "Fields": untyped.PDFArray(self._made),
            "DA": untyped.PDFString(f"/{BODY.font} 10 Tf 0 g"),
            "DR": untyped.PDFDictionary({"Font": fonts}),
        })  # fmt: skip


def _whole_font(document: Any) -> Any:
    """The text font with every letter it has, for what will be typed."""
    from reportlab.pdfbase import pdfdoc, pdfmetrics

    untyped: Any = pdfdoc
    registry: Any = pdfmetrics
    face(BODY.font)
    found: Any = registry.getFont(BODY.font).face
    letters = (bytes([code]).decode("cp1252", "replace") for code in _WINANSI)
    widths = [round(found.charWidths.get(ord(letter), found.defaultWidth)) for letter in letters]
    file = untyped.PDFStream(untyped.PDFDictionary({"Length1": len(found._ttf_data)}), found._ttf_data)  # noqa: SLF001
    descriptor = untyped.PDFDictionary({
        "Type": untyped.PDFName("FontDescriptor"),
        "FontName": untyped.PDFName(BODY.font),
        "Flags": _NON_SYMBOLIC,
        "FontBBox": untyped.PDFArray([round(side) for side in found.bbox]),
        "ItalicAngle": 0,
        "Ascent": round(found.ascent),
        "Descent": round(found.descent),
        "CapHeight": round(found.capHeight),
        "StemV": 80,
        "FontFile2": document.Reference(file),
    })  # fmt: skip
    return untyped.PDFDictionary({
        "Type": untyped.PDFName("Font"),
        "Subtype": untyped.PDFName("TrueType"),
        "BaseFont": untyped.PDFName(BODY.font),
        "Encoding": untyped.PDFName("WinAnsiEncoding"),
        "FirstChar": _WINANSI.start,
        "LastChar": _WINANSI.stop - 1,
        "Widths": untyped.PDFArray(widths),
        "FontDescriptor": document.Reference(descriptor),
    })  # fmt: skip
