"""Ringkasan Pendampingan: the right words about the right person, and nothing about the NIK."""

import re
from dataclasses import asdict, replace
from typing import Any

import pytest

import reports
from models import access
from models.errors import AppError
from models.store import Store
from reports import subject, summary
from reports.paper import Officer, Request
from reports.summary import PAPER, Summary
from tests import fakes
from tests.fakes import VILLAGE
from tests.reports import pdf as read_back
from tests.reports.samples import BARE, DRAWN, EXTREME, FULL

NIK = "3513144705829917"
ALL = frozenset(part.key for part in PAPER.parts)
SRI = Officer("Sri Wahyuni", "Kasie Patokan", "Kelurahan Patokan, Kec. Kraksaan")


@pytest.fixture
def siti(store: Store) -> str:
    """Siti Aminah as in the design, with one business, four sessions and three follow-ups."""
    owner = {"name": "Siti Aminah", "nik": NIK, "sex": "P", "phone": "+6281200000142", "rt": 3, "rw": 2}
    owner_id = store.save("owner", fakes.owner(**owner)).first_id("owner")
    business_id = store.save("business", fakes.business(owner_id, name="Batik Rengganis Ayu", kbli="2025:13133",
                                                        nib="0000000000142", sales_year=186_000_000, numbers_year=2025)).first_id("business")  # fmt: skip
    links = {"owner_id": owner_id, "business_id": business_id}
    sessions = [
        ("2026-10-02", "nib", "Pendaftaran NIB didampingi sampai selesai."), ("2026-09-01", "other", "Sesi lama."),
        ("2026-11-20", "financing", "Menjajaki KUR mikro."), ("2026-11-11", "brand,packaging", "Kelas merek 24."),
    ]  # fmt: skip
    steps = [
        {
            "kind": "we_call",
            "due": "2026-12-04",
            "what": "Ajukan permohonan merek",
            "responsible": "me",
            "state": "open",
        },
        {"kind": "owner_sends", "due": "2026-11-27", "what": "Bawa etiket merek", "responsible": "me", "state": "open"},
        {"kind": "visit", "due": "2026-11-25", "responsible": "kasie", "state": "done"},
    ]
    store.save_all([
        *(("consultation", links | {"held_on": day, "topics": topics, "note": note, "staff_name": "Sri Wahyuni"})
          for day, topics, note in sessions),
        *(("follow_up", links | step) for step in steps),
    ])  # fmt: skip
    return owner_id


def collect(store: Store, owner_id: str, **more: Any) -> Summary:
    request = Request(owner_id, "RP/2026/11/000142", store.clock.today(), SRI, scope=VILLAGE)
    return summary.collect(store, replace(request, **more))


def test_the_paper_says_what_the_records_say(store: Store, siti: str) -> None:
    found = read_back.text(reports.render(PAPER, collect(store, siti), "A4"))
    for words in (
        "PEMERINTAH KABUPATEN PROBOLINGGO", "KECAMATAN KRAKSAAN", "KELURAHAN PATOKAN", "Nomor: RP/2026/11/000142 · Dicetak 24 November 2026",
        "Siti Aminah", "3513 •••• •••• ••17", "0812-0000-0142", "RT 03/RW 02 Patokan, Kraksaan", "Batik Rengganis Ayu",
        "13133 · KBLI 2025", "0000 0000 00142", "Mikro (Rp186 juta, 2025)", "20 Nov 2026", "Pembiayaan", "Menjajaki KUR mikro.",
        "Merek, Kemasan", "Bawa etiket merek Ibu Siti Jumat, 27 Nov 2026", "Ajukan permohonan merek Sri Wahyuni Jumat, 4 Des 2026",
        "Kraksaan, 24 November 2026", "Pendampingan ini gratis. Biaya resmi negara, bila ada, dibayar langsung dengan kode billing.",
        "Halaman 1 dari 1 · lembar untuk: pelaku usaha",
    ):  # fmt: skip
        assert words in found, words


def test_sessions_come_newest_first_and_steps_by_their_due_date(store: Store, siti: str) -> None:
    data = collect(store, siti)
    assert [s.day for s in data.sessions] == ["20 Nov 2026", "11 Nov 2026", "2 Okt 2026", "1 Sep 2026"]
    assert [s.what for s in data.steps] == ["Bawa etiket merek", "Ajukan permohonan merek"]


def test_only_the_last_three_sessions_unless_all_are_asked_for(store: Store, siti: str) -> None:
    data = collect(store, siti)
    assert "Sesi lama." not in read_back.text(reports.render(PAPER, data, "A4"))
    assert "Sesi lama." in read_back.text(reports.render(PAPER, data, "A4", ALL))
    assert {key: words.id for key, words in data.counts().items()} == {
        "sessions": "3 terakhir", "all_sessions": "4", "cases": "0", "steps": "2",
    }  # fmt: skip


