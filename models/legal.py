"""Why an owner's data may be kept (UU 27/2022), and what each answer allows: one table."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

Act = Literal["keep", "sync", "count", "print", "share"]
Answer = Literal["yes", "no", "count_only", "by_consent"]

# The owner's answer to the notification -> what the office may do with the record.
# `count_only` is one anonymous number in place of the person; `by_consent` asks the purpose's own consent.
ALLOWED: dict[str, dict[Act, Answer]] = {
    "signed": {"keep": "yes", "sync": "yes", "count": "yes", "print": "yes", "share": "by_consent"},
    "read_aloud": {"keep": "yes", "sync": "yes", "count": "yes", "print": "yes", "share": "by_consent"},
    "not_yet": {"keep": "yes", "sync": "yes", "count": "yes", "print": "yes", "share": "no"},
    "refused": {"keep": "count_only", "sync": "count_only", "count": "yes", "print": "no", "share": "no"},
}


def allowed(owner: Mapping[str, Any], act: Act) -> Answer:
    """What the table says of one owner. Nobody asked yet, or an answer of a newer version: as "not yet"."""
    return ALLOWED.get(str(owner.get("informed") or ""), ALLOWED["not_yet"])[act]


def may_print(owner: Mapping[str, Any]) -> bool:
    """Whether the office may print a paper that names this owner."""
    return allowed(owner, "print") == "yes"


def may_share(owner: Mapping[str, Any], consents: Sequence[Mapping[str, Any]], purpose: str) -> bool:
    """Whether data may leave the office for one of `models.consents.PURPOSES`."""
    return allowed(owner, "share") == "by_consent" and agreed(consents, purpose)


def agreed(consents: Sequence[Mapping[str, Any]], purpose: str) -> bool:
    """The owner's last word on one purpose: agreed, and not withdrawn since."""
    asked = [c for c in consents if c.get(purpose) and not c.get("deleted")]
    if not asked:
        return False
    last = max(asked, key=lambda c: (str(c.get("given_on") or ""), str(c.get("id") or "")))
    return last[purpose] == "yes" and not last.get("withdrawn_on")
