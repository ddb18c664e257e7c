"""A small library of good practice: what a business did, what came of it, what others can learn."""

from collections.abc import Mapping, Sequence
from typing import Any

from models import kinds, legal
from models.consultations import TOPICS
from models.i18n import Words
from models.schema import Entity, Field

STORY_STATE = kinds.choice("story_state", [
    ("draft", "Naskah", "Draft"), ("shared", "Dibagikan", "Shared"), ("withdrawn", "Ditarik", "Withdrawn"),
])  # fmt: skip

STORY = Entity(
    "story",
    Words("Praktik baik", "Good practice"),
    Words("Praktik baik", "Good practice"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner")),
        Field("business_id", kinds.REF, Words("Usaha", "Business")),
        Field("title", kinds.TEXT, Words("Judul", "Title"), required=True, listed=True, searched=True),
        Field("told_on", kinds.DATE, Words("Tanggal", "Date"), required=True, listed=True),
        Field("topics", TOPICS, Words("Topik", "Topics"), listed=True, merge="union"),
        Field("before", kinds.LONG_TEXT, Words("Keadaan sebelumnya", "How it was before"), private=True),
        Field("action", kinds.LONG_TEXT, Words("Yang dilakukan", "What was done"), required=True, private=True),
        Field("result", kinds.LONG_TEXT, Words("Hasilnya", "What came of it"), private=True),
        Field("lesson", kinds.LONG_TEXT, Words("Pelajaran untuk yang lain", "What others can learn")),
        Field("author", kinds.NAME, Words("Penulis", "Author"), listed=True),
        Field("state", STORY_STATE, Words("Keadaan", "State"), required=True, listed=True),
    ),
)

NOT_AGREED = Words(
    "Pemilik belum menyetujui foto dan promosi (tujuan 3). Minta persetujuannya dulu, atau tulis tanpa nama usaha.",
    "The owner has not agreed to photo and publication (purpose 3). Ask first, or write it without the business.",
)


def keeps_from_sharing(owner: Mapping[str, Any] | None, consents: Sequence[Mapping[str, Any]]) -> Words | None:
    """Why a story may not leave the office; None when it may. A story about nobody may."""
    return None if owner is None or legal.may_share(owner, consents, "photo") else NOT_AGREED
