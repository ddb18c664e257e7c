"""Pengaturan: what is changed is kept at once, and bad input is neither kept nor lost on the way."""

from base64 import b64decode

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from models import accounts, backups
from models.kinds import KINDS
from models.onboarding import Person, make_account, profile
from reports import office
from tests.fakes import VILLAGE, InstantBackground
from ui.context import Profile
from ui.settings_page import SECTIONS, SettingsPage
from ui.words import settings as w

PASSPHRASE = "kuda teh sumur pelangi"


class Host:
    """A window that only remembers what it was asked."""

    def __init__(self):
        self.restyled, self.said = [], []

    def restyle(self, *, lang=None, theme=None):
        self.restyled.append((lang, theme))

    def toast(self, words, action=None, act=None):
        self.said.append(words)

    def show_error(self, error):
        self.said.append(error.words)


@pytest.fixture
def opened(tmp_path, monkeypatch, clock, ctx):
    monkeypatch.setenv("DAMPINGI_HOME", str(tmp_path / "home"))
    made = make_account(Person("Sri Wahyuni", VILLAGE, "Kasie Pemberdayaan Masyarakat"), PASSPHRASE, clock)
    ctx.background = InstantBackground(made.store, ctx.events)
    ctx.profile = Profile("Sri Wahyuni", account=made.account, home_scope=VILLAGE)
    ctx.host = Host()
    yield made
    made.store.close()


@pytest.fixture
def page(opened, ctx, shown):
    made = SettingsPage(ctx)
    shown(made)
    made.open(section="profile")
    return made


def section(page, key):
    page.show_section(key)
    return page._sections[key]


def test_every_section_of_the_rail_opens(page):
    assert list(SECTIONS) == [key for key, _, _ in w.SECTIONS]
    for key in SECTIONS:
        assert section(page, key).isVisible()


def test_profile_is_kept_when_the_page_is_left(page, opened):
    form = section(page, "profile")
    assert form.position.text() == "Kasie Pemberdayaan Masyarakat"
    form.position.setText("Lurah")
    form.phone.setText("081200000100")
    page.leave()
    kept = profile(opened.store)
    assert (kept.position, kept.office_phone, kept.name) == ("Lurah", "+6281200000100", "Sri Wahyuni")


def test_a_wrong_phone_is_said_and_not_kept(page, opened, ctx):
    form = section(page, "profile")
    form.phone.setText("12")
    form.phone.left.emit()
    assert ctx.host.said == [p.words for p in KINDS["phone"].check("12")]
    page.leave()
    assert profile(opened.store).office_phone == ""


def test_how_many_numbers_are_left_stands_in_one_line(page, opened):
    assert section(page, "office").numbers.text() == w.NO_NUMBERS.id
    opened.store.query("UPDATE sync_device SET id = 'laptop-1'")
    for series, first in (("letter", 501), ("session", 201)):
        block = {"series": series, "region": VILLAGE, "device": "laptop-1", "first": first, "last": first + 99}
        opened.store.save("number_block", block)
    assert section(page, "office").numbers.text() == "Ringkasan 100 · Sesi 100 · Fasilitasi –"


def test_letterhead_and_emblem_reach_the_settings_of_the_papers(page, opened, ctx, tmp_path):
    form = section(page, "office")
    assert {*form.edits, "emblem"} == set(office.own(opened.store))
    form.edits["address"].setText("Jl. Contoh No. 1")
    form.edits["office_hours"].setText("Senin–Kamis 08.00–14.00")
    form.edits["address"].left.emit()
    assert opened.store.setting("letterhead")["address"] == "Jl. Contoh No. 1"
    assert opened.store.setting("office_hours") == "Senin–Kamis 08.00–14.00"
    form.edits["head.name"].setText("Budi Contoh, S.Sos.")
    form.edits["dinas.nip"].setText("19730215 199302 2 002")
    form.leave()
    head = office.signer(opened.store, "head", w.HEAD_NAME, "id")
    assert (head.above, head.name, head.below) == (w.HEAD_NAME.id, "Budi Contoh, S.Sos.", office.NIP_DOTS)
    assert office.signer(opened.store, "dinas", w.DINAS_NAME, "id").below == "NIP. 19730215 199302 2 002"
    form.open()
    assert form.edits["head.name"].text() == "Budi Contoh, S.Sos."
    wrong = tmp_path / "lambang.png"
    wrong.write_bytes(b"\x89PNG broken")
    ctx.dialogs.file = wrong
    form._choose()
    assert ctx.host.said[-1] == w.EMBLEM_WRONG
    assert opened.store.setting("letterhead")["emblem"] == ""


def test_an_emblem_of_any_jpeg_is_taken(page, opened, ctx, tmp_path):
    form, picture = section(page, "office"), tmp_path / "lambang.jpg"
    drawn = QImage(20, 20, QImage.Format.Format_RGB32)
    drawn.fill(Qt.GlobalColor.red)
    assert drawn.save(str(picture))
    whole = picture.read_bytes()
    picture.write_bytes(whole[:2] + whole[4 + int.from_bytes(whole[4:6]) :])  # without JFIF's own head
    ctx.dialogs.file = picture
    form._choose()
    assert b64decode(opened.store.setting("letterhead")["emblem"]) == picture.read_bytes()


def test_backup_is_made_once_a_day_and_listed(page, opened, ctx):
    form = section(page, "backup")
    form._make()
    form._make()
    assert ctx.host.said == [w.BACKUP_DONE, w.BACKUP_TODAY]
    assert len(backups.listed(opened.account.backups)) == 1
    assert form.list.itemAt(0).layout().itemAt(0).widget().text() == "Selasa, 24 November 2026, 09.42"


def test_look_language_and_size_ask_the_window(page, ctx):
    form = section(page, "look")
    form.colours.buttons()[1].click()
    form.text_size.buttons()[2].click()
    form.language.buttons()[1].click()
    (_, dark), (_, huge), (lang, _) = ctx.host.restyled
    assert (dark.mode, huge.k, lang) == ("dark", 1.28, "en")


def test_passphrase_changes_only_with_the_old_one(page, opened, qtbot):
    section(page, "profile")
    form = next(c for c in page.findChildren(object) if type(c).__name__ == "PassphraseChange")
    form.start()
    form.old.setText("bukan yang sekarang")
    form.first.setText("gunung sapu kertas angin")
    form.second.setText("gunung sapu kertas angin")
    form.keep()
    assert form.fields[0].problem == "Kata sandi salah."
    form.old.setText(PASSPHRASE)
    form.keep()
    assert not form.isVisible()
    opened.store.close()
    accounts.unlock(opened.account, "gunung sapu kertas angin").close()
