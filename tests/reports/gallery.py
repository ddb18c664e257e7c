"""Every paper from the sample office, filled, blank and extreme: `python -m tests.reports.gallery` (make papers).

Writes build/papers/*.pdf, a picture of each page, and an index.html that shows them all.
"""

import html
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import reports
from models import sample
from models.store import Store
from reports.paper import Paper, Request
from tests.reports import gallery_office as rooms

FOLDER = Path(__file__).parents[2] / "build" / "papers"
TODAY = sample.MOMENT.date()
DPI = 100

office = rooms.office


@dataclass(frozen=True)
class Case:
    """One paper as one reader would meet it."""

    paper: Paper
    variant: str  # filled, blank, extreme
    data: Any
    parts: frozenset[str]
    about: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.paper.key}-{self.variant}"


def request(store: Store, paper: Paper, serial: int = 142, **about: Any) -> Request:
    """What the preview would ask for."""
    about.pop("ticket_id", None)
    number = f"{paper.prefix}/{TODAY:%Y/%m}/{serial:06d}" if paper.prefix else ""
    staff = store.find("staff", name=rooms.SRI.name)
    return Request(
        about.pop("owner_id", ""), number, TODAY, rooms.SRI, staff_id=staff[0]["id"], scope=store.home_scope, **about
    )


def cases(store: Store) -> list[Case]:
    """Every paper in each of its variants; what is made for them stays in the store."""
    return list(_cases(store))


def _cases(store: Store) -> Iterator[Case]:
    """The filled ones first and those that count things before all, so that no stranger is counted."""
    counting = sorted(reports.PAPERS.values(), key=lambda paper: paper.about not in ("handover", "given"))
    for serial, variant in enumerate(("filled", "blank", "extreme"), start=142):
        for paper in counting:
            about = rooms.about(store, paper, variant)
            if about is not None:
                data = paper.collect(store, request(store, paper, serial, **about))
                parts = frozenset(p.key for p in paper.parts) if variant == "extreme" else paper.usual_parts
                yield Case(paper, variant, data, parts, about)


def main() -> None:
    """Set every paper on every size and show them side by side."""
    import pypdfium2

    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    begun, lines = time.perf_counter(), []
    with office() as store:
        for case in cases(store):
            for size in case.paper.sizes:
                name = f"{case.name}-{size}"
                pdf = reports.render(case.paper, case.data, size, case.parts)
                (FOLDER / f"{name}.pdf").write_bytes(pdf)
                document = pypdfium2.PdfDocument(pdf)
                pictures = [f"{name}-{number}.png" for number in range(1, len(document) + 1)]
                for page, picture in zip(document, pictures, strict=True):
                    page.render(scale=DPI / 72).to_pil().save(FOLDER / picture)
                lines.append(_line(name, case, len(pdf), pictures))
    (FOLDER / "index.html").write_text(_INDEX.format(lines="\n".join(lines)), encoding="utf-8")
    print(f"{len(lines)} papers in {time.perf_counter() - begun:.1f} s: {FOLDER / 'index.html'}")


def _line(name: str, case: Case, weight: int, pictures: list[str]) -> str:
    shown = "".join(f'<a href="{p}"><img loading="lazy" src="{p}" alt="{p}"></a>' for p in pictures)
    title = html.escape(f"{case.paper.title.id} — {case.variant}, {len(pictures)} halaman, {weight // 1000} kB")
    return f'<section><h2><a href="{name}.pdf">{title}</a></h2><div>{shown}</div></section>'


_INDEX = """<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Semua cetakan</title><style>
body{{font:14px sans-serif;background:#dfe5e8;margin:24px}} section div{{display:flex;gap:12px;overflow-x:auto}}
img{{height:420px;background:#fff;box-shadow:0 1px 4px #0004}} h2{{font-size:15px}}
</style></head><body>
{lines}
</body></html>
"""

if __name__ == "__main__":
    main()
