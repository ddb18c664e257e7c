"""Dampingi: accompanies micro businesses, also without internet. `python main.py --help`."""

import argparse
from pathlib import Path


def arguments(line: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="dampingi", description=__doc__)
    parser.add_argument("--home", type=Path, help="folder of the data (default: the system's, or DAMPINGI_HOME)")
    parser.add_argument("--lang", choices=("id", "en"), help="language")
    parser.add_argument("--theme", choices=("light", "dark"), help="look")
    parser.add_argument("--demo", action="store_true", help="open the sample office")
    return parser.parse_args(line)


if __name__ == "__main__":
    chosen = arguments()
    from ui.app import Options, run

    raise SystemExit(run(Options(chosen.home, chosen.lang, chosen.theme, chosen.demo)))
