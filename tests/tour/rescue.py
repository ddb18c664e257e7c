"""The tour's chapter of unsent work that survives: a revoked laptop, and an old Kasie who is gone."""

from pathlib import Path
from typing import TYPE_CHECKING

from models import outbox
from tests.fakes import business, owner
from tests.tour.laptop import Laptop, until
from tests.tour.recorder import Evidence, expect
from tests.tour.town import NOWHERE, PREDECESSOR, SUCCESSOR, VILLAGES

if TYPE_CHECKING:
    from tests.tour.journey import Journey

UNSENT = 14
NEW_PASSPHRASE = "kelapa sepeda hujan meja"


class Rescue:
    """Its steps; the laptops and the server are the journey's."""

    def __init__(self, tour: "Journey") -> None:
        self.tour = tour

    def revoked(self) -> Evidence:
        laptop = self.tour.laptops["laptop-2"]
        self.tour.edit("laptop-2", {"business.brand": "Mis Paling Renyah"})
        device = laptop.ask(outbox.device)
        self.tour.admin("revoke", device)
        outcome = laptop.sync()
        expect((outcome.held, laptop.ask(outbox.waiting)) == (1, 0), f"handed in: {outcome}")
        expect(laptop.ask(self.tour._business)["brand"] == "Mis Paling Renyah", "the laptop lost its own work")
        laptop.shortcut("Ctrl+8")
        pictures = [laptop.picture("dicabut")]
        held_id, state, _, scope, *rest = self.tour.admin("held").split()
        expect((state, rest[-2:]) == ("waiting", ["business", "1"]), f"held: {state} {rest}")
        self.tour.admin("accept", held_id)
        expect(self.tour.admin("held") == "", "it still waits for a supervisor")
        self.tour.agree("laptop-1")
        [there] = self.tour.central.rows("business", "id", self.tour.business["id"])
        self.tour.heart.skip()
        brands = {there["brand"], self.tour.laptops["laptop-1"].ask(self.tour._business)["brand"]}
        expect(brands == {"Mis Paling Renyah"}, f"brands {brands}")
        return {"handed_in": outcome.held, "in": scope, "accepted": 1, "waiting": 0, "pictures": pictures}

    def successor(self) -> Evidence:
        laptop = self.tour.laptops["laptop-1"]
        laptop.sit_down()
        author, records = self._leave_unsent(laptop)
        self.tour.admin("grant", PREDECESSOR, *VILLAGES, "--end")
        self.tour.employ(SUCCESSOR, "kasie", VILLAGES[0], VILLAGES)
        pictures = self._open_by_the_office(laptop)
        waited = laptop.ask(outbox.waiting)
        outcome = laptop.sync()
        expect((waited, outcome.sent, outcome.held) == (UNSENT, UNSENT, 0), f"{waited} waited, {outcome}")
        left = laptop.ask(lambda store: store.count("owner"))
        expect(left == 0, f"{left} owners stay with who works there no longer")
        pictures += self._sit_in(laptop)
        arrived = laptop.ask(lambda store: [row for name, row_id in records if (row := store.get(name, row_id))])
        expect(len(arrived) == UNSENT, f"{len(arrived)} of {UNSENT} reached the successor")
        expect({row["created_by"] for row in arrived} == {author}, "they are no longer the predecessor's work")
        on_server = [row for name, row_id in records for row in self.tour.central.rows(name, "id", row_id)]
        self.tour.heart.skip()
        expect(len(on_server) == UNSENT, f"{len(on_server)} of {UNSENT} stand on the server")
        return {"unsent": waited, "sent": outcome.sent, "at_the_successor": len(arrived), "pictures": pictures}

    def _leave_unsent(self, laptop: Laptop) -> tuple[str, list[tuple[str, str]]]:
        """The last day of the old Kasie, without a line: seven owners, each with a business; who, and which records."""
        laptop.line_to(NOWHERE)
        village, new_id = laptop.ask(lambda store: store.home_scope), laptop.window.clock.new_id
        rows = [("owner", owner(n, id=new_id(), village=village)) for n in range(1, UNSENT // 2 + 1)]
        rows += [
            ("business", business(row["id"], n, id=new_id(), village=village)) for n, (_, row) in enumerate(rows, 1)
        ]
        laptop.write(lambda store: store.save_all(rows))
        expect(laptop.ask(outbox.waiting) == UNSENT, "not all of them wait")
        author = laptop.ask(lambda store: store.setting("staff_id"))
        laptop.line_to(self.tour.central.address)
        laptop.window.lock_out()
        return author, [(name, row["id"]) for name, row in rows]

    def _open_by_the_office(self, laptop: Laptop) -> list[str]:
        """Nobody knows the passphrase any more: the Dinas opens the key, and tells the letters."""
        screen, request = laptop.screen, self.tour.folder / "permintaan.dampingi-kunci"
        screen.passphrase_form.use_key.emit()
        laptop.said.file = request
        screen.recovery_form.ask_office.emit()
        answer, letters = self.tour.admin("open-key", str(request)).splitlines()
        laptop.said.file = Path(answer)
        screen.recovery_form.take_answer.emit()
        laptop.type(letters.lower())
        pictures = [laptop.picture("kunci-dari-dinas")]
        for text in (NEW_PASSPHRASE, NEW_PASSPHRASE):
            laptop.enter()
            laptop.type(text)
        laptop.enter()
        expect(until(lambda: hasattr(screen, "sheet")), "the letters of the Dinas did not open the data")
        screen.sheet.check.click()
        expect(until(lambda: laptop.window.account is not None), "the data did not open")
        return pictures

    def _sit_in(self, laptop: Laptop) -> list[str]:
        """The successor's own account on the same machine receives everything."""
        laptop.window.lock_out()
        laptop.screen.add_person.emit()
        self.tour.first_run(SUCCESSOR, "laptop-1")
        self.tour.agree("laptop-1")
        laptop.shortcut("Ctrl+2")
        laptop.type("keripik contoh")
        expect(until(lambda: laptop.page.table.model().rowCount() == UNSENT // 2), "the list does not show them")
        return [laptop.picture("penerus")]
