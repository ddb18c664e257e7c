"""A PDF that is written while it is being drawn: a finished page leaves memory at once.

reportlab keeps every page until the file is saved, about 30 KB each; ten thousand summaries would not
fit beside the other programs of an old laptop. The order of objects in a PDF is free: a page can be
written as soon as it is done, and what all pages share (fonts, pictures, bookmarks) at the end.
"""

from typing import Any, BinaryIO


class Stream:
    """Writes what a reportlab canvas draws to `out`: each page when it is shown, the rest at `finish`."""

    def __init__(self, canvas: Any, out: BinaryIO) -> None:
        from reportlab.pdfbase import pdfdoc

        self._pdfdoc: Any = pdfdoc  # untyped
        self._canvas = canvas
        self._document: Any = canvas._doc  # noqa: SLF001 - reportlab offers no public way to the objects of a file
        self._file: Any = self._pdfdoc.PDFFile(self._document._pdfVersion)  # noqa: SLF001
        for opening in self._file.strings:
            out.write(opening)
        self._file.write = out.write
        self._document.Reference(self._document.Pages)  # every page names it
        canvas.setPageCallBack(self._page_shown)

    def _page_shown(self, number: int) -> None:
        """Write a page and its content, and let go of both."""
        document, name = self._document, f"Page{number}"
        before = document.objectcounter
        self._write(name)
        for met in range(before + 1, document.objectcounter + 1):
            self._write(document.numberToId[met])
        document.Pages.pages[-1] = self._pdfdoc.PDFObjectReference(name)

    def _write(self, name: str) -> None:
        document = self._document
        whole = self._pdfdoc.PDFIndirectObject(name, document.idToObject[name]).format(document)
        document.idToOffset[name] = self._file.add(whole)
        document.idToObject[name] = None

    def finish(self) -> None:
        """Write what the pages share and where everything stands. As `PDFDocument.GetPDFData` and `format` do."""
        document = self._document
        for font in document.delayedFonts:
            font.addObjects(document)
        document.info.invariant = document.invariant
        document.info.digest(document.signature)
        root, about = document.Reference(document.Catalog), document.Reference(document.info)
        document.Outlines.prepare(document, self._canvas)
        if document.Outlines.ready < 0:
            document.Catalog.Outlines = None
        number = 0
        while number < document.objectcounter:  # writing one object may bring others
            number += 1
            name = document.numberToId[number]
            if name not in document.idToOffset:
                self._write(name)
        self._end(root, about)

    def _end(self, root: Any, about: Any) -> None:
        document, pdfdoc = self._document, self._pdfdoc
        table = pdfdoc.PDFCrossReferenceTable()
        table.addsection(0, list(document.numberToId.values()))
        start = self._file.add(table.format(document))
        size = document.objectcounter + 1
        trailer = pdfdoc.PDFTrailer(startxref=start, Size=size, Root=root, Info=about, ID=document.ID())
        self._file.add(trailer.format(document))
