"""One cell that changed by itself is found, named and mended, on the laptop; on the server it is named."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from models import outbox, receipts, verifying
from server.tables import RECORD_TABLES, SCOPE
from sync import status, verify, words
from sync.link import NotThere
from tests.fakes import VILLAGE, business, owner
from tests.sync.office import Laptop, Office


@pytest.fixture
def sri(office: Office) -> Laptop:
    """A laptop with five owners and a business that the server has too."""
    laptop = office.laptop()
    ids = [laptop.save("owner", **owner(n)) for n in range(5)]
    laptop.save("business", **business(ids[0]))
    assert laptop.sync().equal is True
    return laptop


def flip(laptop: Laptop, sql: str, *values: Any) -> None:
    """Changes the file behind everybody's back."""
    with laptop.store.transaction(applying=True):
        laptop.store.query(sql, values)


def someone(laptop: Laptop, n: int = 0) -> str:
    return laptop.store.find("owner")[n]["id"]


def counting(laptop: Laptop) -> list[int]:
    """How many records each verify answer brings, from now on."""
    brought: list[int] = []
    asked = laptop.line.verify

    def verify_and_count(request: Any) -> Any:
        answer = asked(request)
        if answer.page:
            brought.append(sum(len(part.c[0]) for part in answer.page.ins))
        return answer

    laptop.line.verify = verify_and_count
    return brought


def test_after_a_week_a_flipped_cell_is_found_named_and_fetched_alone(sri: Laptop) -> None:
    row_id = someone(sri)
    flip(sri, "UPDATE owner SET phone = '+6281200000666' WHERE id = ?", row_id)
    assert sri.sync().mended == []  # its hash still says what was counted
    sri.clock.forward(days=8)
    brought = counting(sri)

    outcome = sri.sync()

    assert [(one.entity, one.row_id, one.on_server) for one in outcome.mended] == [("owner", row_id, False)]
    assert (outcome.equal, outcome.compared_anew, brought) == (True, (), [1])
    assert sri.get("owner", row_id)["phone"] == owner(0)["phone"]
    status.record(sri.store, outcome)
    told = [text for (text,) in sri.store.query("SELECT words_id FROM sync_event")]
    assert words.MENDED.fill(title=outcome.mended[0].title).id in told
    status.keep_receipt(sri.store, outcome)
    assert [(line.entity, line.mended) for line in receipts.kept(sri.store, 1)[0].lines] == [("owner", 1)]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE owner SET name = 'verubah', _h = 5 WHERE id = ?",
        "UPDATE owner SET extra = '{\"x\":1}', _h = 6 WHERE id = ?",
        "UPDATE owner SET deleted = 1, _h = NULL WHERE id = ?",
        "DELETE FROM owner WHERE id = ?",
    ],
)
def test_whatever_went_astray_is_put_right_without_reading_all_again(sri: Laptop, damage: str) -> None:
    row_id = someone(sri, 2)
    before = sri.get("owner", row_id)
    flip(sri, damage, row_id)
    verify.recount(sri.engine._access)

    outcome = sri.sync()

    assert (outcome.equal, outcome.compared_anew) == (True, ())
    assert [one.row_id for one in outcome.mended] == [row_id]
    assert sri.get("owner", row_id) == before


def test_a_wrong_sum_alone_is_counted_again(sri: Laptop) -> None:
    flip(sri, "UPDATE sync_scope SET sum = 5, cnt = 9 WHERE scope = ?", VILLAGE)
    flip(sri, "UPDATE owner SET _h = 5 WHERE id = ?", someone(sri))
    verify.recount(sri.engine._access)

    outcome = sri.sync()
    assert (outcome.equal, outcome.mended, outcome.compared_anew) == (True, [], ())


def test_mending_touches_nothing_that_waits_to_be_sent(sri: Laptop) -> None:
    row_id = someone(sri)
    flip(sri, "UPDATE owner SET phone = '+6281200000666' WHERE id = ?", row_id)
    verify.recount(sri.engine._access)
    sri.save("owner", id=row_id, note="baru diketik")

    assert sri.sync().equal is True
    assert (sri.get("owner", row_id)["note"], sri.get("owner", row_id)["phone"]) == ("baru diketik", owner(0)["phone"])


