"""The first run, by keys: five steps, nothing written before the passphrase, a store open at the end."""

import pytest
from PySide6.QtCore import Qt

from models import accounts
from models.codes import new_code
from models.onboarding import profile
from models.vault import recovery_key_problem
from tests.fakes import SaidDialogs
from tests.reports import pdf as read_back
from tests.ui.printers import FakeDesk
from ui.first_run import FirstRun
from ui.words import first_run as w
from ui.words import preview

PASSPHRASE = "kuda teh sumur pelangi"


@pytest.fixture
def run(tmp_path, monkeypatch, clock, shown):
    monkeypatch.setenv("DAMPINGI_HOME", str(tmp_path / "home"))
    return shown(FirstRun(clock, "id", SaidDialogs(), version="0.1.0", may_cancel=True))


def enter(qtbot, widget, text):
    """Type into the widget and go on by Enter."""
    qtbot.keyClicks(widget, text)
    qtbot.keyClick(widget, Qt.Key.Key_Return)


def to_person(qtbot, run):
    run.next()
    run.skip()
    step = run.step
    enter(qtbot, step.name, "Sri Wahyuni")
    qtbot.keyClicks(step.village, "patokan")
    qtbot.waitUntil(lambda: step.village._popup.isVisible())
    step.village.set_value("3513141017")
    return step


def test_the_whole_way_makes_an_account_and_hands_over_its_open_store(qtbot, run, tmp_path):
    code = new_code()
    run.next()
    enter(qtbot, run.step.code, code.lower())
    enter(qtbot, run.step.address, "https://dampingi.contoh.test/")
    enter(qtbot, run.step.name, "Sri Wahyuni")
    run.step.village.set_value("3513141017")
    enter(qtbot, run.step.phone, "081200000100")
    assert not (tmp_path / "home").exists()
    enter(qtbot, run.step.first, PASSPHRASE)
    enter(qtbot, run.step.second, PASSPHRASE)
    qtbot.waitUntil(lambda: run.answers.made is not None)
    assert not run.next_button.isEnabled()
    assert recovery_key_problem(run.answers.made.recovery_key) is None
    qtbot.keyClick(run.step.sheet.check, Qt.Key.Key_Space)
    run.next()
    with qtbot.waitSignal(run.opened) as caught:
        run.step.choices["import"].click()
    opened = caught.args[0]
    person = profile(opened.store)
    assert (opened.start, person.code, person.server) == ("import", code, "https://dampingi.contoh.test")
    assert (person.village, person.office_phone, opened.store.home_scope) == (
        "3513141017",
        "+6281200000100",
        "3513141017",
    )
    assert opened.account.office == "Kel. Patokan, Kec. Kraksaan"
    opened.store.close()
    accounts.unlock(opened.account, PASSPHRASE).close()


def test_a_mistyped_code_is_noticed_without_internet(qtbot, run):
    run.next()
    code = new_code()
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    enter(qtbot, run.step.code, wrong)
    run.next()
    assert run.number == 1
    assert run.step.code_field.problem == w.CODE_WRONG.id
    run.step.code.setText(code)
    enter(qtbot, run.step.address, "dampingi")
    assert (run.number, run.step.address_field.problem) == (1, w.ADDRESS_WRONG.id)


def test_a_code_may_be_pasted_with_blanks_and_small_letters(qtbot, run):
    run.next()
    qtbot.keyClicks(run.step.code, "kr74-p2m 9zz")
    assert run.step.code.text() == "KR74P2M9"


def test_name_and_village_are_needed_and_said_beside_their_fields(qtbot, run):
    run.next()
    run.skip()
    run.step.phone.setText("123")
    run.next()
    assert run.number == 2
    assert run.step.name_field.problem == w.NAME_MISSING.id
    assert run.step.village_field.problem == w.VILLAGE_MISSING.id
    assert run.step.phone_field.problem


def test_weak_and_different_passphrases_are_refused(qtbot, run, tmp_path):
    to_person(qtbot, run)
    run.next()
    enter(qtbot, run.step.first, "pendek")
    enter(qtbot, run.step.second, "pendek")
    assert "10 huruf" in run.step.first_field.problem
    run.step.first.setText(PASSPHRASE)
    enter(qtbot, run.step.second, "")
    assert run.step.second_field.problem == w.DIFFERENT.id
    assert not (tmp_path / "home").exists()


def test_the_suggested_passphrase_can_be_taken_by_one_press(qtbot, run):
    to_person(qtbot, run)
    run.next()
    run.step.take_suggestion()
    assert run.step.first.text() == run.step.second.text() == run.step.suggestion.text()
    assert len(run.step.first.text().split()) == 4


def test_back_leads_out_at_the_first_step(qtbot, run):
    run.next()
    run.back_button.click()
    assert run.number == 0
    with qtbot.waitSignal(run.cancelled):
        run.back_button.click()


def test_another_language_is_asked_of_the_window(qtbot, run):
    with qtbot.waitSignal(run.language) as caught:
        run.step.choice.buttons()[1].click()
    assert caught.args == ["en"]


@pytest.fixture
def sheet(qtbot, run, tmp_path):
    """The recovery key as it is shown at the end, with a printer beside it."""
    to_person(qtbot, run)
    run.next()
    run.step.take_suggestion()
    run.next()
    qtbot.waitUntil(lambda: run.answers.made is not None)
    run.answers.made.store.close()
    run.step.sheet._desk = FakeDesk(tmp_path)
    return run.step.sheet


def holds_the_key(pdf, run):
    found = read_back.text(pdf)
    return all(group in found for group in run.answers.made.recovery_key.split("-")) and "Sri Wahyuni" in found


def test_recovery_sheet_is_a_paper_written_where_the_person_says(qtbot, run, sheet, tmp_path):
    run.dialogs.file = tmp_path / "kunci.pdf"
    sheet.save()
    qtbot.waitUntil(sheet.said.isVisible)
    assert sheet.said.text() == "PDF tersimpan: kunci.pdf"
    assert holds_the_key((tmp_path / "kunci.pdf").read_bytes(), run)


def test_recovery_sheet_is_printed_on_the_usual_printer(qtbot, run, sheet):
    sheet.print_out()
    qtbot.waitUntil(sheet.said.isVisible)
    (job,) = sheet._desk.jobs
    assert (job.printer, job.size) == ("EPSON L3110", "A4")
    assert sheet.said.text() == "Dikirim ke EPSON L3110."
    assert holds_the_key(job.pdf, run)


def test_without_a_printer_the_recovery_sheet_says_what_to_do(qtbot, run, sheet, tmp_path):
    sheet._desk = FakeDesk(tmp_path, ())
    sheet.print_out()
    qtbot.waitUntil(lambda: bool(run.dialogs.errors))
    assert run.dialogs.errors[0].words == preview.NO_PRINTER
    assert not sheet.said.isVisible()
