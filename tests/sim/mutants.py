"""Planted bugs, each a plausible slip of this protocol. The simulation must find every one of them."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from models import departing, first_reading, inbox, outbox
from models.store import Changes
from server import merging, moving, push
from server.pull import check
from server.segments import Segments
from sync import engine, merge
from sync.engine import Offline
from sync.link import MassDeletion
from tests.sim.world import Crash

Plant = Callable[[pytest.MonkeyPatch, random.Random], None]


def acknowledgement_moves_the_base(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    accepted = inbox._Arrival.accepted

    def mutant(self: Any, sent: Any, values: Any) -> None:
        accepted(self, sent, values)
        self.store.query("UPDATE sync_pending SET base = ? WHERE row_id = ?", (self.seq, sent[2]))

    patch.setattr(inbox._Arrival, "accepted", mutant)


def page_moves_the_base(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    original = inbox._Arrival.patch

    def mutant(self: Any, change: Any) -> None:
        original(self, change)
        self.store.query("UPDATE sync_pending SET base = ? WHERE row_id = ? AND base > 0", (self.seq, change[1]))

    patch.setattr(inbox._Arrival, "patch", mutant)


def half_a_batch_is_committed(patch: pytest.MonkeyPatch, rng: random.Random) -> None:
    take = push._take

    def mutant(conn: Any, plan: Any, *rest: Any) -> bytes:
        if len(plan.operations) > 1 and rng.random() < 0.3:
            plan = replace(plan, operations=plan.operations[: len(plan.operations) // 2])
            take(conn, plan, *rest)
            conn.commit()
            raise Offline
        return take(conn, plan, *rest)

    patch.setattr(push, "_take", mutant)


def answer_before_commit(patch: pytest.MonkeyPatch, rng: random.Random) -> None:
    take = push._take

    def mutant(conn: Any, *rest: Any) -> bytes:
        answer = take(conn, *rest)
        if rng.random() < 0.1:
            conn.exec_driver_sql("ROLLBACK")
            conn.exec_driver_sql("BEGIN IMMEDIATE")
        return answer

    patch.setattr(push, "_take", mutant)


def resend_under_a_new_counter(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    take = outbox.take

    def mutant(store: Any, most: int) -> Any:
        with store.transaction(applying=True):
            store.query("DELETE FROM sync_inflight")
        return take(store, most)

    patch.setattr(outbox, "take", mutant)


def cursor_before_the_page(patch: pytest.MonkeyPatch, rng: random.Random) -> None:
    apply_page = inbox.apply_page

    def mutant(store: Any, scope: str, cursor: int, *rest: Any) -> Any:
        with store.transaction(applying=True):
            store.query("UPDATE sync_scope SET cursor = ? WHERE scope = ?", (cursor, scope))
        if rng.random() < 0.2:
            raise Crash
        return apply_page(store, scope, cursor, *rest)

    patch.setattr(inbox, "apply_page", mutant)


def winner_without_a_conflict(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    patch.setattr(merging.Work, "_open_conflict", lambda *_: None)


def answer_without_the_unseen(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    patch.setattr(merging.Work, "_note_unseen", lambda *_: None)


def edits_in_flight_are_forgotten(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    accepted = inbox._Arrival.accepted

    def mutant(self: Any, sent: Any, values: Any) -> None:
        accepted(self, sent, values)
        for table in ("sync_pending", "sync_shadow"):
            self.store.query(f"DELETE FROM {table} WHERE tbl = ? AND row_id = ?", (sent[1], sent[2]))

    patch.setattr(inbox._Arrival, "accepted", mutant)


def page_overwrites_unsent_edits(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    original = inbox._Arrival.patch

    def mutant(self: Any, change: Any) -> None:
        self.store.query("DELETE FROM sync_pending WHERE row_id = ? AND field <> ''", (change[1],))
        self.store.query("DELETE FROM sync_shadow WHERE row_id = ?", (change[1],))
        original(self, change)

    patch.setattr(inbox._Arrival, "patch", mutant)


def groups_fall_apart(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    from models.schema import Entity

    patch.setattr(Entity, "unit", lambda _self, name: name)


def deletion_wins(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    patch.setattr(merging, "may_delete", lambda *_: None)


def later_stamp_wins_unasked(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    def mutant(entity: Any, unit: str, sent: Any, held: Any, verdict: Any) -> None:
        verdict.taken[unit] = sent.values

    patch.setattr(merge, "_settle", mutant)


def answers_are_not_kept(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    patch.setattr(push, "_answered_before", lambda *_: None)
    patch.setattr(push, "_KEEP", push._KEEP.prefix_with("OR REPLACE"))


def rows_stay_when_the_grant_ends(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    patch.setattr(departing, "sweep", lambda _store: Changes())


def bases_are_not_translated_after_a_move(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    patch.setattr(moving.Away, "base", lambda _self, number: number + 1000)


def a_move_leaves_the_old_copy(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    patch.setattr(inbox._Arrival, "left", lambda *_: None)


def work_after_the_grant_is_dropped(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    patch.setattr(push, "hold", lambda *_: None)


def guests_stay(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    patch.setattr(departing, "_care", lambda *_: Changes())


def parts_end_where_the_scope_does(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    listing = Segments.listing

    def mutant(self: Segments, scope: str) -> Any:
        with self.db.read() as conn:
            standing = check(conn, scope)
        parts = listing(self, scope)
        patch.setattr(first_reading, "end", lambda store, name, _: end(store, name, standing.head if standing else 0))
        return parts

    end = first_reading.end
    patch.setattr(Segments, "listing", mutant)


def a_brake_that_lost_the_page(patch: pytest.MonkeyPatch, _: random.Random) -> None:
    brake = engine._brake

    def mutant(store: Any, pages: Any, outcome: Any) -> None:
        try:
            brake(store, pages, outcome)
        except MassDeletion:
            for page in pages:
                store.query("UPDATE sync_scope SET cursor = ? WHERE scope = ?", (page.cursor, page.scope))
            raise

    patch.setattr(engine, "_brake", mutant)


MUTANTS: tuple[Plant, ...] = (
    acknowledgement_moves_the_base,
    page_moves_the_base,
    half_a_batch_is_committed,
    answer_before_commit,
    resend_under_a_new_counter,
    cursor_before_the_page,
    winner_without_a_conflict,
    answer_without_the_unseen,
    edits_in_flight_are_forgotten,
    page_overwrites_unsent_edits,
    groups_fall_apart,
    deletion_wins,
    later_stamp_wins_unasked,
    answers_are_not_kept,
    rows_stay_when_the_grant_ends,
    bases_are_not_translated_after_a_move,
    a_move_leaves_the_old_copy,
    work_after_the_grant_is_dropped,
    guests_stay,
    parts_end_where_the_scope_does,
    a_brake_that_lost_the_page,
)
