"""The table of DESIGN 7b, one test a cell."""

import pytest

from models import legal
from models.consents import PURPOSES
from models.owners import INFORMED

CELLS = [
    ("signed", "keep", "yes"), ("signed", "sync", "yes"), ("signed", "count", "yes"),
    ("signed", "print", "yes"), ("signed", "share", "by_consent"),
    ("read_aloud", "keep", "yes"), ("read_aloud", "sync", "yes"), ("read_aloud", "count", "yes"),
    ("read_aloud", "print", "yes"), ("read_aloud", "share", "by_consent"),
    ("not_yet", "keep", "yes"), ("not_yet", "sync", "yes"), ("not_yet", "count", "yes"),
    ("not_yet", "print", "yes"), ("not_yet", "share", "no"),
    ("refused", "keep", "count_only"), ("refused", "sync", "count_only"), ("refused", "count", "yes"),
    ("refused", "print", "no"), ("refused", "share", "no"),
]  # fmt: skip


@pytest.mark.parametrize(("informed", "act", "answer"), CELLS)
def test_cell(informed: str, act: legal.Act, answer: legal.Answer) -> None:
    assert legal.allowed({"informed": informed}, act) == answer


def test_table_has_every_answer_of_the_notification_and_no_other() -> None:
    assert list(legal.ALLOWED) == [o.code for o in INFORMED.options]


@pytest.mark.parametrize("informed", [None, "", "asked_by_letter"])
def test_nobody_asked_or_an_answer_of_a_newer_version_counts_as_not_yet(informed: str | None) -> None:
    assert legal.ALLOWED["not_yet"] == {
        act: legal.allowed({"informed": informed}, act) for act in legal.ALLOWED["not_yet"]
    }


def test_only_a_refusal_keeps_the_printer_still() -> None:
    assert [o.code for o in INFORMED.options if not legal.may_print({"informed": o.code})] == ["refused"]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_each_purpose_needs_its_own_consent(purpose: str) -> None:
    consents = [{"id": "1", "given_on": "2026-11-01", purpose: "yes"}]
    owner = {"informed": "signed"}
    assert [p for p in PURPOSES if legal.may_share(owner, consents, p)] == [purpose]


def test_without_a_notification_no_consent_counts() -> None:
    consents = [{"id": "1", "given_on": "2026-11-01", "sharing": "yes"}]
    assert not legal.may_share({"informed": "not_yet"}, consents, "sharing")


@pytest.mark.parametrize("later", [
    {"id": "2", "given_on": "2026-11-20", "sharing": "no"},
    {"id": "2", "given_on": "2026-11-20", "sharing": "yes", "withdrawn_on": "2026-11-21"},
    {"id": "2", "given_on": "2026-11-01", "sharing": "no"},
])  # fmt: skip
def test_the_last_word_counts(later: dict[str, str]) -> None:
    consents = [{"id": "1", "given_on": "2026-11-01", "sharing": "yes"}, later]
    assert not legal.agreed(consents, "sharing")
    assert not legal.agreed(consents[::-1], "sharing")


def test_a_sheet_that_did_not_ask_leaves_the_earlier_word() -> None:
    consents = [
        {"id": "1", "given_on": "2026-11-01", "sharing": "yes"},
        {"id": "2", "given_on": "2026-11-20", "photo": "no"},
    ]
    assert legal.agreed(consents, "sharing")


@pytest.mark.parametrize(
    ("informed", "consents", "may"),
    [
        ("signed", [], True),
        ("not_yet", [], True),
        ("refused", [], False),
        ("signed", [{"filing": "yes"}], True),
        ("signed", [{"filing": "no"}], False),
        ("signed", [{"filing": "yes", "withdrawn_on": "2026-11-20"}], False),
        ("signed", [{"filing": "no", "given_on": "2026-11-01"}, {"filing": "yes", "given_on": "2026-11-02"}], True),
        ("signed", [{"filing": "no", "deleted": 1}], True),
    ],
)
def test_the_office_applies_for_everybody_who_did_not_say_no(
    informed: str, consents: list[dict[str, object]], may: bool
) -> None:
    assert legal.may_file({"informed": informed}, consents) is may


def test_the_last_word_of_somebody_never_asked_is_none() -> None:
    assert legal.last_word([{"id": "1", "filing": "yes"}], "photo") is None
