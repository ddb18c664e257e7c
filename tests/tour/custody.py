"""The tour's chapter of who keeps a record: by stick without a line, to another village, in another's care."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from models import moving, outbox, receipts
from models.store import Store
from tests.tour.laptop import Laptop, until
from tests.tour.recorder import Evidence, expect
from tests.tour.town import GUESTS, NEXT, NOWHERE, THEIR_KASIE
from ui.drives import Drive
from ui.move_dialog import MoveDialog
from ui.usb_dialog import UsbDialog

if TYPE_CHECKING:
    from tests.tour.journey import Journey

ADDRESS, BRAND = "Jl. Ikan Tongkol 12", "Mis Renyah Gurih"
HANGING = ("business", "consent", "consultation", "follow_up")  # on an owner


class Custody:
    """Its steps; the laptops and the server are the journey's."""

    def __init__(self, tour: "Journey") -> None:
        self.tour = tour

    def by_stick(self) -> Evidence:
        laptop, root = self.tour.laptops["laptop-2"], self.tour.folder / "KINGSTON"
        root.mkdir()
        self.tour.edit("laptop-1", {"owner.address": ADDRESS})
        self.tour.agree("laptop-1")
        laptop.line_to(NOWHERE)
        self.tour.edit("laptop-2", {"business.brand": BRAND})
        dialog = self._open_dialog(laptop, Drive("KINGSTON (E:)", root, 11_400_000_000))
        pictures = [laptop.picture("flashdisk", dialog)]
        self._press(laptop, dialog.hand)
        expect(until(lambda: any(root.glob("*.dtx"))), "nothing was written to the stick")
        said = self.tour.admin("exchange", str(root))
        dialog.look()
        expect(until(dialog.take.isEnabled), f"no answer of the Dinas: {said}")
        pictures.append(laptop.picture("flashdisk-jawaban", dialog))
        self._press(laptop, dialog.take)
        expect(until(lambda: laptop.ask(outbox.waiting) == 0), "something still waits")
        until(lambda: not dialog._busy)
        laptop.press(Qt.Key.Key_Escape)
        receipt = laptop.ask(lambda store: receipts.kept(store, 1))[0]
        expect((receipt.way, receipt.equal) == ("stick", True), f"receipt {receipt}")
        laptop.page.show_list("receipts")
        pictures.append(laptop.picture("tanda-terima"))
        return self._after_the_stick(laptop) | {
            "sent": sum(line.sent for line in receipt.lines),
            "received": sum(line.received for line in receipt.lines),
            "waiting": 0,
            "files": sorted(file.suffix for file in root.iterdir()),
            "pictures": pictures,
        }

    def _open_dialog(self, laptop: Laptop, drive: Drive) -> UsbDialog:
        laptop.shortcut("Ctrl+8")
        page = laptop.page
        page.drives = lambda: [drive]
        expect(until(page._usb.isEnabled), "no exchange by stick is offered")
        page._usb.click()
        dialog = laptop.window.findChild(UsbDialog)
        expect(dialog is not None and until(dialog.hand.isEnabled), "the stick was not seen")
        assert dialog is not None
        return dialog

    def _press(self, laptop: Laptop, button: object) -> None:
        """Lead the focus to a button by Tab and press it by the space bar."""
        for _ in range(8):
            if laptop.focus() is button:
                laptop.press(Qt.Key.Key_Space)
                return
            laptop.press(Qt.Key.Key_Tab)
        expect(False, "Tab does not lead to the button")

    def _after_the_stick(self, laptop: Laptop) -> Evidence:
        """With a line again nothing is left to do, and the other laptop hears of it."""
        owner = laptop.ask(lambda store: store.get("owner", self.tour.business["owner_id"]))
        expect(owner["address"] == ADDRESS, f"no news came by stick: {owner['address']}")
        laptop.line_to(self.tour.central.address)
        sent = self.tour.agree("laptop-2")["sent"]
        self.tour.agree("laptop-1")
        expect(sent == 0, f"{sent} records went twice")
        there = self.tour.laptops["laptop-1"].ask(self.tour._business)["brand"]
        expect(there == BRAND, f"laptop 1 has {there}")
        return {"sent_again_by_line": sent}

    def move(self) -> Evidence:
        laptop, owner = self.tour.laptops["laptop-1"], self.tour.business["owner_id"]
        before = laptop.ask(partial(self._whole, owner=owner))
        old = before[owner]
        pictures = self._ask_to_move(laptop, "mangunharjo")
        expect(laptop.ask(lambda store: moving.asked(store, owner)) == NEXT, "nothing was asked of the server")
        for key in ("laptop-1", "laptop-2"):
            self.tour.agree(key)
        for key, each in self.tour.laptops.items():
            after = each.ask(partial(self._whole, owner=owner))
            expect(after == dict.fromkeys(before, NEXT), f"{key}: {before} became {after}")
        there = {row["scope"] for name in HANGING for row in self.tour.central.rows(name, "owner_id", owner)}
        expect(there == {NEXT}, f"on the server: {there}")
        self.tour.heart.skip()
        [change] = [c for c in laptop.ask(lambda store: store.history("owner", owner)) if c.field == moving.SCOPE]
        return {"records": len(before), "from": old, "to": change.new, "sums": "equal", "pictures": pictures}

    def _ask_to_move(self, laptop: Laptop, village: str) -> list[str]:
        """Choose a village in the dialog of the panel, by keys."""
        laptop.shell.go("owners", business_id=self.tour.business["id"], text="", filters=())
        expect(until(laptop.page.panel.isVisible), "the panel does not open")
        laptop.shortcut("Ctrl+M")
        expect(until(lambda: QApplication.activeModalWidget() is not None), "no village is asked for")
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, MoveDialog)
        laptop.type(village)
        laptop.enter()
        expect(until(dialog.act.isEnabled), f"the village may not be chosen: {dialog.field}")
        pictures = [laptop.picture("pindah-desa", dialog)]
        laptop.shortcut("Ctrl+Return")
        expect(until(lambda: QApplication.activeModalWidget() is None), "the dialog stays")
        laptop.shortcut("Ctrl+8")
        laptop.page.show_list("waiting")
        return [*pictures, laptop.picture("pindah-menunggu")]

    @staticmethod
    def _whole(store: Store, owner: str) -> dict[str, str]:
        """An owner and all that hangs on them here, each with the scope that keeps it."""
        rows = [*store.find("owner", id=owner), *(row for name in HANGING for row in store.find(name, owner_id=owner))]
        return {row["id"]: row["scope"] for row in rows}

    def guest(self) -> Evidence:
        laptop = self.tour.laptops["laptop-2"]
        today = laptop.window.clock.today().isoformat()
        event = {"name": "Ngantor di Kecamatan", "kind": "clinic", "held_on": today, "state": "planned"}
        laptop.write(lambda store: store.save("event", event))
        guest, pictures = self._serve_guest(laptop)
        here = laptop.ask(partial(self._whole, owner=guest))
        expect(set(here.values()) == {GUESTS}, f"made in {here}")
        self.tour.agree("laptop-2")
        left = laptop.ask(lambda store: [name for name in ("owner", *HANGING) for _ in store.find(name, scope=GUESTS)])
        expect(left == [], f"still here: {left}")
        there = self.tour.central.rows("owner", "id", guest)
        hanging = [row for name in HANGING for row in self.tour.central.rows(name, "owner_id", guest)]
        [task] = self.tour.central.rows("follow_up", "owner_id", guest)
        self.tour.heart.skip()
        expect({row["scope"] for row in (*there, *hanging)} == {GUESTS}, "the server keeps it elsewhere")
        expect({row["id"] for row in (*there, *hanging)} == set(here), "not everything arrived")
        expect((task["responsible"], task["responsible_name"]) == ("kasie", THEIR_KASIE), f"{task}")
        laptop.shortcut("Ctrl+2")
        expect(until(laptop.page.panel.isHidden), "the panel still shows the guest")
        pictures.append(laptop.picture("titipan-pergi"))
        return {
            "records": len(here), "in": GUESTS, "left_here": len(left), "responsible": task["responsible_name"],
            "pictures": pictures,
        }  # fmt: skip

    def _serve_guest(self, laptop: Laptop) -> tuple[str, list[str]]:
        """Register somebody of a village that this laptop does not hold, and hold a session; the owner's id."""
        laptop.shortcut("F2")
        for text in ("Suliha", "3574024105829918", "081200000792"):
            laptop.type(text)
            laptop.enter()
        laptop.page.form.form.lead_to("owner.village")
        laptop.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        laptop.type("jrebeng kidul")
        laptop.enter()
        laptop.page.form.form.lead_to("business.name")
        for text in ("Jamu Bu Suliha", "jamu"):
            laptop.type(text)
            laptop.enter()
        pictures = [laptop.picture("tamu-daftar")]
        laptop.shortcut("Ctrl+Return")
        expect(until(lambda: laptop.page.view.at_notice, 10), "the form does not go on")
        laptop.type("1")
        laptop.shortcut("Ctrl+Return")
        expect(until(lambda: laptop.shell.key == "owners"), "the guest was not saved")
        [guest] = laptop.ask(lambda store: store.find("owner", name="Suliha"))
        laptop.shell.go("session", owner_id=guest["id"])
        expect(until(lambda: laptop.page._desk.isEnabled() and laptop.page.who is not None), "no session form")
        laptop.type("1")
        laptop.press(Qt.Key.Key_Tab)
        laptop.type("Belum punya NIB")
        self.tour._choose_follow_up(laptop, "7")
        pictures.append(laptop.picture("tamu-sesi"))
        laptop.shortcut("Ctrl+Return")
        expect(until(lambda: laptop.shell.key != "session"), "the guest's session was not saved")
        return guest["id"], pictures
