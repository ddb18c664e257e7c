"""The editor of conditions: chips that go when pressed, a line that adds one, and text that is never lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from models.conditions import CONDITIONS, facts, operators, read
from models.programs import PROGRAM
from ui.conditions_edit import ConditionsEdit
from ui.form import Form
from ui.words import conditions as w

RULES = "business.nib filled\nscale = micro\nbusiness.kbli starts 10,11  # Olahan pangan | Processed food"


@pytest.fixture
def edit(ctx, shown):
    form = Form(ctx, {"rules": PROGRAM["rules"]})
    made = form.editors["rules"].widget
    assert isinstance(made, ConditionsEdit), "the kind has its own editor"
    made.form = form
    shown(form.fields["rules"], 900, 200)
    return made


def chips(edit):
    QApplication.processEvents()
    return [
        b for b in edit.findChildren(QPushButton) if b.accessibleName().startswith("Hapus syarat") and not b.isHidden()
    ]


def choose(edit, fact, op):
    edit.fact.set_value(fact)
    edit.fact.chosen.emit(fact)
    edit.op.setCurrentIndex(edit.op.findData(op))
    edit.op.activated.emit(edit.op.currentIndex())


def test_what_is_stored_comes_back_to_the_letter(edit):
    edit.form.fill({"rules": RULES})
    assert [chip.text() for chip in chips(edit)] == ["Punya NIB", "Skala: Mikro", "Olahan pangan"]
    assert edit.form.values() == {"rules": RULES}


def test_a_condition_is_put_together_from_lists(edit, qtbot):
    choose(edit, "business.workers", ">=")
    QTest.keyClicks(edit.value, "3")
    with qtbot.waitSignal(edit.edited):
        QTest.keyClick(edit.value, Qt.Key.Key_Return)
    choose(edit, "permit.pirt", "=")
    edit.options.setCurrentIndex(edit.options.findData("issued"))
    edit.add.click()
    choose(edit, "business.nib", "filled")
    assert edit.value.isHidden() or not edit.value.isVisible()
    edit.add.click()
    edit.add.click()
    assert edit.typed().splitlines() == ["business.workers >= 3", "permit.pirt = issued", "business.nib filled"]


def test_a_value_that_does_not_fit_is_said_and_not_added(edit):
    choose(edit, "business.workers", ">=")
    QTest.keyClicks(edit.value, "banyak")
    edit.add.click()
    assert edit.typed() == ""
    assert "perlu nilai yang benar" in edit.fault.text()
    assert edit.fault.isVisible()


def test_pressing_a_chip_takes_its_condition_away(edit):
    edit.write(RULES)
    chips(edit)[1].click()
    assert [c.fact for c in read(edit.typed())] == ["business.nib", "business.kbli"]


def test_a_line_nobody_can_read_stays_as_it_was_written(edit):
    edit.write("omzet besar\nscale = micro")
    assert [chip.text() for chip in chips(edit)] == ["omzet besar", "Skala: Mikro"]
    assert edit.typed() == "omzet besar\nscale = micro"


def test_every_fact_can_be_looked_at_and_every_way_has_words(clock):
    for key, fact in facts().items():
        ways = operators(key)
        assert ways[-2:] == ["filled", "empty"]
        assert set(ways) <= set(w.OPERATORS)
        assert CONDITIONS.check(f"{key} filled", clock.today()) == [], fact
    assert operators("nobody.knows") == []


def test_yes_and_no_are_chosen(edit):
    choose(edit, "owner.pkk_cadre", "=")
    edit.options.setCurrentIndex(edit.options.findData("1"))
    edit.add.click()
    assert edit.typed() == "owner.pkk_cadre = 1"
    assert chips(edit)[0].text().endswith(": Ya")
