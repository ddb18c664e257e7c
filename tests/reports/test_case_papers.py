"""Papers about cases and people: documents and receipt, handover, data sheets, the own record, cards."""

import re
from datetime import timedelta
from typing import Any

import pytest

import reports
from models import access
from models.errors import AppError
from models.store import Store
from reports import portal_sheets, recovery_sheet
from tests.reports import gallery, gallery_office
from tests.reports import pdf as read_back
from tests.reports.printed import Gallery

NIK = "3513144705829917"


def data(store: Store, key: str, variant: str = "filled", **more: Any) -> Any:
    paper = reports.PAPERS[key]
    about = gallery_office.about(store, paper, variant)
    return paper.collect(store, gallery.request(store, paper, **(about or {}) | more))


def printed(store: Store, key: str, variant: str = "filled", size: str = "A4", **more: Any) -> str:
    return read_back.text(reports.render(reports.PAPERS[key], data(store, key, variant, **more), size))


def test_the_minutes_count_the_sample_office(papers: Gallery) -> None:
    found = papers.text("serah-terima")
    assert "84 usaha dampingan 7 fasilitasi berjalan 16 tindak lanjut 3 belum diberi tahu" in found
    assert "(6 dari 16; sisanya di lampiran)" in found
    assert "Lampiran: tindak lanjut sesudah besok (10)" in found
    assert "Dokumen 7/10 20 Nov lewat 4 hari" in found
    assert "Kata sandi, PIN, dan kunci pemulihan tidak diserahkan" in found


def test_nothing_of_an_endless_handover_is_lost(papers: Gallery) -> None:
    found = papers.text("serah-terima", "extreme").replace(" ", "")
    assert [n for n in range(1, 61) if f"Langkah{n}." in found] == list(range(1, 61))


def test_a_handover_of_nothing_is_still_a_paper(papers: Gallery) -> None:
    assert papers.text("serah-terima", "blank").count("Tidak ada.") == 2


def test_the_list_tells_what_to_bring_by_number_and_the_receipt_stands_twice(papers: Gallery) -> None:
    found = papers.text("daftar-dokumen")
    assert "bawa nomor 8, 9, dan 10" in found
    assert "7 dari 10" in found
    assert re.findall(r"TT/2026/11/000142 · untuk (\w+)", found) == ["pemilik", "arsip"]
    assert found.count("paling lambat Jumat, 4 Desember 2026") == 2
    assert found.count("Surat pernyataan UMK bermeterai") == 3  # listed, and received today in both halves


def test_both_halves_of_the_receipt_stand_on_one_page(papers: Gallery) -> None:
    for size in ("A4", "F4"):
        receipts = [
            page for page in papers.one("daftar-dokumen", "extreme", size).pages if "TANDA TERIMA DOKUMEN" in page
        ]
        assert [page.count("TANDA TERIMA DOKUMEN") for page in receipts] == [2]


def test_the_bare_list_of_a_service_names_nobody(papers: Gallery) -> None:
    found = papers.text("daftar-dokumen", "blank")
    assert "DAFTAR DOKUMEN — P-IRT" in found
    assert "setelah terbit" in found
    assert "TANDA TERIMA" not in found
    assert "Nama Usaha No. Dokumen" in found  # room for a name


def test_a_closed_or_unknown_case_is_said_to_be_gone(office: Store) -> None:
    paper = reports.PAPERS["daftar-dokumen"]
    with pytest.raises(AppError, match="deleted"):
        paper.collect(office, gallery.request(office, paper, record_id="unknown"))


def test_the_portals_order_is_kept(papers: Gallery) -> None:
    found = papers.text("data-oss")
    places = [found.index(s.title.id) for s in portal_sheets.OSS]
    assert places == sorted(places)
    assert "Kec. Kraksaan" in found
    assert "belum ada — tanyakan" in found
    lines = sum(len(s.lines) for s in portal_sheets.OSS)
    assert re.search(rf"\d+ dari {lines} terisi", found)


