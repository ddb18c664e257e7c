"""The file of an account is damaged: the unlock screen says so and offers the newest good backup."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from models.clock import Clock
from models.i18n import Lang, Words
from ui.widgets import Banner, HintButton, column, frame, icon_label, label, row
from ui.words import common
from ui.words import restoring as w

if TYPE_CHECKING:
    from models.backups import Backup

MARGINS = (30, 30, 30, 26)


class DamagedForm(QWidget):
    """One sentence, one backup, one button; without a good backup, whom to call. Esc and focus: nothing happens."""

    def __init__(
        self,
        lang: Lang,
        clock: Clock,
        backup: "Backup | None",
        restore: Callable[[], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__()
        self._lang: Lang = lang
        self._restore, self._back = restore, back
        whole = column(margins=MARGINS, spacing=0)
        self.setLayout(whole)
        whole.addWidget(label(w.DAMAGED.to(lang), "h1", wrap=True))
        whole.addSpacing(2)
        whole.addWidget(label(w.DAMAGED_WHY.to(lang), "muted", wrap=True))
        whole.addSpacing(18)
        made = backup.made if backup else None
        whole.addWidget(self._card(w.NEWEST, w.whole(made, lang, clock)) if made else self._card(w.NO_GOOD))
        whole.addSpacing(14)
        whole.addWidget(label((w.KEPT_ASIDE if made else w.CALL).to(lang), "small", wrap=True))
        whole.addSpacing(14)
        self._act = w.RESTORE_IT.fill(when=w.when(made, lang, clock)) if made else w.NO_GOOD
        self.button = HintButton(self._act.to(lang), "primary", icon="hard-drive", size="large", clicked=self._go)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        whole.addWidget(self.button)
        if made is None:
            self.button.hide()
        whole.addSpacing(14)
        self.problem = Banner("red", "")
        self.problem.hide()
        whole.addWidget(self.problem)
        whole.addStretch()
        self.later = HintButton((w.LATER if made else common.BACK).to(lang), hint="Esc", clicked=back)
        whole.addWidget(self.later, 0, Qt.AlignmentFlag.AlignRight)

    def start(self) -> None:
        """The safe button has the focus."""
        self.later.setFocus(Qt.FocusReason.TabFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why the backup could not be put in place; the damaged file stands as it stood."""
        self._busy(on=False)
        self.problem.say(sentence)
        self.problem.show()
        self.start()

    def _go(self) -> None:
        self._busy(on=True)
        self._restore()

    def _busy(self, *, on: bool) -> None:
        for button in (self.button, self.later):
            button.setEnabled(not on)
        self.button.setText((w.RESTORING if on else self._act).to(self._lang))

    def _card(self, head: Words, text: str = "") -> QWidget:
        line = row(margins=(14, 12, 14, 12), spacing=12)
        line.addWidget(icon_label("hard-drive" if text else "circle-alert", "pri" if text else "red", 22))
        texts = column(spacing=1)
        texts.addWidget(label(head.to(self._lang), "cap" if text else "bold", wrap=True))
        if text:
            texts.addWidget(label(text, "bold", wrap=True))
        line.addLayout(texts, 1)
        return frame("card", line)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.later.isEnabled():
            self._back()
        else:
            super().keyPressEvent(event)