def case(store: Store, owner_id: str, service: str, state: str, items: dict[str, str], **more: Any) -> None:
    business_id = store.find("business", owner_id=owner_id)[0]["id"]
    row = {
        "owner_id": owner_id,
        "business_id": business_id,
        "service": service,
        "state": state,
        "opened_on": "2026-11-11",
    }
    case_id = store.save("facilitation", row | more).first_id("facilitation")
    for number, (title, there) in enumerate(items.items(), start=1):
        item = {"facilitation_id": case_id, "title": title, "number": number, "mandatory": 1, "state": there}
        store.save("checklist_item", item)


def test_facilitations_say_where_they_stand_and_what_is_missing(store: Store, siti: str) -> None:
    asked = {
        "KTP": "brought",
        "Etiket merek": "missing",
        "Surat UMK": "later",
        "Kode billing": "missing",
        "Kelas": "missing",
    }
    case(store, siti, "brand", "documents", asked)
    case(store, siti, "halal", "in_process", {"KTP": "brought"}, check_on="2026-11-30", opened_on="2026-11-12")
    case(
        store,
        siti,
        "nib",
        "closed",
        {"KTP": "brought"},
        outcome="issued",
        closed_on="2026-10-14",
        opened_on="2026-10-02",
    )
    case(
        store,
        siti,
        "pirt",
        "closed",
        {},
        outcome="cancelled",
        closed_on="2026-06-01",
        opened_on="2026-05-02",
        reason="Pindah",
    )
    data = collect(store, siti)
    long = {f"Surat keterangan yang panjang namanya {n}": "missing" for n in range(1, 10)}
    case(store, siti, "kur", "documents", long, opened_on="2026-11-13")
    assert collect(store, siti).cases[-1].missing == "Surat keterangan yang panjang namanya 1; 8 lagi"
    assert [(c.state, c.documents, c.missing, c.closed) for c in data.cases] == [
        ("Selesai: terbit 14 Okt 2026", "1 dari 1", "—", True),
        ("Dokumen", "1 dari 5", "Etiket merek; surat UMK; kode billing; kelas", False),
        ("Diproses", "1 dari 1", "Dicek lagi 30 Nov 2026", False),
    ]  # fmt: skip
    found = read_back.text(reports.render(PAPER, data, "A4"))
    assert "3. Fasilitasi" in found
    assert "4. Langkah berikutnya" in found
    assert "Selesai: terbit 14 Okt 2026" in found
    assert "Fasilitasi" not in read_back.text(reports.render(PAPER, data, "A4", frozenset({"steps"})))


def test_no_line_parts_a_number_from_what_it_counts(store: Store, siti: str) -> None:
    store.save("owner", {"id": siti, "address": "Jl. Mawar No. 00"})
    pdf = reports.render(PAPER, collect(store, siti), "A4")
    lines = [line for page in read_back.read(pdf).pages for line in page.extract_text().splitlines()]
    assert any("RT 03/RW 02" in line for line in lines)
    assert any("13133 · KBLI 2025" in line for line in lines)


def test_the_drawn_summary_is_one_page() -> None:
    assert [len(read_back.read(reports.render(PAPER, DRAWN, size)).pages) for size in PAPER.sizes] == [1, 1]


def test_what_is_not_ticked_is_not_printed(store: Store, siti: str) -> None:
    found = read_back.text(reports.render(PAPER, collect(store, siti), "A4", frozenset()))
    assert not [words for words in ("Identitas", "0812-0000-0142", "Konsultasi", "KUR", "Langkah") if words in found]


def test_the_nik_is_masked_everywhere(store: Store, siti: str) -> None:
    for lang in ("id", "en"):
        data = collect(store, siti, lang=lang)
        assert NIK not in re.sub(r"\D", "", read_back.text(reports.render(PAPER, data, "A4", ALL)))
        assert NIK not in str(asdict(data)).replace(" ", "")
    assert access.viewings(store, "owner", siti) == []


def test_the_whole_nik_stands_there_for_somebody_and_that_is_kept(store: Store, siti: str) -> None:
    pdf = reports.render(PAPER, collect(store, siti, nik_for="BRI Kraksaan"), "A4")
    assert "3513 1447 0582 9917" in read_back.text(pdf)
    (viewing,) = access.viewings(store, "owner", siti)
    assert (viewing.viewer, viewing.field, viewing.purpose) == ("Sri Wahyuni", "nik", "BRI Kraksaan")


def test_an_owner_who_refused_is_not_printed(store: Store, siti: str) -> None:
    store.save("owner", {"id": siti, "informed": "refused"})
    with pytest.raises(AppError, match="refused"):
        collect(store, siti)


def test_a_deleted_or_unknown_owner_is_not_printed(store: Store, siti: str) -> None:
    store.delete("owner", siti)
    for owner_id in (siti, "unknown"):
        with pytest.raises(AppError, match="deleted"):
            collect(store, owner_id)