def test_each_product_has_its_own_section(papers: Gallery) -> None:
    found = papers.text("data-halal", "extreme")
    assert [n for n in range(1, 7) if f"proses ({n})" in found] == list(range(1, 7))


def test_the_npwp_of_a_citizen_is_masked_like_the_nik(papers: Gallery, office: Store) -> None:
    assert gallery_office.NIK_EXTREME not in papers.text("data-oss", "extreme").replace(" ", "")
    whole = printed(office, "data-oss", "extreme", nik_for="OSS").replace(" ", "")
    assert whole.count(gallery_office.NIK_EXTREME) == 2


def test_the_own_record_holds_everything_and_masks_the_numbers_wherever_they_stand(office: Store) -> None:
    about = gallery_office.siti(office)
    office.save(
        "consultation",
        about | {"held_on": "2026-11-23", "topics": "other", "note": f"NIK {NIK} dan 3513.1447.0582.9917 disalin"},
    )
    found = printed(office, "data-saya")
    assert "disalin" in found
    assert NIK not in re.sub(r"[ .]", "", found)
    assert "Sesi konsultasi" in found
    assert "Dokumen fasilitasi" in found
    assert not re.search(r"\dT\d\d:\d\d", found)
    before = len(access.viewings(office, "owner", about["owner_id"]))
    assert "3513 1447 0582 9917" in printed(office, "data-saya", nik_for="pemilik sendiri")
    assert len(access.viewings(office, "owner", about["owner_id"])) == before + 1


def test_the_own_record_says_what_its_records_belong_to_and_no_codes(papers: Gallery) -> None:
    found = papers.text("data-saya")
    for words in (
        "Usaha pembuat Isian Isi Produk unggulan Batik motif mangga & anggur",
        "Kegiatan Sosialisasi Halal dan P-IRT",
        "Organisasi Koperasi Produsen Batik Kraksaan",
        "Rumah UMKM Rumah UMKM Kraksaan",
    ):
        assert words in found
    assert "nib.1" not in found
    assert "—" not in found
    assert found.count("Surat pendampingan KUR") == 1
    assert "Siapa melihat" in papers.one("data-saya").pages[-1]  # signatures never stand alone


def test_the_receipt_of_a_sync_adds_up_and_says_whether_both_are_equal(papers: Gallery) -> None:
    found = papers.text("tanda-sinkron")
    assert "22 terkirim 5 diterima 3 masih menunggu" in found
    assert "Yang sudah terkirim sama di laptop dan server. Ditandatangani server." in found
    assert "Kelurahan Patokan 91 4ba1 c83e 2d77 68b1" in found
    unequal = papers.text("tanda-sinkron", "extreme")
    assert "belum sama" in unequal
    assert "1.000.000 data ditolak server" in unequal
    bare = papers.text("tanda-sinkron", "blank")
    assert "sama" not in bare
    assert "Tanpa tanda tangan server." in bare


def test_the_card_lists_every_key_of_the_table(papers: Gallery) -> None:
    from ui.shortcuts import SHORTCUTS

    found = papers.text("kartu-pintasan")
    assert not [s.act.id for s in SHORTCUTS.values() if s.act.id not in found]
    assert "Alt+panah kiri / Esc Kembali" in found
    assert "Ctrl+Enter Simpan" in found
    assert not set('?←"') & set(found)  # nothing the paper's fonts lack, no straight quotes


def test_the_recovery_key_is_made_without_a_store_and_bears_no_office(office: Store) -> None:
    today = office.clock.today() + timedelta(days=1)
    sheet = recovery_sheet.of("7KQ2-M9XA-4TWE-HR3C-P6NB-Z5DG", "Sri Wahyuni", today, "id")
    found = read_back.text(reports.render(recovery_sheet.PAPER, sheet, "A5"))
    assert "7KQ2 M9XA 4TWE HR3C P6NB Z5DG" in found
    assert "25 November 2026" in found
    assert "Patokan" not in found
    assert "7KQ2" not in sheet.message()
    assert "7KQ2" not in sheet.subject