def test_a_record_that_the_server_lost_is_offered_again(office: Office, sri: Laptop) -> None:
    row_id = someone(sri)
    _lose_on_server(office, row_id)

    outcome = sri.sync()

    assert outcome.equal is True
    assert sri.get("owner", row_id)["name"] == "Siti Contoh 0"
    dewi = office.laptop("Dewi Anggraini")
    dewi.sync()
    assert dewi.get("owner", row_id)["name"] == "Siti Contoh 0"


def _lose_on_server(office: Office, row_id: str) -> None:
    table = RECORD_TABLES["owner"]
    with office.service.db.engine.begin() as conn:
        digest = conn.execute(sa.delete(table).where(table.c.id == row_id).returning(table.c["_h"])).scalar_one()
        here = sa.select(SCOPE.c.sum).where(SCOPE.c.scope == VILLAGE)
        total = verifying.plus(conn.execute(here).scalar_one(), [], [digest])
        conn.execute(sa.update(SCOPE).where(SCOPE.c.scope == VILLAGE).values(cnt=SCOPE.c.cnt - 1, sum=total))


def test_the_servers_own_damage_is_named_and_not_taken_over(office: Office, sri: Laptop) -> None:
    row_id = someone(sri)
    table = RECORD_TABLES["owner"]
    with office.service.db.engine.begin() as conn:
        conn.execute(sa.update(table).where(table.c.id == row_id).values(name="verubah"))
    assert sri.sync().equal is True
    flip(sri, "UPDATE owner SET phone = NULL, _h = 5 WHERE id = ?", row_id)
    verify.recount(sri.engine._access)

    outcome = sri.sync()

    assert outcome.reason == words.DAMAGED_ON_SERVER.fill(title=outcome.mended[0].title)
    assert [(one.row_id, one.on_server) for one in outcome.mended] == [(row_id, True)]
    assert sri.get("owner", row_id)["name"] == "Siti Contoh 0"


def test_an_older_server_is_read_anew(sri: Laptop) -> None:
    row_id = someone(sri)
    flip(sri, "UPDATE owner SET name = 'verubah' WHERE id = ?", row_id)
    verify.recount(sri.engine._access)

    def unknown(_: object) -> Any:
        raise NotThere

    sri.line.verify = unknown
    outcome = sri.sync()
    assert (outcome.equal, outcome.compared_anew) == (True, (VILLAGE,))
    assert sri.get("owner", row_id)["name"] == "Siti Contoh 0"


def test_while_others_write_the_comparison_waits_for_a_level_moment(office: Office, sri: Laptop) -> None:
    dewi = office.laptop("Dewi Anggraini")
    dewi.sync()
    row_id = someone(sri)
    flip(sri, "UPDATE owner SET name = 'verubah' WHERE id = ?", row_id)
    verify.recount(sri.engine._access)
    asked = sri.line.verify

    def and_somebody_writes(request: Any) -> Any:
        sri.line.verify = asked
        dewi.save("owner", **owner(77))
        dewi.sync()
        return asked(request)

    sri.line.verify = and_somebody_writes
    outcome = sri.sync()
    assert (outcome.equal, outcome.compared_anew) == (True, ())
    assert sri.get("owner", row_id)["name"] == "Siti Contoh 0"


def test_a_clock_put_back_does_not_put_the_recount_off(sri: Laptop) -> None:
    assert not verifying.due(sri.store)
    sri.clock.forward(days=-400)
    assert verifying.due(sri.store)
    verify.recount(sri.engine._access)
    assert not verifying.due(sri.store)


def test_a_recount_goes_in_pieces_and_finds_nothing_in_sound_records(
    sri: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "CHUNK", 2)
    pieces: list[int] = []

    def access(work: Any) -> Any:
        pieces.append(1)
        return work(sri.store)

    before = outbox.scopes(sri.store)
    assert verify.recount(access) == []
    assert len(pieces) > 3
    assert outbox.scopes(sri.store) == before
    assert timedelta(days=7) == verifying.EVERY
