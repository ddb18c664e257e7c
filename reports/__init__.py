"""Papers: plain data in, PDF out. A new paper is one file here and one line in `PAPERS`.

reportlab is imported inside the engine at the first `render`, not before.
"""

from collections.abc import Set as AbstractSet
from typing import Any

from reports import (
    assistance_letter,
    attendance_list,
    brand_letter,
    business_letter,
    certificate,
    consent_form,
    consultation_sheet,
    document_list,
    handover_minutes,
    monthly,
    own_data,
    photo_sheet,
    portal_sheets,
    queue_ticket,
    recovery_sheet,
    registration_form,
    shortcut_card,
    summary,
    sync_receipt,
)
from reports.page import write
from reports.paper import SIZES, Paper

# In the order in which they are offered.
_ALL: tuple[Paper, ...] = (
    summary.PAPER,
    consent_form.PAPER,
    assistance_letter.PAPER,
    business_letter.PAPER,
    brand_letter.PAPER,
    *portal_sheets.PAPERS,
    own_data.PAPER,
    consultation_sheet.PAPER,
    consultation_sheet.TWICE,
    document_list.PAPER,
    registration_form.PAPER,
    attendance_list.PAPER,
    photo_sheet.PAPER,
    certificate.PAPER,
    queue_ticket.PAPER,
    handover_minutes.PAPER,
    monthly.PAPER,
    sync_receipt.PAPER,
    shortcut_card.PAPER,
    recovery_sheet.PAPER,
)
PAPERS: dict[str, Paper] = {paper.key: paper for paper in _ALL}


def render(paper: Paper, data: Any, size: str, parts: AbstractSet[str] | None = None) -> bytes:
    """The PDF of one paper on a size of `SIZES`: the very bytes that are previewed, saved and printed.

    `parts` are keys of the paper's parts; None takes the usual ones.
    """
    return write([paper.layout(data, paper.usual_parts if parts is None else parts)], SIZES[size])
