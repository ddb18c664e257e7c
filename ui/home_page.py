"""Beranda: what waits today, and how the office stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from models import onboarding, outbox, summaries
from models.i18n import Words, number
from models.schema import Row
from models.store import Changes, Draft, Store
from models.summaries import Figures
from ui.beginnings import register_button
from ui.context import Context
from ui.events import SyncState
from ui.follow_up_card import FollowUpCard
from ui.home_side import HomeSide
from ui.page import Page
from ui.widgets import Banner, StatCard, column, row
from ui.words import common
from ui.words import home as words

RECENT_SHOWN, SIDE = 10, 318
BANNER_CLOSED = "banner_closed"  # the setting that holds the day on which the banner was closed
WATCHED = ("business", "owner", "consultation", "follow_up")


@dataclass(frozen=True, slots=True)
class HomeData:
    """What the page shows, read at once."""

    figures: Figures
    follow_ups: list[Row]
    drafts: list[Draft]
    recent: list[Row]
    waiting: int
    banner_closed: bool
    nip: str


def load(store: Store) -> HomeData:
    """Read everything that is quick to read."""
    return HomeData(
        summaries.figures(store),
        summaries.follow_ups(store),
        store.drafts(),
        summaries.recent(store, RECENT_SHOWN),
        outbox.waiting(store),
        store.setting(BANNER_CLOSED) == store.clock.today().isoformat(),
        onboarding.profile(store).nip,
    )


class HomePage(Page):
    """Banner, four figures, the follow-ups, and at the right what was left and opened last."""

    shows_search = True

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._data: HomeData | None = None
        self._offline, self._waiting = False, 0
        self._opening = False  # shown just now: the focus waits for the rows
        self._register = register_button(ctx)
        self.banner = Banner("amber", ctx.words(words.OFFLINE), action=ctx.words(words.SEE_DATA),
                             act=lambda: ctx.go("sync"), close=ctx.words(words.CLOSE_BANNER))  # fmt: skip
        self.banner.closed.connect(self._close_banner)
        self.banner.hide()
        self.stats = self._stat_cards()
        self.tasks = FollowUpCard(ctx)
        self.tasks.opened.connect(self._open_row)
        self.side = HomeSide(ctx, self._open_row)
        self._arrange()
        ctx.events.sync.connect(self._show_sync)

    @override
    def title(self) -> str:
        return self.ctx.words(greeting(self.ctx, self._data.nip if self._data else ""))

    @override
    def buttons(self) -> Sequence[QWidget]:
        return [self._register]

    @override
    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"session": self._session}

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.tasks.list, self.side)

    @override
    def open(self, **args: object) -> None:
        self.refresh(None)
        self._opening = not self.tasks.list.rows
        (self._register if self._opening else self.tasks.list).setFocus()

    @override
    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.touches(*WATCHED):
            self.ctx.background.read(self, load, self._show)
            self.ctx.background.read(self, summaries.to_check, self.side.show_counts)

    def _stat_cards(self) -> dict[str, StatCard]:
        ctx = self.ctx
        cards = {
            "businesses": ("prs", "store", words.BUSINESSES, lambda: ctx.go("owners", filters=())),
            "sessions": ("info", "messages-square", words.SESSIONS, lambda: ctx.go("owners", filters=("active",))),
            "tasks": ("wait", "list-checks", words.FOLLOW_UPS, self._see_tasks),
            "nib": ("neu", "badge-check", words.WITHOUT_NIB, lambda: ctx.go("owners", filters=("no_nib",))),
        }
        return {key: StatCard(tone, icon, ctx.words(name), act) for key, (tone, icon, name, act) in cards.items()}

    def _arrange(self) -> None:
        whole = column(margins=(24, 16, 24, 20), spacing=16)
        figures = row(spacing=12)
        for card in self.stats.values():
            figures.addWidget(card, 1)
        columns = row(spacing=16)
        columns.addWidget(self.tasks, 1)
        columns.addWidget(self.side)
        self.side.setFixedWidth(SIDE)
        whole.addWidget(self.banner)
        whole.addLayout(figures)
        whole.addLayout(columns, 1)
        self.setLayout(whole)

    def _show(self, data: HomeData) -> None:
        greeted = self._data.nip if self._data else None
        self._data, self._waiting = data, data.waiting
        self._show_figures(data)
        self.tasks.show_rows(data.follow_ups, empty_office=not data.figures.businesses)
        if self._opening and data.follow_ups and self._register.hasFocus():
            self.tasks.list.setFocus()
        self._opening = False
        self.side.show_drafts(data.drafts)
        self.side.show_recent(data.recent)
        self._show_banner()
        if greeted != data.nip:
            self.top_changed.emit()

    def _show_figures(self, data: HomeData) -> None:
        figures, lang = data.figures, self.ctx.lang
        late = sum(task["days"] < 0 for task in data.follow_ups)
        share = round(100 * figures.with_nib / figures.businesses) if figures.businesses else 0
        lines: dict[str, tuple[int, Words]] = {
            "businesses": (
                figures.businesses,
                words.NEW_THIS_MONTH.fill(n=figures.new_this_month) if figures.new_this_month else words.NONE_NEW,
            ),
            "sessions": (
                figures.sessions, words.PERSONS.fill(n=figures.persons) if figures.persons else words.NO_PERSONS,
            ),
            "tasks": (len(data.follow_ups), words.LATE_TASKS.fill(n=late) if late else words.NONE_LATE),
            "nib": (
                figures.without_nib,
                words.WITH_NIB.fill(n=figures.with_nib, share=share) if figures.businesses else words.NO_SHARE,
            ),
        }  # fmt: skip
        for key, (count, caption) in lines.items():
            self.stats[key].show_number(number(count, lang), self.ctx.words(caption))

    def _show_sync(self, state: SyncState) -> None:
        self._offline = state.tone == "wait"
        self.ctx.background.read(self, outbox.waiting, self._show_waiting)

    def _show_waiting(self, waiting: int) -> None:
        self._waiting = waiting
        self._show_banner()

    def _show_banner(self) -> None:
        if self._data is None:
            return
        shown = self._offline and not self._data.banner_closed
        count = number(self._waiting, self.ctx.lang)
        said = words.OFFLINE_TEXT.fill(n=count) if self._waiting else words.OFFLINE_NOTHING
        self.banner.say(self.ctx.words(said))
        self.banner.setVisible(shown)
        if self.shows_pill == shown:  # the banner says it already
            self.shows_pill = not shown
            self.top_changed.emit()

    def _close_banner(self) -> None:
        today = self.ctx.clock.today().isoformat()

        def keep(store: Store) -> Changes:
            store.set_setting(BANNER_CLOSED, today)
            return Changes()

        self.ctx.background.write(self, keep, lambda _: self.refresh(None))

    def _see_tasks(self) -> None:
        self.tasks.choose("all")
        self.tasks.list.setFocus()

    def _open_row(self, chosen: Row) -> None:
        self.ctx.go("owners", owner_id=chosen["owner_id"], business_id=chosen["business_id"] or "")

    def _session(self) -> None:
        task = self.tasks.list.current()
        self.ctx.go(
            "session", **({"owner_id": task["owner_id"], "business_id": task["business_id"] or ""} if task else {})
        )


def greeting(ctx: Context, nip: str) -> Words:
    """`Selamat pagi, Bu Sri`; the NIP's fifteenth digit says Bu or Pak, without it the name alone."""
    name = ctx.profile.name.split()[0] if ctx.profile.name else ""
    title = {"1": words.SIR, "2": words.MADAM}.get(nip[14:15], Words("{name}", "{name}"))
    return common.greeting(ctx.clock).fill(who=title.fill(name=name))
