"""Build `resources/reference/regions.csv` from the npm package idn-area-data.

    npm pack idn-area-data@4.0.1 && tar xzf idn-area-data-4.0.1.tgz
    python packaging/build_regions.py package/data

The package is not a dependency: this runs only when a new decree changes the regions.
"""

import csv
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "resources" / "reference" / "regions.csv"
SOURCES = ("provinces.csv", "regencies.csv", "districts.csv", "villages.csv")


def mended(name: str) -> str:
    """A name as it is written: `Soka"an` is `Soka'an`, `Jong - Jong` is `Jong-Jong`, `Teuw*` is `Teuw`."""
    name = name.replace('"', "'").replace("’", "'").replace(" - ", "-").replace("- ", "-").replace(" -", "-")
    name = name.replace(" / ", "/").replace("/ ", "/").rstrip(".* ")
    return " ".join(name.split())


def rows(folder: Path) -> list[tuple[str, str]]:
    """(code without dots, name) of every level, sorted by code: a parent stands before its children."""
    found: list[tuple[str, str]] = []
    for source in SOURCES:
        with (folder / source).open(encoding="utf-8", newline="") as file:
            found += [(r["code"].replace(".", ""), mended(r["name"])) for r in csv.DictReader(file)]
    return sorted(found)


def main(folder: Path) -> None:
    """Write the list and say how many rows it has."""
    found = rows(folder)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(found)
    print(f"{len(found)} regions -> {TARGET}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
