"""Flagship products: scores of 1 to 5 weighted to 100, four steps, and the people who decide them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import curation, flagships
from models.errors import InvalidRecord
from models.store import Store
from tests.factories import register
from tests.fakes import VILLAGE

TODAY = date(2026, 11, 24)


def ratings(uniqueness: int, competitiveness: int, labour: int) -> dict[str, str]:
    values = {"uniqueness": uniqueness, "competitiveness": competitiveness, "labour": labour}
    return {name: str(value) for name, value in values.items()}


def propose(store: Store, name: str, *values: int) -> str:
    row = {"name": name, "village": VILLAGE, "year": 2026, "state": "proposed", "proposed_on": "2026-11-09"}
    return store.save("flagship", row | (ratings(*values) if values else {})).first_id("flagship")


def test_the_candidates_of_the_sample_office(store: Store) -> None:
    for name, values in (("Jamu sinom", (3, 3, 2)), ("Batik mangga & anggur", (5, 4, 4)), ("Rengginang", (3, 3, 3)),
                         ("Stik mangga kering", (4, 4, 2))):  # fmt: skip
        propose(store, name, *values)
    propose(store, "Belum dinilai")
    dropped = propose(store, "Tidak jadi", 5, 5, 5)
    store.save("flagship", {"id": dropped, "state": "dropped"})
    found = curation.candidates(store, VILLAGE, 2026)
    assert [(c.row["name"], c.score) for c in found] == [
        ("Batik mangga & anggur", 88), ("Stik mangga kering", 70), ("Rengginang", 60), ("Jamu sinom", 55),
        ("Belum dinilai", None), ("Tidak jadi", 100),
    ]  # fmt: skip


def test_the_labour_behind_a_product(store: Store) -> None:
    batik = propose(store, "Batik", 5, 4, 4)
    for n, workers in enumerate((4, 7, 5, 4, 3)):
        business = register(store, n, workers=workers)["business_id"]
        store.save("flagship_business", {"flagship_id": batik, "business_id": business})
    other = register(store, 9, workers=10)["business_id"]
    store.save("flagship_business", {"flagship_id": batik, "business_id": other, "workers": 0})
    unknown = register(store, 10)["business_id"]
    store.save("flagship_business", {"flagship_id": batik, "business_id": unknown})
    (found,) = curation.candidates(store, VILLAGE, 2026)
    assert (found.workers, len(found.makers)) == (23, 7)


def test_the_curators_mean_is_the_products_score(store: Store) -> None:
    batik = propose(store, "Batik")
    curators = ("Dinas", "Dekranasda", "Akademisi", "Pembeli", "Kelurahan")
    values = ((5, 4, 4), (5, 4, 4), (5, 5, 4), (4, 4, 3), (5, 4, 4))
    scores = [{"curator": c} | ratings(*v) for c, v in zip(curators, values, strict=True)]
    curation.rate(store, batik, scores)
    curation.rate(store, batik, [scores[4] | {"signed_on": "2026-11-18"}])  # rating again replaces
    (found,) = curation.candidates(store, VILLAGE, 2026)
    assert (found.score, len(found.scores)) == (88, 5)


def test_steps_come_in_order_and_each_needs_its_paper(store: Store) -> None:
    batik = propose(store, "Batik")

    def refused(step: str, number: str = "") -> str:
        with pytest.raises(InvalidRecord) as error:
            curation.take_step(store, batik, step, TODAY, number)
        return " ".join(p.words.id for p in error.value.problems)

    assert refused("curated") == "Isi nilai ketiga kriteria."
    assert refused("decided", "SK 1") == "Langkah ini belum waktunya: selesaikan langkah sebelumnya."
    curation.rate(store, batik, [{"curator": "Dinas", "signed_on": "2026-11-18"} | ratings(5, 4, 4)])
    curation.take_step(store, batik, "curated", date(2026, 11, 18))
    assert refused("minuted") == "perlu 1 tanda tangan Tulis nomor berita acara."
    curation.rate(store, batik, [{"curator": "Pembeli", "signed_on": "2026-11-18"} | ratings(5, 4, 4)])
    curation.take_step(store, batik, "minuted", date(2026, 11, 20), "BA/2026/11/003")
    assert refused("decided") == "Tulis nomor SK Dinas."
    curation.take_step(store, batik, "decided", TODAY, "SK/9/2026")
    (found,) = curation.candidates(store, VILLAGE, 2026)
    assert [(s.code, s.done_on) for s in found.steps] == [
        ("proposed", "2026-11-09"), ("curated", "2026-11-18"), ("minuted", "2026-11-20"), ("decided", "2026-11-24"),
    ]  # fmt: skip
    assert (found.row["minutes"], found.row["decree"]) == ("BA/2026/11/003", "SK/9/2026")
    assert refused("curated") == "Langkah ini belum waktunya: selesaikan langkah sebelumnya."
    store.save("flagship", {"id": batik, "state": "dropped"})
    assert refused("decided", "SK 2")


@given(st.lists(st.integers(1, 5), min_size=1, max_size=9))
def test_a_mean_lies_between_and_a_half_goes_up(given_scores: list[int]) -> None:
    mean = int(flagships.agreed([{"labour": str(n)} for n in given_scores])["labour"])
    exact = sum(given_scores) / len(given_scores)
    assert -0.5 < mean - exact <= 0.5
    assert flagships.agreed([])["labour"] is None
    assert flagships.score(ratings(1, 1, 1)) == 20
    assert flagships.score(ratings(5, 5, 5)) == 100


def test_what_a_district_has_and_what_is_made_of_it(store: Store) -> None:
    for name, states in (("Bawang merah", ("idea",)), ("Mangga", ("made", "made", "tried")), ("Anggur", ())):
        row = store.save("potential", {"name": name, "district": VILLAGE[:6]}).first_id("potential")
        for n, state in enumerate(states):
            store.save("derived_product", {"potential_id": row, "name": f"{name} {n}", "state": state})
    found = curation.potentials(store, VILLAGE[:6])
    assert [(p.row["name"], len(p.derived), p.in_production) for p in found] == [
        ("Mangga", 3, 2), ("Anggur", 0, 0), ("Bawang merah", 1, 0),
    ]  # fmt: skip
    assert {p.row["scope"] for p in found} == {VILLAGE[:6]}
    assert curation.potentials(store, "351301") == []
