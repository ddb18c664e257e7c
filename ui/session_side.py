"""Beside and above the session form: with whom it is held, and what was talked about before."""

from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from models import reference
from models.consultations import CONSULTATION
from models.i18n import short_date
from models.kinds import KINDS
from models.schema import Row
from models.sessions import About
from ui import theme
from ui.context import Context
from ui.widgets import Avatar, ElidedLabel, StatusChip, column, frame, icon_label, label, row
from ui.words import session as words

PANEL = 320


class Header(QFrame):
    """Who sits here: name, NIB, business, place, masked NIK, and how long the session lasts."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setProperty("role", "guest")
        self.setMinimumHeight(theme.current().lines(66))
        self._line = row(margins=(24, 10, 24, 10), spacing=14)
        self.setLayout(self._line)
        self._avatar: Avatar | None = None
        self._name, self._where = label("", "guestname"), ElidedLabel("", "smallmuted")
        self._nib = StatusChip("neu", "")
        self._time = label("", "h2")
        texts, top = column(spacing=1), row(spacing=8)
        top.addWidget(self._name)
        top.addWidget(self._nib)
        top.addStretch()
        texts.addStretch()
        texts.addLayout(top)
        texts.addWidget(self._where)
        texts.addStretch()
        self._line.addLayout(texts, 1)
        times = column()
        times.addStretch()
        times.addWidget(self._time)
        times.addWidget(label(ctx.words(words.DURATION), "cap"))
        times.addStretch()
        self._line.addLayout(times)
        self._ticks = QTimer(self)
        self._ticks.setInterval(1000)
        self._ticks.timeout.connect(self._tick)
        self._began = ctx.clock.now()

    def meet(self, who: About) -> None:
        """Show somebody."""
        business = who.business or {}
        name = str(who.owner["name"])
        if self._avatar:
            self._avatar.hide()
            self._avatar.deleteLater()
        self._avatar = Avatar(str(business.get("name") or name), 42)
        self._line.insertWidget(0, self._avatar)
        self._name.setText(name)
        village = reference.region(str(business.get("village") or who.owner["village"]))
        parts = [business.get("name"), village.title if village else "", KINDS["nik"].mask(who.owner["nik"])]
        self._where.setText(" · ".join(str(p) for p in parts if p))
        has = bool(business.get("nib"))
        self._nib.show_state("ok" if has else "neu", self._ctx.words(words.HAS_NIB if has else words.NO_NIB),
                             "badge-check" if has else "minus")  # fmt: skip
        self._nib.setVisible(who.business is not None)

    def start(self, *, began_now: bool = True) -> None:
        """Count the minutes from now on, or go on counting."""
        if began_now:
            self._began = self._ctx.clock.now()
        self._tick()
        self._ticks.start()

    def stop(self) -> None:
        """The page is left."""
        self._ticks.stop()

    def _tick(self) -> None:
        seconds = int((self._ctx.clock.now() - self._began).total_seconds())
        self._time.setText(f"{seconds // 60:02d}{'.' if self._ctx.lang == 'id' else ':'}{seconds % 60:02d}")


class PastSessions(QScrollArea):
    """The last sessions with this owner, newest first."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setWidgetResizable(True)
        self.setProperty("role", "panelscroll")
        self.setFixedWidth(theme.current().lines(PANEL))

    def meet(self, who: About) -> None:
        """Show somebody's sessions."""
        whole = column(margins=(16, 16, 16, 16), spacing=12)
        panel = frame("panel", whole)
        whole.addWidget(label(self._ctx.words(words.PAST), "h3"))
        for session in who.past:
            whole.addWidget(self._session(session))
        if not who.past:
            self._empty(whole)
        whole.addStretch()
        self.setWidget(panel)

    def _empty(self, whole: QVBoxLayout) -> None:
        line, texts = row(spacing=10), column()
        line.addWidget(icon_label("messages-square", "ink3", 20))
        texts.addWidget(label(self._ctx.words(words.PAST_NONE), "bold", wrap=True))
        texts.addWidget(label(self._ctx.words(words.PAST_NONE_WHY), "cap", wrap=True))
        line.addLayout(texts, 1)
        whole.addLayout(line)

    def _session(self, session: Row) -> QWidget:
        inner, head = column(margins=(12, 10, 12, 10), spacing=2), row(spacing=8)
        card = frame("card", inner)
        topics = CONSULTATION["topics"].kind.show(session["topics"], self._ctx.lang)
        head.addWidget(ElidedLabel(topics, "bold"), 1)
        held_on = date.fromisoformat(session["held_on"])
        head.addWidget(label(short_date(held_on, self._ctx.lang, year=True), "cap"))
        inner.addLayout(head)
        place = CONSULTATION["place"].kind.show(session["place"], self._ctx.lang)
        inner.addWidget(ElidedLabel(" · ".join(p for p in (place, session["staff_name"] or "") if p), "cap"))
        if session["note"]:
            note: QLabel = label(str(session["note"]), "small", wrap=True)
            inner.addSpacing(2)
            inner.addWidget(note)
        return card
