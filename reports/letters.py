"""What letters of the office share: larger type, facts set in, sentences with words that stand out, one signer."""

from collections.abc import Sequence
from string import Formatter

from models.i18n import Lang, Words
from reports import office
from reports.blocks import NOBODY, Fact, Facts, Paragraph, Signatures, Signer, Title
from reports.page import Block
from reports.paper import MM
from reports.text import LETTER, LETTER_BOLD, LETTER_LABEL, Run, Style, Text

INDENT, LABEL_ROOM = 8 * MM, 42 * MM
VALID_MONTHS = 3
OPENS = Words("Yang bertanda tangan di bawah ini menerangkan bahwa:", "The undersigned states that:")
LETTER_NUMBER = Words("Nomor: {number}", "Number: {number}")
AND = Words(" dan ", " and ")
FREE_LETTER = Words("Surat ini gratis.", "This letter is free.")


def fill(template: str, plain: Style = LETTER, strong: Style = LETTER_BOLD, **values: object) -> list[Run]:
    """A sentence with its places filled; `{day:b}` makes what is filled in stand out.

    What is filled in is never read as a template. A template that an office wrote with stray braces
    is shown as it is.
    """
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return [Run(template, plain)]
    runs: list[Run] = []
    for words, name, look, _ in parts:
        runs.append(Run(words, plain))
        if name is not None:
            known = str(values[name]) if name in values else f"{{{name}}}"
            runs.append(Run(known, strong if look == "b" else plain))
    return [run for run in runs if run.text]


def title(us: office.Bearing, words: Words, number: str) -> Title:
    """The letter's name underlined, its number, and the QR code."""
    return Title(us.say(words).upper(), us.say(LETTER_NUMBER, number=number), us.code, us.count, underlined=True)


def paragraph(text: Text, gap_mm: float = 2.0, *, hold: bool = False) -> Paragraph:
    """Running text of a letter; `hold` keeps it with the signature."""
    return Paragraph(text, LETTER, gap_mm * MM, hold=hold)


def within(words: str) -> str:
    """Words as they stand within a sentence: small, unless an abbreviation opens them."""
    return words if words[1:2].isupper() or "-" in words[:2] else words[:1].lower() + words[1:]


def listed(words: Sequence[str], lang: Lang) -> str:
    """`NIB, pembukuan, dan tenaga kerja`: words of a list within a sentence."""
    small = [within(w) for w in words]
    if len(small) < 3:
        return AND.to(lang).join(small)
    return f"{', '.join(small[:-1])},{AND.to(lang)}{small[-1]}"


def facts(rows: Sequence[tuple[str, Text]], strong: Sequence[int], label_mm: float = LABEL_ROOM / MM) -> Facts:
    """Facts set in from the margin; `strong` are the rows that stand out."""
    found: list[Fact] = [
        (label, [Run(value, LETTER_BOLD)] if number in strong and value and isinstance(value, str) else value)
        for number, (label, value) in enumerate(rows)
    ]
    return Facts([found], label_mm, LETTER, LETTER_LABEL, indent=INDENT, gap=2 * MM)


def signed(
    us: office.Bearing, signer: Signer, beside: Signer = NOBODY, gap_mm: float = 7, *, keep: bool = False
) -> Block:
    """Who signs at the right, under place and day; somebody else may sign at the left."""
    above = f"{us.place_and_day}\n{signer.above.rstrip(',')},"
    return Signatures([beside, Signer(above, signer.name, signer.below)], gap_mm * MM, room=18 * MM, keep=keep)