def test_a_second_business_brings_its_own_sessions_and_those_of_none(store: Store, siti: str) -> None:
    second = store.save("business", fakes.business(siti, name="Toko Kedua")).first_id("business")
    store.save(
        "consultation",
        {"owner_id": siti, "business_id": second, "held_on": "2026-11-23", "topics": "other", "note": "Toko"},
    )
    store.save("consultation", {"owner_id": siti, "held_on": "2026-11-22", "topics": "other", "note": "Umum"})
    data = collect(store, siti, business_id=second)
    assert data.business["business"] == "Toko Kedua"
    assert [s.said for s in data.sessions] == ["Toko", "Umum"]
    assert data.steps == []


def test_an_owner_with_nothing_but_a_name_still_gets_a_paper(store: Store) -> None:
    owner_id = store.save("owner", {"name": "Tumini", "village": VILLAGE, "informed": "not_yet"}).first_id("owner")
    found = read_back.text(reports.render(PAPER, collect(store, owner_id), "F4"))
    assert "Nama pemilik : Tumini" in found
    assert "NIB : —" in found


@pytest.mark.parametrize(("owner", "who"), [
    ({"name": "Siti Aminah", "sex": "P"}, "Ibu Siti"), ({"name": "Moh. Ridwan", "sex": "L"}, "Bapak Ridwan"),
    ({"name": "M.", "sex": "L"}, "Pemilik"), ({"name": "Siti"}, "Pemilik"),
])  # fmt: skip
def test_how_the_owner_is_addressed(store: Store, owner: dict[str, str], who: str) -> None:
    owner_id = store.save("owner", {"village": VILLAGE, "informed": "signed"} | owner).first_id("owner")
    store.save(
        "follow_up",
        {"owner_id": owner_id, "kind": "owner_sends", "due": "2026-11-27", "responsible": "me", "state": "open"},
    )
    (step,) = collect(store, owner_id).steps
    assert (step.who, step.what) == (who, "Pemilik kirim dokumen")


@pytest.mark.parametrize(("rupiah", "words"), [
    (186_000_000, "Rp186 juta"), (1_200_000_000, "Rp1,2 miliar"), (2_500_000, "Rp2,5 juta"),
    (1_234_567, "Rp1.234.567"), (750_000, "Rp750.000"), (0, "Rp0"),
])  # fmt: skip
def test_short_amounts_never_round(rupiah: int, words: str) -> None:
    assert subject.short_rupiah(rupiah, "id") == words


@pytest.mark.parametrize("size", PAPER.sizes)
@pytest.mark.parametrize("data", [BARE, DRAWN, FULL, EXTREME], ids=["bare", "drawn", "full", "extreme"])
def test_nothing_is_drawn_beyond_the_margins(data: Summary, size: str) -> None:
    for left, low, right, _ in read_back.boxes(reports.render(PAPER, data, size, ALL)):
        assert left >= 18 * read_back.MM - 0.5
        assert right >= 16 * read_back.MM - 0.5
        assert low >= 6 * read_back.MM


def test_sixty_sessions_all_arrive() -> None:
    found = read_back.text(reports.render(PAPER, FULL, "A4", ALL))
    assert [n for n in range(1, 61) if f"Pertemuan ke-{n}." in found] == list(range(1, 61))
    assert [n for n in range(1, 41) if f"Langkah {n} " in found] == list(range(1, 41))


def test_what_people_type_is_never_markup() -> None:
    pdf = reports.render(PAPER, EXTREME, "A4")
    found = read_back.text(pdf).replace(" ", "")
    assert "<b>Toko</b>&<ahref='http://contoh.id'>Anak</a>]]>%s{x}\\n" in found
    assert "<para>bukanmarkup</para>" in found
    assert not [page for page in read_back.read(pdf).pages if "/Annots" in page]


def test_in_english_all_words_are_english() -> None:
    found = read_back.text(reports.render(PAPER, replace(DRAWN, lang="en"), "A4"))
    assert "SUMMARY OF BUSINESS ASSISTANCE" in found
    assert "This assistance is free." in found
    assert not [words for words in ("Nama pemilik", "Halaman", "gratis") if words in found]


def test_the_message_names_the_steps_and_no_number_of_a_person() -> None:
    assert DRAWN.message().splitlines()[:3] == [
        "Ringkasan pendampingan RP/2026/11/000142, 24 November 2026.",
        "Langkah berikutnya:",
        "1. Bawa gambar/etiket merek (cetak atau foto jelas di HP) — Ibu Siti, Jumat, 27 Nov 2026",
    ]
    assert "3513" not in DRAWN.message()
    assert BARE.message().endswith("kode billing.")
    assert "Langkah" not in BARE.message()


def test_file_names_are_plain_and_name_nobody() -> None:
    name = PAPER.file_name("RP/2026/11/000142")
    assert name == "ringkasan-RP-2026-11-000142.pdf"
    assert name.isascii()
    assert len(name) <= 80
