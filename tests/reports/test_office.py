"""Letterhead, place and numbers of an office, from its settings."""

import subprocess
import sys
from base64 import b64encode
from datetime import date

from models.store import Store
from reports import office
from reports.paper import Officer
from tests.fakes import VILLAGE

NOVEMBER = date(2026, 11, 24)


def test_a_new_office_has_the_letterhead_of_its_region(store: Store) -> None:
    kop = office.letterhead(store, VILLAGE)
    assert (kop.above, kop.office) == ("PEMERINTAH KABUPATEN PROBOLINGGO", "KECAMATAN KRAKSAAN\nKELURAHAN PATOKAN")
    assert office.place(store, VILLAGE) == "Kraksaan"


def test_kecamatan_desa_kota_and_nowhere(store: Store) -> None:
    assert office.letterhead(store, "351314").office == "KECAMATAN KRAKSAAN"
    assert office.letterhead(store, "3513142018").office.splitlines()[1].startswith("DESA ")
    assert office.letterhead(store, "3574").above == "PEMERINTAH KOTA PROBOLINGGO"
    assert office.letterhead(store, "").above == ""


def test_settings_win(store: Store) -> None:
    store.set_setting(
        "letterhead", {"above": "A", "office": "B\nC", "address": "D", "emblem": b64encode(b"png").decode()}
    )
    store.set_setting("letter_place", "Probolinggo")
    kop = office.letterhead(store, VILLAGE)
    assert (kop.above, kop.office, kop.address, kop.emblem) == ("A", "B\nC", "D", b"png")
    assert office.place(store, VILLAGE) == "Probolinggo"


def test_numbers_count_up_only_when_taken(store: Store) -> None:
    first = office.next_number(store, "RP", NOVEMBER)
    assert first == office.next_number(store, "RP", NOVEMBER)
    assert first.startswith("RP/2026/11/")
    assert len(first) == len("RP/2026/11/000142")
    office.take_number(store, first)
    office.take_number(store, first)
    second = office.next_number(store, "RP", NOVEMBER)
    assert int(second[-3:]) == int(first[-3:]) + 1


def test_each_month_and_each_paper_counts_for_itself(store: Store) -> None:
    office.take_number(store, office.next_number(store, "RP", NOVEMBER))
    assert office.next_number(store, "RP", date(2026, 12, 1)).endswith("001")
    assert office.next_number(store, "LK", NOVEMBER).endswith("001")


def test_two_people_of_one_office_count_apart(store: Store) -> None:
    mine = office.next_number(store, "RP", NOVEMBER)
    store.user = "Lailatul Fitriyah"
    assert office.next_number(store, "RP", NOVEMBER) != mine


def test_more_than_999_papers_a_month_go_on(store: Store) -> None:
    number = office.next_number(store, "RP", NOVEMBER)
    office.take_number(store, number[:-3] + "999")
    thousandth = office.next_number(store, "RP", NOVEMBER)
    office.take_number(store, thousandth)
    assert thousandth == number[:-3] + "1000"
    assert office.next_number(store, "RP", NOVEMBER) == number[:-3] + "1001"


def test_the_staff_directory_knows_better_than_the_account(store: Store) -> None:
    account = Officer("Sri", "Kasie Patokan", "Kelurahan Patokan")
    row = {
        "name": "Sri Wahyuni",
        "role": "kasie",
        "position": "Kasie Pemberdayaan Masyarakat",
        "office_phone": "+6281200000100",
    }
    staff_id = store.save("staff", row).first_id("staff")
    found = office.officer(store, staff_id, account)
    assert found == Officer("Sri Wahyuni", "Kasie Pemberdayaan Masyarakat", "Kelurahan Patokan", "0812-0000-0100")
    assert office.officer(store, "", account) is account
    assert office.officer(store, "unknown", account) is account


def test_the_papers_can_be_listed_without_reportlab() -> None:
    code = "import sys, reports; sys.exit(any(name.startswith('reportlab') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
