"""The search index: what finds what, after whatever writer, and nothing that was typed breaks it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import search
from models.businesses import BUSINESS
from models.lists import page
from models.owners import OWNER
from models.store import Store
from tests.factories import register
from tests.fakes import business, owner

BATIK = {"name": "Batik Rengganis Ayu", "activity": "Batik tulis", "main_product": "Batik motif mangga"}
SITI = {"name": "Siti Aminah", "nik": "3513144705829917", "phone": "+6281200000142"}


@pytest.fixture
def office(store: Store) -> Store:
    """Three businesses of Patokan."""
    register(store, 1, owner=SITI, nib="0000000000142", **BATIK)
    register(store, 2, owner={"name": "Nurul Hidayati", "phone": "+6281200000288"}, name="Batik Cap Anggur Muda")
    register(store, 3, owner={"name": "Sumiati", "phone": "+6281200000377"}, name="Keripik Talas Bu Sum")
    return store


def found(store: Store, typed: str) -> list[str]:
    """The names of what was found, best first."""
    return [row["business"] or row["owner"] for row in page(store, search.best(store, typed, 20))]


@pytest.mark.parametrize(
    "typed",
    [
        "rengganis", "REN", "siti ami", "siti batik", "0812-0000-0142", "0812 0000 0142", "081200000142",
        "+62 812-0000-0142", "62812000001", "8120000014", "0142", "3513 1447 0582 9917", "35131447", "9917",
        "0000 0000 00142", "0000000000142", "motif", "rénggànis", "  batik   ayu ", "siti 0812",
    ],
)  # fmt: skip
def test_finds_a_business_by(office: Store, typed: str) -> None:
    assert "Batik Rengganis Ayu" in found(office, typed)


@pytest.mark.parametrize(
    "typed", ["btaik", "engganis", "siti keripik", "0813", "", "   ", "()", '"', "*", "AND", "\x00"]
)
def test_does_not_find(office: Store, typed: str) -> None:
    assert "Batik Rengganis Ayu" not in found(office, typed)


def test_every_searched_field_is_found(store: Store) -> None:
    words = {"owner": {}, "business": {}}
    for entity in (OWNER, BUSINESS):
        for n, field in enumerate(entity.where("searched")):
            if field.kind.name.startswith("kbli"):
                words[entity.name][field.name] = f"60{n:03d}"
            else:
                number = field.kind.name in ("nik", "nib", "phone")
                words[entity.name][field.name] = f"+62812{n:08d}" if number else f"kata{n}x"
    who = store.save("owner", owner(1, **words["owner"])).first_id("owner")
    store.save("business", business(who, 1, **words["business"]))
    missed = [name for fields in words.values() for name, typed in fields.items() if not search.newest(store, typed)]
    assert missed == []


def test_a_business_is_found_by_any_of_its_kbli_and_not_by_the_version(store: Store) -> None:
    who = store.save("owner", owner()).first_id("owner")
    store.save("business", business(who, kbli="2025:13133", kbli_more="2025:10794,2020:47811"))
    assert [len(search.newest(store, typed)) for typed in ("13133", "10794", "47811", "2025", "2020")] == [
        1,
        1,
        1,
        0,
        0,
    ]


def test_a_business_whose_owner_is_elsewhere_is_found_by_its_contact(store: Store) -> None:
    store.save(
        "business", business("elsewhere", contact_name="Tumini", contact_phone="+6281200000233", scope="3513141017")
    )
    assert found(store, "tumini") == ["Keripik Contoh 1"]
    assert found(store, "0233") == ["Keripik Contoh 1"]


def test_finds_by_the_name_of_the_village(office: Store) -> None:
    assert len(found(office, "patok")) == 3


def test_a_name_outranks_an_activity(store: Store) -> None:
    register(store, 1, name="Warung Bu Sum", activity="Keripik talas")
    register(store, 2, name="Keripik Talas Bu Sum")
    register(store, 3, name="Dapur Ijo", activity="Keripik talas")
    assert found(store, "keripik")[0] == "Keripik Talas Bu Sum"


def test_finds_an_owner_without_a_business_until_there_is_one(store: Store) -> None:
    owner_id = store.save("owner", owner(1, name="Suliha")).first_id("owner")
    assert found(store, "suliha") == ["Suliha"]
    business_id = store.save("business", business(owner_id, name="Kerupuk Ikan")).first_id("business")
    assert found(store, "suliha") == ["Kerupuk Ikan"]
    store.delete("business", business_id)
    assert found(store, "suliha") == ["Suliha"]
    assert found(store, "kerupuk") == []


def test_a_deleted_owner_without_a_business_leaves_the_index(store: Store) -> None:
    owner_id = store.save("owner", owner(1, name="Suliha")).first_id("owner")
    store.delete("owner", owner_id)
    assert list(search.newest(store, "suliha")) == []
    store.restore("owner", owner_id)
    assert list(search.newest(store, "suliha")) == [3]


def test_follows_every_change(office: Store) -> None:
    siti = office.find("owner", name="Siti Aminah")[0]
    office.save("owner", {"id": siti["id"], "name": "Siti Aminah Wati", "phone": "+6281200000168"})
    assert found(office, "wati") == ["Batik Rengganis Ayu"]
    assert found(office, "0142") == []
    assert found(office, "0168") == ["Batik Rengganis Ayu"]
    office.delete("owner", siti["id"])
    assert found(office, "siti") == []
    assert found(office, "rengganis") == ["Batik Rengganis Ayu"]
    office.restore("owner", siti["id"])
    assert found(office, "siti") == ["Batik Rengganis Ayu"]


def test_a_business_that_changes_hands_is_found_by_its_new_owner(office: Store) -> None:
    batik = office.find("business", name="Batik Rengganis Ayu")[0]
    heir = office.save("owner", owner(9, name="Dian Safitri")).first_id("owner")
    office.save("business", {"id": batik["id"], "owner_id": heir})
    assert found(office, "dian") == ["Batik Rengganis Ayu"]
    assert found(office, "siti aminah") == ["Siti Aminah"]


@pytest.mark.parametrize("applying", [False, True])
def test_follows_raw_sql_and_what_sync_applies(office: Store, applying: bool) -> None:
    with office.transaction(applying=applying):
        office.query("UPDATE business SET name = 'Tenun Ayu' WHERE name = 'Batik Rengganis Ayu'")
    assert found(office, "tenun") == ["Tenun Ayu"]
    assert found(office, "rengganis") == []


def test_a_rolled_back_change_leaves_the_index_as_it_was(office: Store) -> None:
    def fail() -> None:
        with office.transaction():
            office.query("UPDATE business SET name = 'Tenun Ayu' WHERE name = 'Batik Rengganis Ayu'")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert found(office, "tenun") == []
    assert found(office, "rengganis") == ["Batik Rengganis Ayu"]


def test_what_another_program_wrote_is_indexed_when_the_file_is_opened(office: Store) -> None:
    office.query("UPDATE business SET name = 'Tenun Ayu' WHERE name = 'Batik Rengganis Ayu'")  # no transaction of ours
    assert found(office, "tenun") == []
    search.set_up(office.db)
    assert found(office, "tenun") == ["Tenun Ayu"]


def test_an_index_of_another_version_is_made_anew(office: Store) -> None:
    office.set_setting("search", "older")
    office.query("DELETE FROM search")
    assert found(office, "batik") == []
    search.set_up(office.db)
    assert len(found(office, "batik")) == 2


def test_equal_hits_come_newest_first_and_no_more_than_asked(store: Store) -> None:
    for n in range(1, 5):
        register(store, n, name=f"Warung {n}")
    assert found(store, "warung") == ["Warung 4", "Warung 3", "Warung 2", "Warung 1"]
    assert list(search.best(store, "warung", 2)) == [8, 6]
    assert list(search.newest(store, "warung", 3)) == [8, 6, 4]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("btaik", "batik"),
        ("sumiatti", "sumiati"),
        ("kripik talas", "keripik talas"),
        ("batik", ""),
        ("qwxz", ""),
        ("", ""),
    ],
)
def test_suggests_what_was_meant(office: Store, typed: str, meant: str) -> None:
    register(office, 8, name="Tatik")
    assert search.suggestion(office, typed) == meant


def test_namesakes_bear_exactly_these_words(office: Store) -> None:
    assert [r["owner"] for r in page(office, search.namesakes(office, "AMINAH siti"))] == ["Siti Aminah"]
    assert not search.namesakes(office, "siti amin")
    assert not search.namesakes(office, "--")


@given(typed=st.text(st.characters(codec=None), max_size=40))
def test_no_text_is_an_error_and_a_name_is_found_by_itself(office: Store, typed: str) -> None:
    search.best(office, typed, 5)
    search.suggestion(office, typed)
    clean = typed.encode("utf-8", "ignore").decode().replace("\x00", "").strip()
    searchable = any(c.isalnum() for c in search.fold(clean))
    if clean and searchable and not any(c.isdigit() for c in search.fold(clean)):
        changes = office.save("owner", owner(7, name=clean))
        assert clean in [row["owner"] for row in page(office, search.newest(office, clean))]
        office.delete("owner", changes.first_id("owner"))


def everything(store: Store) -> list[Any]:
    """The rows of the index: columns of a contentless index are empty, so count its docs."""
    return store.query("SELECT rowid FROM search ORDER BY rowid")


def test_one_row_for_each_business(office: Store) -> None:
    assert everything(office) == [(2,), (4,), (6,)]
