"""Names of the people behind records, changes and conflicts, as the staff directory has them."""

from models.store import Store

_SOMEBODY = 36  # the length of an id: whoever it is, the directory does not know them


def name_of(store: Store, user: str | None) -> str:
    """Who somebody is: the name in the directory, for an account before its enrolment the text itself."""
    if not user:
        return ""
    found = store.query("SELECT name FROM staff WHERE id = ?", (user,))
    if found:
        return str(found[0][0])
    person: dict[str, str] = store.setting("sync.person") or {}
    if person.get("id") == user:
        return person["name"]
    return "" if len(user) == _SOMEBODY else user
