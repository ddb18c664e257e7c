"""What the table of the import shows: one line for each thing to mend, one for each row without."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from models.i18n import Lang, Words
from models.import_columns import TARGETS
from models.import_plan import DUPLICATE, Plan, State
from models.import_rows import NAME, CheckedRow, Finding
from ui.import_columns import masked
from ui.words import importing as words

Act = Literal["apply", "mend", "compare", ""]
EVERYTHING: frozenset[State] = frozenset({"ready", "check", "held", "skipped"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line: which cell of which row, what is the matter (in which tone), and what its button does."""

    number: int
    name: str
    column: str
    target: str
    text: str
    shown: str
    tone: str  # a key of `TONES`
    words: str
    act: Act = ""
    button: str = ""
    finding: Finding | None = None


TONES = {  # the ink and the icon before the sentence
    "red": ("red", "circle-alert"),
    "amber": ("mangoInk", "circle-alert"),
    "blue": ("blueInk", "info"),
    "grape": ("grapeInk", "users"),
    "calm": ("ink2", "circle-check"),
}


def lines(plan: Plan, states: Collection[State], lang: Lang) -> list[Line]:
    """The lines of all rows in these states: those with something to mend first, each part in the file's order."""
    to_mend: list[Line] = []
    rest: list[Line] = []
    for row in plan.rows:
        if plan.states[row.number] not in states:
            continue
        found = plan.findings[row.number]
        if found and plan.states[row.number] != "skipped":
            to_mend += [_of_finding(row, f, lang) for f in found]
        else:
            rest.append(_of_row(plan, row, lang))
    return to_mend + rest


def _of_finding(row: CheckedRow, finding: Finding, lang: Lang) -> Line:
    label = TARGETS[finding.target].words if finding.target else words.WHOLE_ROW
    shown = masked(finding.text, finding.target, lang) or words.EMPTY.to(lang)
    tone, act, button = _manner(finding)
    return Line(
        row.number, row.texts.get(NAME, "") or "—", label.to(lang), finding.target, finding.text, shown, tone,
        finding.words.to(lang), act, button.to(lang), finding)  # fmt: skip


def _manner(finding: Finding) -> tuple[str, Act, Words]:
    """How a finding looks and what its button does."""
    if finding.code == DUPLICATE:
        return "grape", "compare", words.COMPARE
    if finding.cure:
        return "amber", "apply", words.APPLY
    if finding.level == "held":
        return "red", "mend", words.FILL_NAME if not finding.text else words.MEND
    return "blue", "mend", words.MEND


def _of_row(plan: Plan, row: CheckedRow, lang: Lang) -> Line:
    """A row with nothing to mend: ready, or decided about."""
    text = str(row.business.get("name") or "")
    say, act, button = words.ROW_READY, "", ""
    decided = plan.decisions.get(row.number)
    if decided is not None:
        act, button = "compare", words.CHANGE.to(lang)
        same = words.ROW_SAME.fill(name=decided.same_as.name) if decided.same_as else words.ROW_DIFFERENT
        say = words.ROW_SKIPPED if decided.skip else same
    label = TARGETS["business.name"].words.to(lang)
    name = row.texts.get(NAME, "") or "—"
    return Line(row.number, name, label, "business.name", text, text, "calm", say.to(lang), act, button)
