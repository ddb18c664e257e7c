"""The session form: what was talked about with an owner, and what comes next."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from models import sessions
from models.errors import AppError
from models.sessions import About, Author, Held
from models.store import Changes, Draft, Store
from ui import theme
from ui.context import Context
from ui.dialogs import Question
from ui.drafts import AutoDraft
from ui.page import Page
from ui.paper_chooser import open_papers
from ui.session_fields import SessionForm
from ui.session_side import Header, PastSessions
from ui.shortcuts import hint
from ui.widgets import EmptyState, HintButton, IconButton, column, frame, row
from ui.words import common
from ui.words import register as register_words
from ui.words import session as words
from ui.words.papers import TITLE as ALL_PAPERS

SHEET = "konsultasi"  # the paper that the owner takes home from a session
PAST_FOLDS_BELOW = 900  # px of page width at 100 % text, below which earlier sessions give way


class SessionPage(Page):
    """One session with one owner; a draft keeps it until it is saved."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._stack = QStackedWidget(self)
        self._desk = QWidget(self._stack)  # from the top down: a tree that gets another parent is styled again
        self.form, self.header, self.past = SessionForm(ctx, self._desk), Header(ctx), PastSessions(ctx)
        self.draft = AutoDraft(self, sessions.DRAFT, self._draft_data)
        self.who: About | None = None
        self._began, self._empty = "", True
        self._build()
        self.form.topics.listen(self)
        self.form.form.changed.connect(self._typed)
        self.form.form.left.connect(lambda _: self.draft.flush())
        self.draft.noted.connect(self.top_changed)
        self.draft.noted.connect(lambda: self._delete.setVisible(self.draft.kept))

    @override
    def title(self) -> str:
        return self.ctx.words(words.TITLE)

    @override
    def notes(self) -> Sequence[QWidget]:
        return [self.draft.note] if self.draft.note.told else []

    @override
    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"submit": self.save, "print": self.save_and_print, "save": self.save_draft, "back": self.cancel}

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.form, self.past)

    @override
    def subject(self) -> Mapping[str, object]:
        business_id = self.who.business["id"] if self.who and self.who.business else ""
        return {"owner_id": self.who.owner["id"], "business_id": business_id} if self.who else {}

    @override
    def open(self, **args: object) -> None:
        """`owner_id`, `business_id`: a new session with them; `draft`: go on with it.

        Without arguments a session that was left unfinished here is shown again.
        """
        owner_id, draft = str(args.get("owner_id") or ""), str(args.get("draft") or "")
        if draft:
            self.ctx.background.read(self, lambda store: _resumed(store, draft), lambda found: self._resume(*found))
        elif owner_id and not self._holds(owner_id, str(args.get("business_id") or "")):
            business_id = str(args.get("business_id") or "")
            self.draft.flush()
            self._desk.setEnabled(False)  # nothing may be typed for the person who was here before
            self.ctx.background.read(
                self, lambda store: _left_off(store, owner_id, business_id), lambda found: self._meet(*found)
            )
        elif self.who and not self._empty:
            self.header.start(began_now=False)
        elif not owner_id:
            self._show_nobody()

    @override
    def leave(self) -> None:
        self.draft.flush()
        self.header.stop()

    def save(self, *, then_print: bool = False) -> None:
        """Save the session and its follow-up."""
        who = self.who
        if who is None or not self._primary.isEnabled() or not self.form.passes():
            return
        entry, draft, began = self.form.typed(), self.draft.key, self._began
        author = Author(self.ctx.profile.staff_id, self.ctx.profile.name)
        self.draft.done()
        self._primary.setEnabled(False)

        def work(store: Store) -> tuple[Changes, Held]:
            return sessions.hold(store, who, entry, author, started_at=began, draft=draft)

        self.ctx.background.write(self, work, lambda held: self._saved(held, then_print=then_print), self._failed)

    def save_and_print(self) -> None:
        """Save, then show the paper for the owner."""
        self.save(then_print=True)

    def save_draft(self) -> None:
        """Save the draft now."""
        self.draft.touch()
        self.draft.flush()

    def cancel(self) -> None:
        """Leave; what was typed stays as a draft."""
        self.draft.flush()
        self._empty, self.who = True, None
        self.ctx.back()

    def delete_draft(self) -> None:
        """Throw the entry away, after asking."""
        name = str(self.who.owner["name"]) if self.who else ""
        question = Question(
            words.DELETE_DRAFT_TITLE.fill(name=name), register_words.DELETE_DRAFT_TEXT, words.DELETE_DRAFT
        )
        if self.ctx.dialogs.confirm(question):
            self.draft.delete()
            self._empty, self.who = True, None
            self.ctx.back()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.past.setVisible(event.size().width() >= PAST_FOLDS_BELOW * self.ctx.theme.k)

    def _build(self) -> None:
        body, whole, outer = row(), column(), column()
        self._desk.setLayout(whole)
        body.addWidget(self.form, 1)
        body.addWidget(self.past)
        whole.addWidget(self.header)
        whole.addLayout(body, 1)
        whole.addWidget(self._footer())
        self._choose = HintButton(
            self.ctx.words(words.CHOOSE), "primary", icon="store", hint="Ctrl+2", clicked=lambda: self.ctx.go("owners")
        )
        register = HintButton(
            self.ctx.words(common.REGISTER), icon="plus", hint=hint("register"), clicked=lambda: self.ctx.go("register")
        )
        self._nobody = EmptyState(
            self.ctx.words(words.NOBODY), self.ctx.words(words.NOBODY_HOW), [register, self._choose]
        )
        for part in (self._desk, self._nobody):
            self._stack.addWidget(part)
        outer.addWidget(self._stack)
        self.setLayout(outer)

    def _footer(self) -> QWidget:
        line = row(margins=(24, 0, 24, 0), spacing=12)
        foot = frame("footer", line)
        foot.setFixedHeight(theme.current().room(60))
        said = self.ctx.words
        self._delete = HintButton(said(words.DELETE_DRAFT), "text", clicked=self.delete_draft)
        self._primary = HintButton(said(words.SAVE), "primary", icon="check", hint=hint("submit"), clicked=self.save)
        line.addWidget(HintButton(said(common.CANCEL), "text", hint="Esc", clicked=self.cancel))
        line.addWidget(self._delete)
        line.addStretch()
        line.addWidget(IconButton("printer", said(ALL_PAPERS), self._choose_paper, hint=hint("papers")))
        line.addWidget(
            HintButton(said(words.SAVE_PRINT), icon="printer", hint=hint("print"), clicked=self.save_and_print)
        )
        line.addWidget(self._primary)
        self._delete.hide()
        return foot

    def _choose_paper(self) -> None:
        open_papers(self.window(), self.ctx, self.subject(), ("owner",))

    def _holds(self, owner_id: str, business_id: str) -> bool:
        """Whether an unfinished session with them stands here."""
        if self.who is None or self._empty:
            return False
        mine = self.who.business["id"] if self.who.business else ""
        return (self.who.owner["id"], mine) == (owner_id, business_id)

    def _begin(
        self, who: About | None, entry: Mapping[str, str] | None = None, draft: str = "", began: str = ""
    ) -> None:
        self.draft.flush()
        self._desk.setEnabled(True)
        self.who = who
        if who is None:
            self._show_nobody()
            return
        self._stack.setCurrentWidget(self._desk)
        self._began = began or self.ctx.clock.stamp()
        with self.draft.filling(draft):
            self.header.meet(who)
            self.header.start()
            self.past.meet(who)
            self.form.meet(who)
            self.form.write(entry or {"consultation.place": "office"})
        self._empty = entry is None
        self._delete.setVisible(bool(draft))
        self._primary.setEnabled(True)
        self.form.take_focus()

    def _meet(self, who: About | None, draft: Draft | None) -> None:
        """A session with somebody; one that was left unfinished goes on and is never begun twice."""
        if draft:
            self._resume(who, draft)
        else:
            self._begin(who)

    def _resume(self, who: About | None, draft: Draft | None) -> None:
        if draft is None:
            self._show_nobody()
            return
        self._begin(who, draft.data["entry"], draft.key, draft.data["began"])

    def _show_nobody(self) -> None:
        self._stack.setCurrentWidget(self._nobody)
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draft_data(self) -> dict[str, Any] | None:
        if self._empty or self.who is None:
            return None
        business_id = self.who.business["id"] if self.who.business else ""
        return {"entry": self.form.typed(), "title": self.who.owner["name"], "owner_id": self.who.owner["id"],
                "business_id": business_id, "began": self._began}  # fmt: skip

    def _typed(self, _key: str) -> None:
        if self.draft.filled:
            self._empty = False
            self.draft.touch()

    def _saved(self, held: Held, *, then_print: bool) -> None:
        who = self.who
        self._empty, self.who = True, None
        self._primary.setEnabled(True)
        if who is None:
            return
        ids = {"owner_id": who.owner["id"], "business_id": who.business["id"] if who.business else ""}
        sheet = ids | {"paper": SHEET, "record_id": held.consultation_id}
        if then_print:
            self.ctx.go("preview", **sheet)
            self.ctx.toast(words.SAVED.fill(number=held.number))
            return
        self.ctx.back()
        self.ctx.toast(words.SAVED.fill(number=held.number), words.PRINT, lambda: self.ctx.go("preview", **sheet))

    def _failed(self, error: AppError) -> None:
        self._primary.setEnabled(True)
        self.draft.touch()
        self.ctx.show_error(error)


def _resumed(store: Store, key: str) -> tuple[About | None, Draft | None]:
    draft = next((d for d in store.drafts(sessions.DRAFT) if d.key == key), None)
    who = sessions.about(store, draft.data["owner_id"], draft.data["business_id"]) if draft else None
    return who, draft


def _left_off(store: Store, owner_id: str, business_id: str) -> tuple[About | None, Draft | None]:
    """Whom a session is to be held with, and the draft of one with the same person and business."""
    who = sessions.about(store, owner_id, business_id)
    ids = (owner_id, who.business["id"] if who and who.business else "")
    drafts = store.drafts(sessions.DRAFT)
    return who, next((d for d in drafts if (d.data["owner_id"], d.data["business_id"]) == ids), None)
