"""Letterhead and place of an office, from its settings."""

import subprocess
import sys
from base64 import b64encode

from models.store import Store
from reports import office
from reports.paper import Officer
from tests.fakes import VILLAGE


def test_a_new_office_has_the_letterhead_of_its_region(store: Store) -> None:
    kop = office.letterhead(store, VILLAGE)
    assert (kop.above, kop.between, kop.office) == (
        "PEMERINTAH KABUPATEN PROBOLINGGO", "KECAMATAN KRAKSAAN", "KELURAHAN PATOKAN",
    )  # fmt: skip
    assert office.dinas_letterhead(store, VILLAGE) == kop  # until that of the Dinas is set
    assert office.place(store, VILLAGE) == "Patokan"
    assert office.place(store, VILLAGE[:6]) == "Kraksaan"


def test_kecamatan_desa_kota_and_nowhere(store: Store) -> None:
    assert office.letterhead(store, "351314").office == "KECAMATAN KRAKSAAN"
    assert office.letterhead(store, "3513142018").office.startswith("DESA ")
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


def test_what_the_office_sets_itself_is_kept_whole_beside_what_it_does_not(store: Store) -> None:
    assert set(office.own(store).values()) == {""}
    store.set_setting("letterhead", {"between": "B"})
    store.set_setting("signers", {"head": {"above": "Plt. Lurah Patokan"}})
    now = {key: f"own {key}" for key in office.own(store)}
    office.keep_own(store, now)
    assert office.own(store) == now
    assert store.setting("letterhead")["between"] == "B"
    assert store.setting("signers")["head"]["above"] == "Plt. Lurah Patokan"
    head = office.signer(store, "head", office.FREE, "id")
    assert (head.above, head.name) == ("Plt. Lurah Patokan", "own head.name")


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
