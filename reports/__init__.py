"""Papers: plain data in, PDF out. A new paper is one file here and one line in `PAPERS`.

reportlab is imported inside the engine at the first `render`, not before.
"""

from collections.abc import Set as AbstractSet
from typing import Any

from reports import consent_form, registration_form, summary
from reports.page import write
from reports.paper import SIZES, Paper

PAPERS: dict[str, Paper] = {paper.key: paper for paper in (summary.PAPER, registration_form.PAPER, consent_form.PAPER)}


def render(paper: Paper, data: Any, size: str, parts: AbstractSet[str] | None = None) -> bytes:
    """The PDF of one paper on a size of `SIZES`: the very bytes that are previewed, saved and printed.

    `parts` are keys of the paper's parts; None takes the usual ones.
    """
    return write([paper.layout(data, paper.usual_parts if parts is None else parts)], SIZES[size])
