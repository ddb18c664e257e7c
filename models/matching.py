"""Which businesses fit what a partner looks for, and why: met, nearly, missing.

Businesses are offered with their data only where the owner agreed to sharing (purpose 4); the others are
invited to agree first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models import legal
from models.conditions import Condition, Judged, Outcome, judge
from models.facts import Subject, subjects
from models.i18n import Words
from models.schema import Row
from models.store import Store

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Reason:
    """One chip: whether a condition is met, and what the business has to show for it."""

    outcome: Outcome
    words: Words


@dataclass(frozen=True, slots=True)
class Match:
    """A business beside a partner's wishes; `may_offer` says whether its data may be shown to the partner."""

    subject: Subject
    judged: Judged
    reasons: tuple[Reason, ...]
    may_offer: bool


def matches(store: Store, conditions: Sequence[Condition], most: int = SHOWN) -> list[Match]:
    """The businesses that meet most of the conditions; those that meet none are left out."""
    today, wanted = store.clock.today(), list(conditions)
    judged = [(s, judge(wanted, s.facts, today)) for s in subjects(store, [c.fact for c in wanted])]
    fitting = [(s, j) for s, j in judged if j.met or j.nearly]
    fitting.sort(key=lambda pair: (-pair[1].met, -pair[1].nearly, str(pair[0].facts["business.name"])))
    chosen = fitting[:most]
    told = _consents(store, [s.owner_id for s, _ in chosen])
    return [_match(s, j, told.get(s.owner_id, [])) for s, j in chosen]


def _consents(store: Store, owners: list[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for consent in store.find_in("consent", "owner_id", owners):
        found.setdefault(consent["owner_id"], []).append(consent)
    return found


def _match(subject: Subject, judged: Judged, consents: list[Row]) -> Match:
    reasons = tuple(Reason(outcome, condition.found(subject.facts)) for condition, outcome in judged.outcomes)
    owner = {"informed": subject.facts["owner.informed"]}
    return Match(subject, judged, reasons, legal.may_share(owner, consents, "sharing"))
