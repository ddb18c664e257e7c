"""The answers of Bantuan: `resources/help/answers.toml`, read when somebody asks."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.i18n import Words
from models.reference import FOLDER
from models.search import words

FILE = FOLDER.parent / "help" / "answers.toml"
MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of questions."""

    key: str
    icon: str
    words: Words


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, what is so, at most three steps, and the screen of its button."""

    topic: str
    screens: tuple[str, ...]
    question: Words
    lead: Words
    steps: tuple[Words, ...]
    go: str


@dataclass(frozen=True, slots=True)
class Help:
    """Everything there is."""

    topics: tuple[Topic, ...]
    answers: tuple[Answer, ...]

    def of_topic(self, topic: str) -> list[Answer]:
        """Its questions."""
        return [answer for answer in self.answers if answer.topic == topic]

    def of_screen(self, screen: str) -> list[Answer]:
        """What is asked on a screen, the nearest first."""
        return sorted((a for a in self.answers if screen in a.screens), key=lambda a: a.screens.index(screen))

    def search(self, typed: str) -> list[Answer]:
        """The answers in which every typed word begins one; those that say it in the question first."""
        wanted = words(typed)
        found = [a for a in self.answers if wanted and _holds(_everything(a), wanted)]
        return sorted(found, key=lambda a: not _holds(_texts(a.question), wanted))


def _texts(*several: Words) -> str:
    return " ".join(text for one in several for text in (one.id, one.en))


def _everything(answer: Answer) -> str:
    return _texts(answer.question, answer.lead, *answer.steps)


def _holds(text: str, wanted: list[str]) -> bool:
    there = words(text)
    return all(any(word.startswith(one) for word in there) for one in wanted)


def _words(pair: Mapping[str, str]) -> Words:
    return Words(pair["id"], pair["en"])


def _answer(row: Mapping[str, Any]) -> Answer:
    steps = zip(row["steps"]["id"], row["steps"]["en"], strict=True)
    return Answer(row["topic"], tuple(row["screens"]), _words(row["question"]), _words(row["lead"]),
                  tuple(Words(*pair) for pair in steps), row["go"])  # fmt: skip


@cache
def everything() -> Help:
    """Topics and answers in the file's order."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    topics = tuple(Topic(row["key"], row["icon"], _words(row)) for row in read["topic"])
    return Help(topics, tuple(map(_answer, read["answer"])))
