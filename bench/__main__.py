"""`python -m bench [name ...]`: runs the benchmarks, writes build/bench.json, prints a table."""

import json
import sys
from importlib import import_module
from pathlib import Path

from bench.measure import Figure

BENCHES = ("start", "save", "search", "importing", "people", "wire", "sync", "line", "memory", "papers")
TARGET = Path("build/bench.json")


def main(names: list[str]) -> int:
    if unknown := set(names) - set(BENCHES):
        print(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
        return 2
    figures: list[Figure] = []
    for name in names or BENCHES:
        print(f"{name} …", flush=True)
        for figure in import_module(f"bench.{name}").run():
            figures.append(figure)
            mark = {True: "ok", False: "MISSED", None: ""}[figure.ok]
            print(f"  {figure.name:<58} {figure.value:>10} {figure.unit:<6} {figure.goal:<18} {mark} {figure.note}")
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps([f.as_dict() for f in figures], indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
