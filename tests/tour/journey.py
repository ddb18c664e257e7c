"""The steps of the tour, in order. Each returns what it proved."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from models import outbox, summaries
from models.kinds import KINDS
from models.settling import open_conflicts
from tests.tour import papers
from tests.tour.central import Central
from tests.tour.custody import Custody
from tests.tour.laptop import CTRL, Heartbeat, Laptop, until
from tests.tour.recorder import Evidence, Recorder, expect
from tests.tour.rescue import Rescue
from tests.tour.town import CONSULTANT, PREDECESSOR, STAFF, VILLAGES

WORKBOOK = Path(__file__).parents[1] / "data" / "contoh-data-umkm.xlsx"
ALT = Qt.KeyboardModifier.AltModifier


class Journey:
    """Two laptops and one server, from the first run to the paper in the owner's hand."""

    def __init__(self, folder: Path, recorder: Recorder) -> None:
        self.folder, self.recorder = folder, recorder
        self.heart = Heartbeat()
        self.central = Central(folder / "server")
        self.laptops: dict[str, Laptop] = {}
        self.business: dict[str, Any] = {}
        self.custody, self.rescue = Custody(self), Rescue(self)

    def steps(self) -> list[tuple[str, Callable[[], Evidence]]]:
        """Every step with its name; each also tells how long the main thread was busy at most."""
        named = [
            ("a server starts and learns its staff", self.start_server),
            ("first run of laptop 1 with the file of the Dinas", lambda: self.first_run(PREDECESSOR, "laptop-1")),
            ("the laptop enrols and sends for the first time", self.enrol),
            ("an office's workbook is imported", self.import_workbook),
            ("the list, its search and its panel", self.look_at_the_list),
            ("a business is registered by keys alone", self.register),
            ("two sessions are logged", self.sessions),
            ("Beranda shows the follow-ups", self.home),
            ("laptop 1 and the server agree", lambda: self.agree("laptop-1")),
            ("every screen in the dark, in English, with large text", self.other_looks),
            ("first run of laptop 2; it receives everything", self.second_laptop),
            ("different fields changed on both laptops merge silently", self.merge_silently),
            ("the same field becomes a conflict and is settled by keys", self.settle_conflict),
            ("work and news go by stick where there is no line", self.custody.by_stick),
            ("an owner moves to the office of another village", self.custody.move),
            ("a guest is left in care of another kecamatan", self.custody.guest),
            ("both laptops and the server agree to the last byte", self.all_agree),
            ("the summary is printed on A4 and F4", self.print_summary),
            ("lock, unlock, and everything is there", self.unlock_again),
            ("a revoked laptop hands in its work", self.rescue.revoked),
            ("14 unsent records of the old Kasie arrive through the successor", self.rescue.successor),
        ]
        return [(name, self._with_heart(step)) for name, step in named]

    def close(self) -> None:
        """End what runs, whatever happened."""
        for laptop in self.laptops.values():
            laptop.close()
        self.central.stop()

    def _with_heart(self, step: Callable[[], Evidence]) -> Callable[[], Evidence]:
        def run() -> Evidence:
            self.heart.take()
            evidence = step()
            return evidence | self.heart.take()

        return run

    def start_server(self) -> Evidence:
        self.central.start(until)
        self.heart.take()  # nobody at a laptop waits for it
        for person in STAFF:
            self.employ(*person)
        for name in (PREDECESSOR, CONSULTANT):
            self.ticket(name)
        return {"address": "https, self-signed, pinned key", "staff": len(STAFF), "villages": len(VILLAGES)}

    def employ(self, name: str, role: str, region: str, scopes: Sequence[str]) -> None:
        """Somebody more works for the Dinas."""
        granted = [word for scope in scopes for word in ("--scope", scope)]
        self.admin("staff", "add", name, "--role", role, "--region", region, *granted)

    def ticket(self, name: str) -> Path:
        """The file of the Dinas with which somebody's laptop enrols."""
        file = self.folder / f"{name}.dampingi"
        if not file.is_file():
            self.admin("code", name, "--file", str(file), "--address", self.central.address)
            expect(file.is_file(), "no enrolment file")
        return file

    def admin(self, *words: str) -> str:
        """A command at the server's shell; nobody at a laptop waits for it."""
        said = self.central.do(*words)
        self.heart.skip()
        return said

    def first_run(self, name: str, key: str) -> Evidence:
        laptop = self.laptops.get(key)
        if laptop is None:
            laptop = self.laptops[key] = Laptop(key, self.folder / key, self.recorder, self.heart)
            laptop.window.first_run()
        run, pictures = laptop.screen, []
        pictures.append(laptop.picture("pilih-bahasa"))
        run.next()
        laptop.said.file = self.ticket(name)
        run.step._choose()
        pictures.append(laptop.picture("sambungkan"))
        run.next()
        laptop.type(name)
        laptop.enter()
        laptop.type("mayangan")
        until(lambda: run.step.village._popup.isVisible(), 5)
        run.step.village.set_value(VILLAGES[0])
        pictures.append(laptop.picture("data-petugas"))
        run.next()
        run.step.take_suggestion()
        passphrase = self.passphrase = run.step.first.text()
        pictures.append(laptop.picture("kata-sandi"))
        run.next()
        expect(until(lambda: run.answers.made is not None), "the account was not made")
        pictures.append(laptop.picture("kunci-pemulihan"))
        run.step.sheet.check.click()
        run.next()
        pictures.append(laptop.picture("siap"))
        run.step.choices["home"].click()
        expect(until(lambda: laptop.window.account is not None), "the shell did not open")
        pictures.append(laptop.picture("beranda-kosong"))
        return {"words_in_passphrase": len(passphrase.split()), "pictures": pictures}

    def enrol(self) -> Evidence:
        laptop = self.laptops["laptop-1"]
        laptop.shortcut("Ctrl+2")
        empty = laptop.picture("pelaku-usaha-kosong")
        outcome = laptop.sync()
        expect(outcome.equal and not outcome.reason, f"first sync: {outcome}")
        scopes = laptop.ask(outbox.scopes)
        expect(set(VILLAGES) <= set(scopes), f"scopes {sorted(scopes)}")
        return {"scopes": len(scopes), "pictures": [empty, laptop.picture("sinkronisasi")]}

    def import_workbook(self) -> Evidence:
        laptop = self.laptops["laptop-1"]
        laptop.shell.go("import")
        page = laptop.page
        pictures = [laptop.picture("impor-pilih")]
        page.read(WORKBOOK)
        expect(until(lambda: page.plan is not None and page._view is page.review), "the workbook was not read")
        pictures.append(laptop.picture("impor-periksa"))
        cures = len(page.plan.cures)
        page.review.apply_all.emit()
        expect(until(lambda: not page._stepping and len(page.plan.cures) < cures), "the cures were not applied")
        page.review.informed.set_value("not_yet")
        pictures.append(laptop.picture("impor-siap"))
        ready = page.plan.count("ready", "check")
        laptop.shortcut("Ctrl+Return")
        expect(until(lambda: page._view is page.result), "nothing was imported")
        pictures.append(laptop.picture("impor-hasil"))
        there = laptop.ask(lambda store: (store.count("owner"), store.count("business"), store.count("consent")))
        expect(there[1] == ready, f"{ready} rows ready, {there[1]} businesses written")
        return {
            "rows": ready,
            "held": page.plan.count("held"),
            "cures": cures,
            "owners": there[0],
            "pictures": pictures,
        }

    def look_at_the_list(self) -> Evidence:
        laptop = self.laptops["laptop-1"]
        laptop.shortcut("Ctrl+2")
        page = laptop.page
        expect(until(lambda: page.table.model().rowCount() > 0), "the list stays empty")
        everything = page.table.model().rowCount()
        pictures = [laptop.picture("pelaku-usaha")]
        laptop.shortcut("Ctrl+F")
        laptop.type("keripik")
        expect(until(lambda: 0 < page.table.model().rowCount() < everything), "the search found nothing or everything")
        found = page.table.model().rowCount()
        laptop.press(Qt.Key.Key_Down)
        pictures.append(laptop.picture("pelaku-usaha-cari"))
        laptop.press(Qt.Key.Key_K, CTRL)
        laptop.type("siti")
        pictures.append(laptop.picture("palet"))
        laptop.press(Qt.Key.Key_Escape)
        laptop.shortcut("Ctrl+F")
        laptop.press(Qt.Key.Key_A, CTRL)
        laptop.press(Qt.Key.Key_Delete)
        return {"businesses": everything, "keripik": found, "pictures": pictures}

    def register(self) -> Evidence:
        laptop = self.laptops["laptop-1"]
        laptop.shortcut("F2")
        laptop.keys = 0
        laptop.type("Mistijah")
        laptop.enter()
        laptop.type("3574034705829917")
        laptop.enter()
        laptop.type("081200000791")
        laptop.enter()
        laptop.press(Qt.Key.Key_U, ALT)
        laptop.type("Keripik Bu Mis")
        laptop.enter()
        laptop.type("keri")
        laptop.enter()
        pictures = [laptop.picture("daftar-usaha")]
        laptop.shortcut("Ctrl+Return")
        until(lambda: laptop.page.view.at_notice, 10)
        pictures.append(laptop.picture("pemberitahuan"))
        laptop.type("1")
        laptop.shortcut("Ctrl+Return")
        expect(until(lambda: laptop.shell.key == "owners"), "the form was not saved")
        keys = laptop.keys
        owner = laptop.ask(lambda store: store.find("owner", name="Mistijah"))
        expect(len(owner) == 1, f"{len(owner)} owners of that name")
        self.business = laptop.ask(lambda store: store.find("business", owner_id=owner[0]["id"]))[0]
        expect((owner[0]["sex"], owner[0]["birth_date"]) == ("P", "1982-05-07"), "the NIK did not fill the form")
        pictures.append(laptop.picture("tersimpan"))
        return {"keys": keys, "kbli": self.business["kbli"], "mouse": 0, "pictures": pictures}

    def sessions(self) -> Evidence:
        laptop = self.laptops["laptop-1"]
        pictures = []
        for topics, note, due in (("13", "NIB dan label belum lengkap", "7"), ("6", "Minta daftar syarat KUR", "3")):
            laptop.shell.go("session", owner_id=self.business["owner_id"], business_id=self.business["id"])
            expect(
                until(lambda: laptop.page._desk.isEnabled() and laptop.page.who is not None),
                "the session form did not open",
            )
            laptop.type(topics)
            laptop.press(Qt.Key.Key_Tab)
            laptop.type(note)
            self._choose_follow_up(laptop, due)
            pictures.append(laptop.picture("sesi"))
            laptop.shortcut("Ctrl+Return")
            expect(until(lambda: laptop.shell.key != "session"), "the session was not saved")
        held = laptop.ask(lambda store: store.find("consultation", business_id=self.business["id"]))
        tasks = laptop.ask(lambda store: store.find("follow_up", business_id=self.business["id"]))
        expect([h["topics"] for h in held] == ["nib,halal", "financing"], f"topics {[h['topics'] for h in held]}")
        expect(len(tasks) == 2, f"{len(tasks)} follow-ups")
        return {"sessions": len(held), "follow_ups": len(tasks), "due": [t["due"] for t in tasks], "pictures": pictures}

    def _choose_follow_up(self, laptop: Laptop, due: str) -> None:
        form = laptop.page.form.form
        form.editors["follow_up.kind"].write("we_call")
        form.lead_to("follow_up.due")
        laptop.type(due)
        laptop.press(Qt.Key.Key_Tab)

    def home(self) -> Evidence:
        laptop = self.laptops["laptop-1"]
        laptop.shortcut("Ctrl+1")
        expect(until(lambda: laptop.page._data is not None), "Beranda stays empty")
        mine = laptop.ask(summaries.follow_ups)
        expect(len(mine) == 2, f"{len(mine)} follow-ups are mine")
        pictures = [laptop.picture("beranda")]
        laptop.page._see_tasks()
        pictures.append(laptop.picture("beranda-semua"))
        return {"follow_ups": len(mine), "pictures": pictures}

    def agree(self, key: str) -> Evidence:
        laptop = self.laptops[key]
        outcome = laptop.sync()
        expect(outcome.equal and not outcome.reason, f"{key}: {outcome}")
        here = {s: (c.count, c.sum) for s, c in laptop.ask(outbox.scopes).items() if c.count}
        there = {s: (count, total) for s, (_, count, total) in self.central.sums().items() if count}
        self.heart.skip()  # the tour looked into the server's file
        expect(here == {s: v for s, v in there.items() if s in here}, f"sums differ: {here} {there}")
        waiting = laptop.ask(outbox.waiting)
        expect(waiting == 0, f"{waiting} still wait")
        return {
            "sent": outcome.sent,
            "received": outcome.received,
            "scopes": len(here),
            "pictures": [laptop.picture("terkirim")],
        }

    def second_laptop(self) -> Evidence:
        before = self.laptops["laptop-1"].ask(lambda store: store.count("business"))
        evidence = self.first_run(CONSULTANT, "laptop-2")
        received = self.agree("laptop-2")
        there = self.laptops["laptop-2"].ask(lambda store: store.count("business"))
        expect(there == before, f"{there} of {before} businesses arrived")
        return evidence | {"businesses": there, "received": received["received"]}

    def edit(self, key: str, values: dict[str, str]) -> None:
        """Change fields of the business by the form, with keys."""
        laptop = self.laptops[key]
        laptop.window.activateWindow()
        laptop.shell.go("register", owner_id=self.business["owner_id"], business_id=self.business["id"])
        form = laptop.page.form.form
        expect(
            until(
                lambda: laptop.page.isEnabled() and laptop.page.form.typed().get("business.name") == "Keripik Bu Mis"
            ),
            "no form",
        )
        for name, text in values.items():
            form.lead_to(name)
            laptop.press(Qt.Key.Key_A, CTRL)
            laptop.type(text)
            laptop.press(Qt.Key.Key_Tab)
        laptop.shortcut("Ctrl+Return")
        until(lambda: laptop.shell.key == "owners" or laptop.page.view.at_notice, 20)
        if laptop.shell.key != "owners":
            laptop.shortcut("Ctrl+Return")
        expect(until(lambda: laptop.shell.key == "owners"), f"{key}: the change was not saved")

    def merge_silently(self) -> Evidence:
        self.edit("laptop-1", {"business.brand": "Mis Renyah"})
        self.edit("laptop-2", {"business.main_product": "Keripik pisang"})
        for key in ("laptop-1", "laptop-2", "laptop-1"):
            self.agree(key)
        rows = {key: laptop.ask(self._business) for key, laptop in self.laptops.items()}
        merged = {(row["brand"], row["main_product"]) for row in rows.values()}
        expect(merged == {("Mis Renyah", "Keripik pisang")}, f"merged {merged}")
        conflicts = [len(laptop.ask(open_conflicts)) for laptop in self.laptops.values()]
        expect(conflicts == [0, 0], f"conflicts {conflicts}")
        return {"merged": "brand and main product", "conflicts": 0}

    def _business(self, store: Any) -> Any:
        return store.get("business", self.business["id"])

    def settle_conflict(self) -> Evidence:
        self.edit("laptop-1", {"business.main_product": "Keripik pisang cokelat"})
        self.edit("laptop-2", {"business.main_product": "Keripik pisang keju"})
        self.agree("laptop-1")
        laptop = self.laptops["laptop-2"]
        laptop.sync()
        expect(until(lambda: len(laptop.ask(open_conflicts)) == 1), "no conflict came up")
        laptop.shortcut("Ctrl+8")
        card = laptop.page.card
        expect(until(lambda: card.review is not None and card.isVisible()), "the conflict is not shown")
        pictures = [laptop.picture("perlu-diputuskan")]
        expect(not card.keep.isEnabled(), "something was chosen beforehand")
        card.review.start()
        laptop.type("1")
        pictures.append(laptop.picture("dipilih"))
        card.keep.click()
        expect(until(lambda: laptop.ask(open_conflicts) == []), "the conflict is still open")
        chosen = laptop.ask(self._business)["main_product"]
        expect(chosen == "Keripik pisang keju", f"chosen {chosen}")
        return {"settled": chosen, "pictures": pictures}

    def all_agree(self) -> Evidence:
        for key in ("laptop-2", "laptop-1", "laptop-2", "laptop-1"):
            self.agree(key)
        rows = [laptop.ask(self._business)["main_product"] for laptop in self.laptops.values()]
        expect(rows == ["Keripik pisang keju"] * 2, f"rows {rows}")
        sums = [{s: (c.count, c.sum) for s, c in each.ask(outbox.scopes).items()} for each in self.laptops.values()]
        shared = {s: v for s, v in sums[0].items() if s in sums[1]}
        expect(shared == {s: sums[1][s] for s in shared}, "the laptops differ")
        history = self.laptops["laptop-1"].ask(lambda store: store.history("business", self.business["id"]))
        kept = {change.new for change in history if change.field == "main_product"}
        expect({"Keripik pisang cokelat", "Keripik pisang keju"} <= kept, f"history {kept}")
        return {"scopes": len(shared), "content_sums": "equal", "both_values_in_history": True}

    def print_summary(self) -> Evidence:
        return papers.print_summary(self.laptops["laptop-1"], self.business, self.recorder.folder)

    def other_looks(self) -> Evidence:
        laptop, pictures = self.laptops["laptop-1"], []
        for name, look in (
            ("gelap", ("dark", 1.0, "id")),
            ("besar", ("light", 1.28, "id")),
            ("english", ("light", 1.0, "en")),
        ):
            laptop.wear(*look)
            for key in ("home", "owners", "register", "import", "sync", "settings"):
                laptop.shell.go(key)
                until(lambda: False, 0.3)
                pictures.append(laptop.picture(f"{name}-{key}"))
        laptop.wear()
        return {"screens": len(pictures), "pictures": pictures}

    def unlock_again(self) -> Evidence:
        laptop = self.laptops["laptop-2"]
        before = laptop.ask(lambda store: store.count("business"))
        laptop.window.lock_out()
        screen = laptop.screen
        picture = laptop.picture("buka-kata-sandi")
        screen.passphrase_form.edit.setText(self.passphrase)
        screen.passphrase_form._go()
        expect(until(lambda: laptop.window.account is not None), "the passphrase did not open the data")
        after = laptop.ask(lambda store: store.count("business"))
        expect(before == after, f"{before} businesses before, {after} after")
        nik = KINDS["nik"].mask(laptop.ask(lambda store: store.find("owner", name="Mistijah"))[0]["nik"])
        return {"businesses": after, "nik": nik, "pictures": [picture]}
