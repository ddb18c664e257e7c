"""Services and their documents: the counts of the design, and each condition."""

from collections import Counter

import pytest

from models import services
from models.consultations import TOPICS
from models.services import CONDITIONS, SERVICES, Circumstances, checklist, commitments, items

NOTHING_KNOWN = Circumstances()


def mandatory(service: str, about: Circumstances = NOTHING_KNOWN) -> list[int]:
    return [a.item.number for a in checklist(service, about) if a.mandatory]


def with_(**known: object) -> Circumstances:
    return Circumstances(**known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("service", "count"),
    [
        ("nib", 11), ("pirt", 8), ("halal", 13), ("brand", 10), ("packaging", 5),
        ("kur", 7), ("pnm", 5), ("coop_found", 8), ("coop_join", 4), ("training", 0),
    ],
)  # fmt: skip
def test_mandatory_documents_are_as_many_as_the_boards_count(service: str, count: int) -> None:
    assert len(mandatory(service)) == count


def test_there_are_28_services_and_85_documents_each_of_a_known_service() -> None:
    assert (len(SERVICES), len(items())) == (28, 85)
    assert {i.service for i in items().values()} <= set(SERVICES)
    assert {i.condition for i in items().values()} <= set(CONDITIONS)
    assert {s.topic for s in SERVICES.values()} == {o.code for o in TOPICS.options}


def test_every_word_is_there_in_both_languages() -> None:
    for service in SERVICES.values():
        assert all(w.id and w.en for w in (service.words, service.short, service.output))
    for item in items().values():
        assert item.words.id
        assert item.words.en
        assert bool(item.note.id) == bool(item.note.en)


def test_what_was_not_verified_is_marked() -> None:
    counted = Counter(i.verified for i in items().values())
    assert counted == {True: 63, False: 22}
    assert all(i.source for i in items().values() if i.verified)


@pytest.mark.parametrize(
    ("service", "about", "extra"),
    [
        ("nib", with_(business={"legal_form": "sole"}), []),
        ("nib", with_(business={"legal_form": "cv"}), [12]),
        ("nib", with_(business={"legal_form": "cooperative"}), [12]),
        ("pirt", with_(permits=[{"type": "pirt", "state": "active"}]), [11]),
        ("pirt", with_(permits=[{"type": "pirt", "state": "process"}, {"type": "nib", "state": "active"}]), []),
        ("kur", with_(amount=50_000_000), []),
        ("kur", with_(amount=50_000_001), [5]),
        ("kur", with_(amount=100_000_001), [5, 8, 10]),
    ],
)
def test_a_conditional_document_counts_when_its_condition_holds(
    service: str, about: Circumstances, extra: list[int]
) -> None:
    assert sorted(set(mandatory(service, about)) - set(mandatory(service))) == extra


@pytest.mark.parametrize(("sort", "counted"), [("food", 5), (None, 5), ("non_food", 4)])
def test_a_label_lists_ingredients_unless_it_is_no_food(sort: str | None, counted: int) -> None:
    assert len(mandatory("packaging", with_(product={"sort": sort}))) == counted


def test_what_only_a_bank_knows_is_offered_but_not_counted() -> None:
    offered = [a.item.number for a in checklist("kur", NOTHING_KNOWN) if not a.mandatory]
    assert offered == [3, 11]


def test_commitments_come_after_the_permit() -> None:
    assert [i.number for i in commitments("pirt")] == [7, 8]
    assert commitments("nib") == []
    assert not {7, 8} & set(mandatory("pirt"))


def test_a_service_is_found_by_its_short_name_too() -> None:
    assert services.SERVICE.parse("Merek (HKI)") == "brand"
    assert services.SERVICE.parse("Halal") == "halal"
    assert services.SERVICE.parse("p-irt") == "pirt"
