"""The unlock screen: who works, and the passphrase that opens that person's data."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from models import accounts
from models.accounts import Account, DamagedAccount
from models.clock import Clock
from models.errors import AppError
from models.files import chosen_file, save_chosen
from models.i18n import Lang, Words, clock_time, long_date
from ui import icons, theme
from ui.dialogs import Dialogs
from ui.gate import Gate, Opened, brand
from ui.unlock_damaged import DamagedForm
from ui.unlock_forms import PassphraseForm, RecoveryForm
from ui.widgets import FocusRing, HintButton, column, frame, icon_label, label, row
from ui.widgets.painting import initials, paint_letters
from ui.words import common
from ui.words import unlock as w

if TYPE_CHECKING:
    from models.backups import Backup
    from models.store import Store

T = TypeVar("T")
LARGEST_KEY_FILE = 10_000  # bytes


class UserCard(QAbstractButton):
    """One person of this laptop; the whole card chooses."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self.account = account
        self.setCheckable(True)
        self.setAccessibleName(f"{account.name}, {account.office}")
        line = row(margins=(66, 12, 44, 12))
        self.setLayout(line)
        texts = column(spacing=2)
        for text, role in ((account.name, "bold"), (account.office, "cap")):
            words = label(text, role, wrap=True)
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(words)
        line.addLayout(texts)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, arg__1: int) -> int:
        layout = self.layout()
        return max(theme.current().lines(60), layout.heightForWidth(arg__1)) if layout else 60

    @override
    def sizeHint(self) -> QSize:
        return QSize(277, self.heightForWidth(277))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, on = theme.current(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("pri" if on else "line"), 1))
        painter.setBrush(look.color("priSoft" if on else "surface2" if not self.underMouse() else "surface3"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        disc = QRect(13, (self.height() - 40) // 2, 40, 40)
        back = look.color("mango") if on else look.color("surface3")
        ink = theme.Theme("light").color("ink") if on else look.color("ink2")
        paint_letters(painter, disc, back, ink, initials(self.account.name), theme.Theme().font(14, 700), 20)
        if on:
            painter.drawPixmap(self.width() - 34, (self.height() - 20) // 2, icons.pixmap("circle-check", "pri", 20))


class UnlockScreen(Gate):
    """Choose the person, type the passphrase; a recovery key opens the data as well."""

    opened = Signal(Opened)
    add_person = Signal()

    def __init__(
        self, people: Sequence[Account], clock: Clock, lang: Lang, dialogs: Dialogs,
        said: Words | None = None, chosen: Account | None = None,
    ) -> None:  # fmt: skip
        """`said` is what became of the data while it was closed, `chosen` whose they are."""
        super().__init__(lang)
        self._clock, self._dialogs = clock, dialogs
        self.passphrase_form = PassphraseForm(lang, self._try_passphrase)
        self.recovery_form = RecoveryForm(lang, self._try_recovery, self._use_passphrase)
        self.passphrase_form.use_key.connect(self._use_recovery)
        self.recovery_form.ask_office.connect(self._ask_office)
        self.recovery_form.take_answer.connect(self._take_answer)
        self._forms = QStackedWidget()
        self._forms.addWidget(self.passphrase_form)
        self._forms.addWidget(self.recovery_form)
        self._build(people)
        self._ring = FocusRing(self)
        self._choose(next((c for c in self.cards if chosen and c.account.id == chosen.id), self.cards[0]))
        if said:
            self.passphrase_form.say(said.to(lang))

    @property
    def account(self) -> Account:
        """The person chosen now."""
        return next(c.account for c in self.cards if c.isChecked())

    def _build(self, people: Sequence[Account]) -> None:
        whole = column(margins=(32, 26, 32, 24))
        self.setLayout(whole)
        head = row()
        head.addWidget(brand(32, "brand"))
        head.addStretch()
        now = column(spacing=0)
        time = label(clock_time(self._clock.now(), self.lang, self._clock.zone), "gateclock")
        day = label(long_date(self._clock.today(), self.lang, weekday=True), "gatecap")
        for part in (time, day):
            now.addWidget(part, 0, Qt.AlignmentFlag.AlignRight)
        head.addLayout(now)
        whole.addLayout(head)
        whole.addStretch(3)
        whole.addWidget(self._card(people), 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(4)
        foot = row(spacing=8)
        foot.addWidget(icon_label("shield-check", "sideMute", 17))
        foot.addWidget(label(w.SAFE.to(self.lang), "gatecap"))
        foot.addStretch()
        whole.addLayout(foot)

    def _card(self, people: Sequence[Account]) -> QWidget:
        left = column(margins=(24, 30, 24, 24), spacing=0)
        left.addWidget(label(w.WHO.to(self.lang), "h2"))
        left.addSpacing(4)
        left.addWidget(label(w.WHO_HELP.to(self.lang), "cap", wrap=True))
        left.addSpacing(12)
        self._people(left, people)
        add = HintButton(w.ADD_STAFF.to(self.lang), "link", icon="user-plus", clicked=self.add_person.emit)
        left.addSpacing(6)
        left.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch()
        sides = row()
        card = frame("gatecard", sides)
        side = frame("gateleft", left)
        side.setFixedWidth(theme.current().room(326))
        sides.addWidget(side)
        sides.addWidget(self._forms, 1)
        card.setFixedWidth(theme.current().room(800))
        card.setMinimumHeight(448)
        return card

    def _people(self, into: QVBoxLayout, people: Sequence[Account]) -> None:
        self.cards = [UserCard(account) for account in people]
        self._group = QButtonGroup(self)
        for card in self.cards:
            self._group.addButton(card)
            into.addWidget(card)
            into.addSpacing(10)
            card.clicked.connect(lambda _=False, card=card: self._choose(card))

    def _choose(self, card: UserCard) -> None:
        card.setChecked(True)
        first_name = card.account.name.split()[0]
        self.passphrase_form.greet(common.greeting(self._clock).fill(who=first_name).to(self.lang))
        self._use_passphrase()

    def _use_passphrase(self) -> None:
        self._forms.setCurrentWidget(self.passphrase_form)
        self.passphrase_form.start()

    def _use_recovery(self) -> None:
        self._forms.setCurrentWidget(self.recovery_form)
        self.recovery_form.start()

    def _try_passphrase(self, passphrase: str) -> None:
        account = self.account
        self.passphrase_form.busy(on=True)
        self._try(lambda backup: accounts.unlock(account, passphrase, backup=backup, clock=self._clock), self._open)

    def _try_recovery(self, recovery_key: str, passphrase: str) -> None:
        account = self.account
        self.recovery_form.busy(on=True)

        def work(backup: "Backup | None") -> "tuple[Store, str]":
            return accounts.unlock_by_recovery(account, recovery_key, passphrase, backup=backup, clock=self._clock)

        self._try(work, self._recovered)

    def _try(
        self, work: "Callable[[Backup | None], T]", done: Callable[[T], object], backup: "Backup | None" = None
    ) -> None:
        """Open the data; when its file is damaged, the same again from a backup is offered."""

        def refused(error: AppError) -> None:
            if isinstance(error, DamagedAccount):
                self._offer(error.backup, lambda: self._try(work, done, error.backup))
            else:
                self._refused(error)

        self.run(lambda: work(backup), done, refused)

    def _offer(self, backup: "Backup | None", restore: Callable[[], object]) -> None:
        """Say that the file is damaged, and what can be done."""
        form = DamagedForm(self.lang, self._clock, backup, restore, self._use_passphrase)
        self._forms.addWidget(form)
        self._forms.setCurrentWidget(form)
        form.start()

    def _ask_office(self) -> None:
        """Save the file with which the Dinas opens the key of who lost passphrase and paper."""
        try:
            request = self.account.vault(self._clock).ask_office()
            chosen = self._dialogs.save_file(w.ASK_OFFICE, "permintaan.dampingi-kunci", w.KEY_FILES.to(self.lang))
            if chosen:
                save_chosen(chosen, request)
                self.recovery_form.say(w.ASKED_OFFICE.to(self.lang))
        except AppError as error:
            self.recovery_form.refuse(error.words.to(self.lang))

    def _take_answer(self) -> None:
        """Take in what the Dinas answered; its letters are typed like those of the paper."""
        chosen = self._dialogs.choose_file(w.TAKE_ANSWER, w.KEY_FILES.to(self.lang))
        if chosen is None:
            return
        try:
            with chosen_file():
                answer = chosen.read_bytes()[:LARGEST_KEY_FILE]
            self.account.vault(self._clock).take_from_office(answer)
            self.recovery_form.say(w.ANSWER_TAKEN.to(self.lang))
        except AppError as error:
            self.recovery_form.refuse(error.words.to(self.lang))

    def _recovered(self, opened: "tuple[Store, str]") -> None:
        from ui.recovery_sheet import RecoverySheet

        store, recovery_key = opened
        self.sheet = RecoverySheet(self, self._dialogs, self._clock, recovery_key, self.account.name)
        self.sheet.kept.connect(lambda: self._open(store))
        self.sheet.setContentsMargins(30, 30, 30, 26)
        self._forms.addWidget(self.sheet)
        self._forms.setCurrentWidget(self.sheet)
        self.sheet.start()

    def _open(self, store: "Store") -> None:
        self.opened.emit(Opened(self.account, store))

    def _refused(self, error: AppError) -> None:
        form = self._forms.currentWidget()
        assert isinstance(form, PassphraseForm | RecoveryForm | DamagedForm)  # noqa: S101 - the stack holds these
        form.refuse(error.words.to(self.lang))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or len(self.cards) < 2:
            super().keyPressEvent(event)
            return
        at = next(i for i, c in enumerate(self.cards) if c.isChecked())
        self._choose(self.cards[(at + step) % len(self.cards)])
