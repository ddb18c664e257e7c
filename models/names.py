"""Names of people in Indonesia made comparable: titles, short forms, old spelling, sound.

`name_key("H. Moch. Soekarno, S.Pd")` is `("MUHAMAD", "SUKARNO")`; `code` joins the words, so that
Nur Hasanah and Nurhasanah are one; `sound` keeps what the ear keeps, so that Aisyah and Aisah are one.
"""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from models.typed import line


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall("[A-Z]+", text))


_TITLES = _words("H HJ KH NY TN BPK IBU PAK BU DRS DRA IR DR PROF GUS NING R RR S SE SH SPD SAG SKOM ST MM MPD MSI AMD")
_MUHAMMAD = _words("M MUH MOH MOCH MUCH MOHAMMAD MOHAMAD MUHAMAD MOCHAMAD MOCHAMMAD MUCHAMMAD")
_SHORT: dict[str, str] = {**dict.fromkeys(_MUHAMMAD, "MUHAMMAD"), "ABD": "ABDUL", "ABDL": "ABDUL"}
_OLD_SPELLING = (("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("SJ", "SY"))
_HEARD = str.maketrans({"F": "P", "V": "P", "Z": "J", "Q": "K", "X": "K"})
_UNHEARD = str.maketrans(dict.fromkeys("AEIOUYH"))
CLOSE = 0.85  # of difflib's ratio: one wrong letter in a name of seven


@lru_cache(maxsize=65536)
def name_key(name: str) -> tuple[str, ...]:
    """A person's name for comparison: without titles, old spelling and short forms resolved, letters undoubled."""
    text = re.sub(r",.*", "", line(name).upper())
    words: list[str] = re.findall(r"[^\W\d_]+", re.sub(r"['’]", "", text))
    if words and words[0] == "ST" and len(words) > 1:
        words[0] = "SITI"  # after a comma it is a degree, in front it is short for Siti
    words = [_SHORT.get(w, w) for w in words if w in _SHORT or w not in _TITLES] or words
    return tuple(_letters(w) for w in words)


def _letters(word: str) -> str:
    for old, new in _OLD_SPELLING:
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


def code(name: str) -> str:
    """The words of a name run together: how two ways of writing one name meet."""
    return _letters("".join(name_key(name)))


@lru_cache(maxsize=65536)
def sound(name: str) -> str:
    """What is heard of a name: its first letter and its consonants; empty for a name without letters."""
    text = code(name).translate(_HEARD)
    return text[:1] + _letters(text[1:].translate(_UNHEARD))


def names_alike(one: str, other: str) -> bool:
    """The same name, or one that holds all words of the other: `St. Maimunah` and `Maimunah`."""
    a, b = set(name_key(one)), set(name_key(other))
    return bool(a and b) and (a <= b or b <= a)


def names_close(one: str, other: str) -> bool:
    """Names that differ by about a letter."""
    a, b = code(one), code(other)
    if not a or not b or abs(len(a) - len(b)) > 3:
        return False
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.real_quick_ratio() >= CLOSE and matcher.quick_ratio() >= CLOSE and matcher.ratio() >= CLOSE
