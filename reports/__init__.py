"""Papers: plain data in, PDF out. A new paper is one file here and one line in `PAPERS`.

reportlab is imported inside the engine at the first `render`, not before.
"""

from typing import Any

from reports import summary
from reports.page import write
from reports.paper import SIZES, Paper

PAPERS: dict[str, Paper] = {paper.key: paper for paper in (summary.PAPER,)}


def render(paper: Paper, data: Any, size: str) -> bytes:
    """The PDF of one paper on a size of `SIZES`: the very bytes that are previewed, saved and printed."""
    return write([paper.layout(data)], SIZES[size])
