"""Titipan in Daftarkan usaha: the village is another office's, where the records go and then leave this laptop."""

from dataclasses import dataclass

from models import care, registration
from models.i18n import Words
from models.store import Store
from ui.background import Job
from ui.context import Context
from ui.form import Form
from ui.widgets import StatusChip, column, frame, label
from ui.words import register as words

VILLAGE = "owner.village"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody of another office's village; `sendable` says whether an event runs that lets the records go there."""

    chip: Words
    sendable: bool


def guest_of(store: Store, village: str, owner_id: str = "") -> Guest | None:
    """Whether the records of an entry would be left in another office's care; those of an owner who is here already
    stay where they are kept.
    """
    owner = store.get("owner", owner_id) if owner_id else None
    scope = owner["scope"] if owner else registration.kept_by(store, village)
    chip = care.chip(store, scope)
    return Guest(chip, bool(care.event_for(store, scope))) if chip else None


class GuestNote:
    """Stands below the village, hidden for everybody who belongs here."""

    def __init__(self, ctx: Context, form: Form) -> None:
        self._ctx, self._form = ctx, form
        self._job: Job | None = None
        self._owner_id = ""
        body = column(margins=(0, 0, 0, 6), spacing=4)
        self.box = frame("", body)
        self.chip, self.why = StatusChip("info", ""), label("", "small", wrap=True)
        body.addWidget(self.chip)
        body.addWidget(self.why)
        self.box.hide()
        room = form.fields[VILLAGE].layout()
        if room is not None:
            room.addWidget(self.box)
        form.changed.connect(lambda key: self.ask(self._owner_id) if key == VILLAGE else None)

    def ask(self, owner_id: str) -> None:
        """Look whose village stands there, for a new owner or one who is here already; drops an older question."""
        self._owner_id = owner_id
        if self._job:
            self._job.cancel()
        village = self._form.editors[VILLAGE].typed()
        self._job = self._ctx.background.read(self.box, lambda store: guest_of(store, village, owner_id), self._show)

    def _show(self, guest: Guest | None) -> None:
        if guest:
            tone, icon = ("info", "send") if guest.sendable else ("wait", "triangle-alert")
            self.chip.show_state(tone, self._ctx.words(guest.chip), icon)
            self.why.setText(self._ctx.words(words.GUEST if guest.sendable else words.GUEST_WAITS))
        self.box.setVisible(guest is not None)
