"""Daftarkan usaha: a new owner with a business, a further business, or a correction of both."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from models import registration
from models.errors import AppError
from models.registration import Registered
from models.store import Changes, Draft, Store
from ui.context import Context
from ui.dialogs import Question
from ui.drafts import AutoDraft
from ui.notification import INFORMED_KEY
from ui.page import Page
from ui.register_entry import EntryState, blank, draft_of, find_draft
from ui.register_lookup import Lookup
from ui.register_view import NOTICE_STEP, RegisterView
from ui.widgets import column
from ui.words import register as words


class RegisterPage(Page):
    """Four steps on one page; nothing typed is lost, nothing is saved half."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.view = RegisterView(ctx, self)
        self.form, self.notice, self.hints = self.view.form, self.view.notice, self.view.hints
        self.draft = AutoDraft(self, registration.DRAFT, lambda: self.state.as_draft(self._filled()))
        self.state = EntryState()
        self.lookup = Lookup(self, self.form.typed)
        whole = column()
        whole.addWidget(self.view)
        self.setLayout(whole)
        self._connect()

    @override
    def title(self) -> str:
        return self.ctx.words(words.TITLE_EDIT if self.state.known else words.TITLE)

    @override
    def notes(self) -> Sequence[QWidget]:
        return [self.draft.note] if self.draft.note.told else []

    @override
    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "submit": self.submit,
            "save": self.save_draft,
            "back": lambda: self.hints.give_focus_back() or self.cancel(),
            "duplicates": self.hints.take_focus,
        }

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.view.rail, self.view.steps, self.view.side)

    @override
    def open(self, **args: object) -> None:
        """`draft`: go on with it; `owner_id`, `business_id`: correct these; else a new entry, of `business_name`.

        Without a record or draft an entry that was left unfinished here stands as it was.
        """
        owner_id, draft, name = (str(args.get(a) or "") for a in ("owner_id", "draft", "business_name"))
        if owner_id:
            self._open_known(Registered(owner_id, str(args.get("business_id") or "")))
        elif draft and (draft != self.draft.key or self.state.empty):
            self.ctx.background.read(self, lambda store: find_draft(store, draft), self._resume)
        elif not draft and (name or self.state.empty or self.state.known):
            self._start(blank(self.ctx, name), EntryState())
        self.view.footer.run_clock(on=self.state.known is None)

    @override
    def again(self) -> Mapping[str, object]:
        return {"draft": self.draft.key} if self.draft.kept and self.state.known is None else {}

    @override
    def leave(self) -> None:
        self.draft.flush()
        self.lookup.stop()
        self.view.footer.run_clock(on=False)

    def submit(self) -> None:
        """On to the next step, or save; faults that may stand are said once."""
        if not self.view.footer.primary.isEnabled():
            return
        if self.view.at_notice:
            self._submit_notice()
        else:
            self._submit_form()

    def save_draft(self) -> None:
        """Save the draft now, also when nothing is new: it reassures."""
        self.draft.touch()
        self.draft.flush()

    def cancel(self) -> None:
        """From the last step back to the form; else leave, and what was typed stays as a draft."""
        if self.view.at_notice:
            self.show_step(0)
            return
        self.draft.flush()
        self.state.empty = True
        self.ctx.back()

    def delete_draft(self) -> None:
        """Throw the entry away, after asking."""
        name = self.form.typed()["owner.name"].strip() or self.ctx.words(words.NO_NAME)
        question = Question(words.DELETE_DRAFT_TITLE.fill(name=name), words.DELETE_DRAFT_TEXT, words.DELETE_DRAFT)
        if self.ctx.dialogs.confirm(question):
            self.draft.delete()
            self.state.empty = True
            self.ctx.back()

    def entry(self) -> dict[str, str]:
        """Everything that stands in the four steps, as `models.registration` takes it."""
        apart = self.state.apart
        return self._filled() | ({"owner.note": self.ctx.words(words.APART_NOTE, why=apart)} if apart else {})

    def show_step(self, number: int) -> None:
        """Bring a step to the front."""
        if number == NOTICE_STEP:
            self.view.show_notice(known=self.state.known is not None)
        else:
            self.view.show_form(number, self.state)

    def _filled(self) -> dict[str, str]:
        return self.form.typed() | self.notice.typed()

    def _connect(self) -> None:
        footer = self.view.footer
        for signal, slot in (
            (self.form.form.changed, self._typed),
            (self.form.form.left, self._left),
            (self.notice.changed, lambda: self._typed(INFORMED_KEY)),
            (self.view.rail_pressed, self._rail_pressed),
            (self.lookup.found, lambda found: self.view.show_hints(found, self.state)),
            (self.draft.noted, self.top_changed.emit),
            (self.draft.noted, lambda: footer.delete.setVisible(self.draft.kept)),
            (footer.cancelled, self.cancel),
            (footer.deleted, self.delete_draft),
            (footer.stepped_back, self.cancel),
            (footer.kept, self.save_draft),
            (footer.submitted, self.submit),
            (self.hints.use_owner, self._use_owner),
            (self.hints.open_record, self._open_record),
            (self.hints.keep_apart, self._keep_apart),
        ):
            signal.connect(slot)

    def _open_known(self, known: Registered) -> None:
        def work(store: Store) -> tuple[dict[str, str], Draft | None]:
            entry = registration.opened(store, known.owner_id, known.business_id, self.ctx.lang)
            return entry, draft_of(store, known)

        def show(found: tuple[dict[str, str], Draft | None]) -> None:
            self.setEnabled(True)
            entry, draft = found  # what was typed before goes on; it is never begun twice
            self._resume(draft) if draft else self._start(entry, EntryState(known, entry))

        def refuse(error: AppError) -> None:
            self.setEnabled(True)
            self.ctx.show_error(error)

        self._start(blank(self.ctx), EntryState())
        self.setEnabled(False)  # nothing typed before the record is there could stay
        self.ctx.background.read(self, work, show, refuse)

    def _start(self, entry: Mapping[str, str], state: EntryState, draft: str = "") -> None:
        """Show an entry from its first field on."""
        self.state = state
        with self.draft.filling(draft):
            self.form.write(entry)
            self.notice.write(entry)
        self.lookup.stop()
        self.lookup.myself = state.known.owner_id if state.known else ""
        self.view.show_hints([], state)
        self.view.footer.delete.setVisible(bool(draft))
        self.view.footer.start_clock(shown=state.known is None)
        self.show_step(0)
        self.top_changed.emit()

    def _resume(self, draft: Draft | None) -> None:
        """Go on with a draft where it was left."""
        if draft:
            self._start(draft.data["entry"], EntryState.from_draft(draft.data), draft.key)
            self.lookup.ask()
        else:
            self._start(blank(self.ctx), EntryState())

    def _typed(self, key: str) -> None:
        if not self.draft.filled:
            return
        self.state.empty = False
        self.draft.touch()
        self.lookup.typed(key)
        if key == "owner.nik":
            self.state.apart = ""
            self.view.name_act(self.state)

    def _left(self, key: str) -> None:
        self.draft.flush()
        self.lookup.left(key)

    def _rail_pressed(self, number: int) -> None:
        if number == NOTICE_STEP and not self.view.at_notice:
            self._submit_form(to_notice=True)
        else:
            self.show_step(number)

    def _submit_form(self, *, to_notice: bool = False) -> None:
        same = self.hints.same_nik
        if same and not self.state.apart:
            self._open_record(same.owner["id"], (same.listed or {}).get("business_id") or "")
        elif self.form.passes():
            if self.state.correcting and not to_notice:
                self._save()
            else:
                self.show_step(NOTICE_STEP)

    def _submit_notice(self) -> None:
        informed = self.notice.typed()[INFORMED_KEY]
        if not informed:
            self.notice.show_unanswered()
        elif informed == "refused":
            self._refuse()
        else:
            self._save()

    def _save(self) -> None:
        entry, before, known, draft = self.entry(), self.state.before, self.state.known, self.draft.key
        self.draft.done()
        self.view.footer.primary.setEnabled(False)

        def work(store: Store) -> tuple[Changes, Registered]:
            if known:
                return registration.amend(store, entry, before, known, draft)
            return registration.register(store, entry, draft)

        self.ctx.background.write(self, work, self._saved, self._failed)

    def _saved(self, made: Registered) -> None:
        self._finish()
        self.ctx.go("owners", owner_id=made.owner_id, business_id=made.business_id)
        ids = {"owner_id": made.owner_id, "business_id": made.business_id}
        self.ctx.toast(words.SAVED, words.OPEN_SESSION, lambda: self.ctx.go("session", **ids))

    def _failed(self, error: AppError) -> None:
        self.view.footer.primary.setEnabled(True)
        self.draft.touch()
        self.ctx.show_error(error)

    def _refuse(self) -> None:
        if not self.ctx.dialogs.confirm(Question(words.REFUSE_TITLE, words.REFUSE_TEXT, words.REFUSE_DO)):
            return
        draft = self.draft.key
        self.draft.done()
        self.ctx.background.write(self, lambda store: registration.refuse(store, draft), lambda _: self._refused())

    def _refused(self) -> None:
        self._finish()
        self.form.write({})
        self.notice.write({})
        self.ctx.back()
        self.ctx.toast(words.REFUSED)

    def _finish(self) -> None:
        self.view.footer.primary.setEnabled(True)
        self.state.empty = True

    def _use_owner(self, owner_id: str) -> None:
        """Go on with an owner who is here already; the business that was typed stays."""
        typed = {k: v for k, v in self.form.typed().items() if k.startswith("business.")}
        draft = self.draft.key

        def adopt(entry: dict[str, str]) -> None:
            self._start(entry | typed, EntryState(Registered(owner_id, ""), entry, empty=False), draft)
            self.save_draft()
            self.show_step(1)

        self.ctx.background.read(self, lambda store: registration.opened(store, owner_id, "", self.ctx.lang), adopt)

    def _open_record(self, owner_id: str, business_id: str) -> None:
        self.ctx.go("owners", owner_id=owner_id, business_id=business_id)

    def _keep_apart(self) -> None:
        """It is another person: why, in one line; it stands in the record's note."""
        self.state.apart = self.hints.reason.text().strip()
        if not self.state.apart:
            self.hints.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.state.empty = False
        self.draft.touch()
        self.view.name_act(self.state)
        self._submit_form()
