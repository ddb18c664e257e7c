"""A chart says the same in bars, in words and in a table, and refuses what could not be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.charts import MOST, OTHERS, RANKED, TICKS, Chart, Series, ranked
from models.i18n import Words


def words(n: int) -> Words:
    return Words(f"Topik {n}", f"Topic {n}")


def bars(*values: int) -> Chart:
    return Chart("bars", Words("Sesi", "Sessions"), tuple(map(words, range(len(values)))), (Series(words(0), values),))


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=MOST["bars"][0]))
def test_the_axis_holds_every_bar_in_few_round_steps(values: list[int]) -> None:
    chart = bars(*values)
    ticks = chart.ticks()
    assert ticks[0] == 0
    assert ticks[-1] >= max(values)
    assert 2 <= len(ticks) <= TICKS + 1
    assert str(ticks[1]).rstrip("0") in {"1", "2", "5"}
    assert all(0 <= chart.share(v) <= 1 for v in values)
    assert [chart.share(v) for v in sorted(values)] == sorted(chart.share(v) for v in values)


@pytest.mark.parametrize(("top", "last"), [(18, 20), (22, 25), (0, 1), (5, 5), (6, 6), (101, 150)])
def test_ticks_as_people_would_draw_them(top: int, last: int) -> None:
    assert bars(top).ticks()[-1] == last


@given(st.dictionaries(st.integers(0, 50).map(words), st.integers(0, 1000), min_size=1))
def test_lying_bars_fall_and_lose_nothing(counted: dict[Words, int]) -> None:
    chart = ranked(Words("Topik", "Topics"), words(0), counted)
    values = chart.series[0].values
    assert sum(values) == sum(counted.values())
    assert list(values[:RANKED]) == sorted(values[:RANKED], reverse=True)
    assert len(values) <= RANKED + 1
    assert chart.empty or chart.share(chart.top) == 1


def test_others_stand_once_and_last() -> None:
    counted = {OTHERS: 50} | {words(n): n for n in range(1, RANKED + 3)}
    chart = ranked(Words("Topik", "Topics"), words(0), counted)
    assert [w for w in chart.labels if w.id == "Lainnya"] == [OTHERS] == [chart.labels[-1]]
    assert chart.series[0].values[-1] == 50 + 1 + 2
    assert chart.share(chart.series[0].values[-1]) == 1


def test_the_table_and_the_sentence_say_the_same_in_both_languages() -> None:
    chart = Chart(
        "bars",
        Words("Sesi & fasilitasi terbit", "Sessions and cases issued"),
        (Words("Okt", "Oct"), Words("Nov", "Nov")),
        (Series(Words("Sesi", "Sessions"), (17, 1400)), Series(Words("Terbit", "Issued"), (6, 5))),
    )
    assert chart.table("id") == [["", "Sesi", "Terbit"], ["Okt", "17", "6"], ["Nov", "1.400", "5"]]
    assert chart.sentence("id") == "Sesi & fasilitasi terbit: Okt 17 sesi, 6 terbit; Nov 1.400 sesi, 5 terbit."
    assert chart.sentence("en") == "Sessions and cases issued: Oct 17 sessions, 6 issued; Nov 1,400 sessions, 5 issued."
    assert bars(0, 0).sentence("id") == "Sesi: belum ada data."


@pytest.mark.parametrize(
    ("labels", "series"),
    [
        (13, [(1,) * 13]),
        (2, [(1, 2), (1, 2), (1, 2)]),
        (2, [(1,)]),
        (1, [(-1,)]),
        (1, []),
    ],
)
def test_what_could_not_be_read_is_refused(labels: int, series: list[tuple[int, ...]]) -> None:
    with pytest.raises(ValueError, match="Sessions"):
        Chart(
            "bars",
            Words("Sesi", "Sessions"),
            tuple(map(words, range(labels))),
            tuple(Series(words(0), values) for values in series),
        )
