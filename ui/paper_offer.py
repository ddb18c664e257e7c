"""One paper that could be printed now, for what stands on the screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.i18n import Lang, Words, in_both, short_date
from models.schema import Row
from reports import PAPERS
from ui.words import papers as w


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the screen: ids, empty where it is about nobody."""

    owner_id: str = ""
    business_id: str = ""

    @classmethod
    def of(cls, ids: Mapping[str, object]) -> "Shown":
        """From what a page says of itself."""
        return cls(str(ids.get("owner_id") or ""), str(ids.get("business_id") or ""))


@dataclass(frozen=True, slots=True)
class Offer:
    """One paper about one thing: `args` open the preview, unless `why_not` says what is missing.

    `one_of_many` is shown only to who types for it: the certificate of one of 120 guests.
    """

    paper: str
    detail: Words = field(default_factory=lambda: Words("", ""))
    args: Mapping[str, Any] = field(default_factory=dict[str, Any])
    why_not: Words | None = None
    one_of_many: bool = False

    @property
    def title(self) -> Words:
        """The paper's name."""
        return PAPERS[self.paper].title


def said(words: Words, values: Callable[[Lang], dict[str, object]]) -> Words:
    """Words whose places are filled as each language writes them."""
    return in_both(lambda lang: words.fill(**values(lang)).to(lang))


def day_text(text: str, lang: Lang) -> str:
    return short_date(date.fromisoformat(text), lang, year=True)


def event_words(event: Row) -> Words:
    """`Workshop Kemasan · 26 Nov 2026`."""
    return said(w.EVENT, lambda lang: {"name": event["name"], "day": day_text(event["held_on"], lang)})
