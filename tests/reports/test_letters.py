"""Letters: what they state, what they never promise, and to whom they may be given."""

from typing import Any

import pytest

import reports
from models import access
from models.errors import AppError
from models.store import Store
from reports import letters
from reports.paper import Officer, Paper, Request
from tests import fakes
from tests.fakes import VILLAGE
from tests.reports import pdf as read_back

SKP, SKU, MEREK = (reports.PAPERS[key] for key in ("surat-pendampingan", "surat-usaha", "rekomendasi-merek"))
NIK, SHOWN = "3513144705829917", "3513 1447 0582 9917"
SRI = Officer("Sri Wahyuni", "Kasie Patokan", "Kelurahan Patokan", "0812-0000-0100")


@pytest.fixture
def siti(store: Store) -> str:
    owner = {
        "name": "Siti Aminah",
        "nik": NIK,
        "sex": "P",
        "birth_date": "1982-05-07",
        "rt": 3,
        "rw": 2,
        "informed": "signed",
    }
    owner_id = store.save("owner", fakes.owner(**owner)).first_id("owner")
    row = fakes.business(owner_id, name="Batik Rengganis Ayu", kbli="2025:13133", nib="0000000000142", nib_date="2026-10-14",
                         started=2017, sales_year=186_000_000, numbers_year=2025, workers_men=1, workers_women=3,
                         bookkeeping="simple", market_reach="regency", brand="Rengganis Ayu")  # fmt: skip
    links = {"owner_id": owner_id, "business_id": store.save("business", row).first_id("business")}
    for day, topics, note in (
        ("2026-11-20", "financing", "Suami tidak setuju."),
        ("2026-10-02", "nib", "Ditolak bank dulu."),
    ):
        store.save(
            "consultation", links | {"held_on": day, "topics": topics, "note": note, "staff_name": "Sri Wahyuni"}
        )
    return owner_id


def consent(store: Store, owner_id: str, answer: str = "yes", day: str = "2026-11-20") -> None:
    store.save("consent", {"owner_id": owner_id, "informed": "signed", "given_on": day, "sharing": answer})


def request(store: Store, paper: Paper, owner_id: str, **more: Any) -> Request:
    return Request(owner_id, f"{paper.prefix}/2026/11/000006", store.clock.today(), SRI, scope=VILLAGE, **more)


def printed(store: Store, paper: Paper, owner_id: str, **more: Any) -> str:
    return read_back.text(reports.render(paper, paper.collect(store, request(store, paper, owner_id, **more)), "A4"))


def test_a_letter_for_a_bank_needs_the_owners_consent(store: Store, siti: str) -> None:
    with pytest.raises(AppError, match="purpose 4"):
        printed(store, SKP, siti)
    consent(store, siti)
    assert "menyetujui tujuan 4" in printed(store, SKP, siti)
    consent(store, siti, "no", "2026-11-22")  # the last word counts
    with pytest.raises(AppError, match="purpose 4"):
        printed(store, SKP, siti)


def test_the_letter_of_assistance_states_facts_and_promises_nothing(store: Store, siti: str) -> None:
    consent(store, siti)
    found = printed(store, SKP, siti)
    for words in (
        "Mikro — penjualan 2025 Rp186.000.000; 4 pekerja (1 L, 3 P)", "13133 · KBLI 2025 — industri kain batik",
        "0000 0000 00142, terbit 14 Oktober 2026", "Batik Rengganis Ayu, sejak 2017", "Kesiapan usaha 4 dari 6",
        "bukan jaminan persetujuan kredit", "berlaku sampai 24 Februari 2027", "sejak 2 Oktober 2026", "Konsultasi Pembiayaan",
    ):  # fmt: skip
        assert words in found
    assert "Suami" not in found  # what was said in a session is nobody else's
    assert "Ditolak bank" not in found


@pytest.mark.parametrize("paper", [SKP, SKU, MEREK], ids=lambda p: p.key)
def test_the_nik_is_masked_until_it_is_asked_for_somebody_and_that_is_kept(
    store: Store, siti: str, paper: Paper
) -> None:
    consent(store, siti)
    assert "3513 •••• •••• ••17" in printed(store, paper, siti)
    assert access.viewings(store, "owner", siti) == []
    assert SHOWN in printed(store, paper, siti, nik_for="BRI Kraksaan")
    assert [v.purpose for v in access.viewings(store, "owner", siti)] == ["BRI Kraksaan"]


def test_the_business_letter_is_no_permit_and_leaves_its_number_to_the_office(store: Store, siti: str) -> None:
    found = printed(store, SKU, siti)
    assert "bukan izin usaha dan tidak menggantikan NIB" in found
    assert "Nomor: ........ / ........ / 2026" in found
    assert "Lurah Patokan" in found
    assert "2017 (lebih dari 6 bulan)" in found
    store.set_setting("sku_number", "500.3/…/426.414.05/{year}")
    store.set_setting(
        "signers", {"head": {"above": "Plt. Lurah Patokan", "name": "Bambang Sugiarto", "nip": "19730215 199302 1 002"}}
    )
    found = printed(store, SKU, siti)
    assert "Nomor: 500.3/…/426.414.05/2026" in found
    assert "Bambang Sugiarto NIP. 19730215 199302 1 002" in found


@pytest.mark.parametrize(
    ("started", "words"),
    [(2026, "Berjalan sejak : 2026 Pekerja"), (2025, "2025 (lebih dari 6 bulan)"), (None, "Berjalan sejak : —")],
)
def test_six_months_are_claimed_only_when_they_are_sure(
    store: Store, siti: str, started: int | None, words: str
) -> None:
    (business,) = store.find("business", owner_id=siti)
    store.save("business", {"id": business["id"], "started": started})
    assert words in printed(store, SKU, siti)


def test_the_mark_is_recommended_once_and_for_this_year(store: Store, siti: str) -> None:
    found = printed(store, MEREK, siti)
    assert "satu merek, satu kali pengajuan dan sampai 31 Desember 2026" in found
    assert "Merek : Rengganis Ayu" in found
    assert "bukan jaminan bahwa merek didaftar" in found


@pytest.mark.parametrize("paper", [SKP, SKU, MEREK], ids=lambda p: p.key)
def test_nobody_who_refused_is_named_in_a_letter(store: Store, siti: str, paper: Paper) -> None:
    store.save("owner", {"id": siti, "informed": "refused"})
    with pytest.raises(AppError, match="refused"):
        printed(store, paper, siti)


def test_templates_fill_their_places_and_nothing_else() -> None:
    def plain(template: str, **values: object) -> str:
        return "".join(run.text for run in letters.fill(template, **values))

    assert plain("untuk {name:b}.", name="{day} %s </b>") == "untuk {day} %s </b>."
    assert plain("a {unknown} b", name="x") == "a {unknown} b"
    assert plain("stray { brace", name="x") == "stray { brace"
    bold, rest = letters.fill("{name:b} dan", name="Siti")
    assert (bold.style, rest.style) == (letters.LETTER_BOLD, letters.LETTER)


def test_lists_in_a_sentence() -> None:
    assert letters.listed(["NIB", "Pembukuan", "Tenaga kerja"], "id") == "NIB, pembukuan, dan tenaga kerja"
    assert letters.listed(["P-IRT", "Halal"], "en") == "P-IRT and halal"
    assert letters.listed(["8"], "id") == "8"
