"""Why an owner's data may be kept (UU 27/2022), and what each answer allows: one table."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

Act = Literal["keep", "sync", "count", "print", "share"]
Answer = Literal["yes", "no", "count_only", "by_consent"]

OFFICE = "office"  # the purpose of a file that stays with the Dinas and its offices

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


def may_export(owner: Mapping[str, Any], consents: Sequence[Mapping[str, Any]], purpose: str) -> bool:
    """Whether a record may stand in a file: for the office's own work once the owner was told, else by consent."""
    return allowed(owner, "share") == "by_consent" and (purpose == OFFICE or agreed(consents, purpose))


def may_file(owner: Mapping[str, Any], consents: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the office may apply in the owner's name. Somebody who said no applies alone; we still assist."""
    word = last_word(consents, "filing")
    return allowed(owner, "keep") == "yes" and (word is None or _agrees(word, "filing"))


def agreed(consents: Sequence[Mapping[str, Any]], purpose: str) -> bool:
    """The owner's last word on one purpose: agreed, and not withdrawn since."""
    word = last_word(consents, purpose)
    return word is not None and _agrees(word, purpose)


def last_word(consents: Sequence[Mapping[str, Any]], purpose: str) -> Mapping[str, Any] | None:
    """The latest consent record that asked for a purpose; None when nobody has asked yet."""
    asked = [c for c in consents if c.get(purpose) and not c.get("deleted")]
    return max(asked, key=lambda c: (str(c.get("given_on") or ""), str(c.get("id") or ""))) if asked else None


def _agrees(consent: Mapping[str, Any], purpose: str) -> bool:
    return consent[purpose] == "yes" and not consent.get("withdrawn_on")
