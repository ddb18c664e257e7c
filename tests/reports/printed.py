"""Every paper of the gallery as it was printed, made when a test first asks and never twice."""

from dataclasses import dataclass
from functools import cached_property

from pypdf import PdfReader

import reports
from models.store import Store
from tests.reports import gallery
from tests.reports import pdf as read_back
from tests.reports.gallery import Case


@dataclass
class Printed:
    """A case on one size, and how it reads."""

    case: Case
    size: str

    @cached_property
    def pdf(self) -> bytes:
        return reports.render(self.case.paper, self.case.data, self.size, self.case.parts)

    @cached_property
    def reader(self) -> PdfReader:
        return read_back.read(self.pdf)

    @cached_property
    def pages(self) -> list[str]:
        return read_back.pages(self.pdf)

    @property
    def text(self) -> str:
        """All text of all pages, in one line."""
        return " ".join(self.pages)


class Gallery:
    """All cases of the sample office; `store` is for reading only."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.sizes = [Printed(case, size) for case in gallery.cases(store) for size in case.paper.sizes]
        self.all = [printed for printed in self.sizes if printed.size == printed.case.paper.sizes[0]]

    def one(self, key: str, variant: str = "filled", size: str = "") -> Printed:
        """One paper, on its first size unless another is asked for."""
        found = (p for p in (self.sizes if size else self.all) if (p.case.paper.key, p.case.variant) == (key, variant))
        return next(p for p in found if size in ("", p.size))

    def text(self, key: str, variant: str = "filled") -> str:
        """All that is read on one paper."""
        return self.one(key, variant).text
