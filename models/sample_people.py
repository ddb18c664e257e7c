"""Any number of invented owners and businesses, the same ones for the same seed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random

from models.clock import iso, uuid7
from models.i18n import WIB
from models.sample_office import POSTAL_CODE, SCOPE
from models.schema import Row
from models.store import Store

FIRST_NAMES = (
    "Siti", "Sri", "Nur", "Sumi", "Umi", "Dewi", "Endang", "Lilik", "Moh.", "Abdul", "Agus", "Bambang", "Hartatik", "Khotimah",
    "Maimunah", "Romlah", "Sutrisno", "Suwarno", "Yuliana", "Wiwik",
)  # fmt: skip
LAST_NAMES = (
    "Aminah", "Wahyuni", "Hidayati", "Rahayu", "Lestari", "Handayani", "Riyadi", "Ghofur", "Salim", "Hariyanto", "Mufidah",
    "Zahro", "Jannah", "Susilowati", "Prasetyo", "Arifin", "Kulsum", "Ningsih", "Safitri", "Indrawati",
)  # fmt: skip
TRADES = (
    ("Keripik Talas", "keripik", "2025:10794"), ("Batik Tulis", "batik tulis", "2025:13133"), ("Tempe", "tempe", "2025:10307"),
    ("Warung Nasi", "warung makan", "2025:56101"), ("Jamu Sinom", "jamu", "2025:10797"), ("Laundry", "laundry", "2025:96100"),
    ("Toko Kelontong", "pracangan", "2025:47112"), ("Bengkel Motor", "bengkel motor", "2025:95320"),
    ("Kue Kering", "kue", "2025:10710"), ("Terasi Udang", "terasi", "2025:10215"),
)  # fmt: skip
STREETS = ("Jl. Mawar", "Jl. Melati", "Gg. Kenanga", "Jl. KH. Hasan", "Gg. Mangga")
BATCH = 5_000
BIRTHS = (date(1955, 1, 1), 18_000)  # the first day, and over how many days they spread
REGISTERED = (datetime(2024, 1, 8, 8, tzinfo=WIB), 60 * 24 * 1_000)  # likewise, in minutes


def make(store: Store, n: int, seed: int = 1) -> None:
    """Writes `n` invented owners, each with one business of 26 filled fields; a batch at a time, so memory stays flat."""
    made = pairs(n, seed, store.home_scope or SCOPE)
    while batch := list(islice(made, BATCH)):
        store.save_all([("owner", owner) for owner, _ in batch] + [("business", business) for _, business in batch])


def pairs(n: int, seed: int = 1, scope: str = SCOPE) -> Iterator[tuple[Row, Row]]:
    """`n` owners with their businesses, one after the other."""
    random = Random(seed)  # noqa: S311 - invented data, not a secret
    return (_pair(random, number, scope) for number in range(n))


def _pair(random: Random, number: int, scope: str) -> tuple[Row, Row]:
    at = REGISTERED[0] + timedelta(minutes=random.randrange(REGISTERED[1]))
    made = {"scope": scope, "created_at": iso(at), "village": scope, "postal_code": POSTAL_CODE,
            "rt": random.randint(1, 9), "rw": random.randint(1, 9),
            "address": f"{random.choice(STREETS)} No. {random.randint(1, 120)}"}  # fmt: skip
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    born = BIRTHS[0] + timedelta(days=random.randrange(BIRTHS[1]))
    sex = random.choice("LPP")
    day = born.day + 40 * (sex == "P")
    owner = made | {
        "id": uuid7(at, random.getrandbits(80)), "name": f"{first} {last}", "sex": sex, "birth_date": born.isoformat(),
        "nik": f"{scope[:6]}{day:02d}{born:%m%y}{random.randint(9900, 9999)}", "phone": f"+62812{number:08d}",
        "informed": "signed", "legal_basis": "public_task",
    }  # fmt: skip
    return owner, made | _business(random, number, owner, last) | {"id": uuid7(at, random.getrandbits(80))}


def _business(random: Random, number: int, owner: Row, suffix: str) -> Row:
    trade, activity, kbli = random.choice(TRADES)
    men, women = random.randint(0, 3), random.randint(0, 4)
    return {
        "owner_id": owner["id"], "name": f"{trade} {suffix} {number + 1}", "brand": f"{trade} {suffix}", "activity": activity,
        "kbli": kbli, "legal_form": "sole", "nib": f"{number + 1:013d}", "nib_date": owner["created_at"][:10],
        "started": random.randint(1998, 2024), "contact_name": owner["name"], "contact_phone": owner["phone"],
        "premises": random.choice(("own", "rent", "market")), "sales_year": random.randint(6, 240) * 1_000_000,
        "capital": random.randint(1, 60) * 500_000, "numbers_year": 2025, "workers": men + women, "workers_men": men,
        "workers_women": women, "channels": random.choice(("home", "home,market", "shop")),
        "market_reach": random.choice(("local", "local", "regency")), "bookkeeping": random.choice(("none", "simple")),
        "qris": random.randint(0, 1), "existence": "active", "main_product": trade,
    }  # fmt: skip
