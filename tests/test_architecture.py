"""The structure that docs/architecture.md draws: who may import whom, and how long things may be."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCAL = {"main", "ui", "reports", "sync", "models", "server", "tests", "bench", "packaging"}

# A folder may import these local folders or modules and nothing else of ours.
MAY_IMPORT = {
    "models": {"models"},
    "sync": {"sync", "models"},
    "reports": {"reports", "models"},
    "ui": {"ui", "reports", "sync", "models"},
    "server": {"server", "models", "sync.protocol", "sync.merge", "sync.bundle", "sync.proof"},
    "main": {"ui", "models"},
}

# An outside package may be imported only here.
ONLY_IN = {
    "PySide6": {"ui", "main.py"},
    "reportlab": {"reports"},
    "requests": {"sync/transport.py"},
    "sqlite_utils": {"models"},
    "sqlcipher3": {"models", "server"},
    "litestar": {"server"},
    "uvicorn": {"server"},
    "sqlalchemy": {"server"},
    "alembic": {"server"},
    "psycopg": {"server"},
    "openpyxl": {"models", "reports"},
    "pypdfium2": {"ui"},
    "PIL": {"models/pictures.py"},
}

# What the server may take from models: declarations and plain functions, never the laptop's store.
STORE_MODULES = {"models.database", "models.store", "models.outbox", "models.capture", "models.vault",
                 "models.accounts", "models.backups", "models.search", "models.lists", "models.summaries"}  # fmt: skip

# Subject files declare; they hold no SQL and know nothing of the store.
DECLARATIONS = ("clock", "i18n", "errors", "schema", "kinds", "official_ids", "packs", "reference", "kbli", "owners", "businesses",
                "consents", "consultations", "staff", "entities", "conditions", "organisations", "partnerships", "financing",
                "consignment", "programs", "flagships", "reviews", "stories", "handovers", "identity", "attachments",
                "products", "permits", "permit_ids", "assessments", "readiness", "facilitation", "services", "events", "number_blocks")  # fmt: skip

LONGEST_FUNCTION = 40
LONGEST_FILE = {"ui": 300}
LONGEST_FILE_ELSEWHERE = 400
EXCEPTIONS: dict[str, str] = {}  # "path" or "path:function" -> the reason why it may be longer


def sources() -> list[Path]:
    """Every source file of the product (tests, bench and build tools apart)."""
    folders = ("ui", "reports", "sync", "models", "server")
    return sorted([ROOT / "main.py", *(p for f in folders for p in (ROOT / f).rglob("*.py"))])


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every import, wherever it stands in the file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            assert node.module
            base = node.module
            yield from ((node.lineno, base if "." in base else f"{base}.{alias.name}") for alias in node.names)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def allowed(name: str, permitted: set[str]) -> bool:
    return any(name == p or name.startswith(p + ".") for p in permitted)


FOLDERS = ("main.py", "models", "reports", "server", "sync", "ui")
EACH_FOLDER = pytest.mark.parametrize("folder", FOLDERS)


def files_in(folder: str) -> list[Path]:
    """The source files of a folder; there is no folder without any."""
    found = [path for path in sources() if relative(path).split("/")[0] == folder]
    assert found
    return found


def test_every_source_file_is_looked_at() -> None:
    assert sorted(path for folder in FOLDERS for path in files_in(folder)) == sources()


@EACH_FOLDER
def test_imports_only_look_down(folder: str) -> None:
    wrong = [
        f"{relative(path)}:{line} imports {name}"
        for path in files_in(folder)
        for line, name in imports(path)
        if name.split(".")[0] in LOCAL and not allowed(name, MAY_IMPORT[folder.removesuffix(".py")])
    ]
    assert not wrong


@EACH_FOLDER
def test_outside_packages_stay_in_their_folder(folder: str) -> None:
    wrong = [
        f"{here}:{line} imports {name}"
        for path in files_in(folder)
        for here in [relative(path)]
        for line, name in imports(path)
        if (homes := ONLY_IN.get(name.split(".")[0])) and not any(here == h or here.startswith(h + "/") for h in homes)
    ]
    assert not wrong


def test_server_never_sees_the_laptops_store() -> None:
    wrong = [
        f"{relative(p)}:{line} imports {name}"
        for p in sources()
        if relative(p).startswith("server/")
        for line, name in imports(p)
        if allowed(name, STORE_MODULES)
    ]
    assert not wrong


def test_declarations_know_no_store() -> None:
    wrong = [
        f"{module}:{line} imports {name}"
        for module in DECLARATIONS
        for line, name in imports(ROOT / "models" / f"{module}.py")
        if allowed(name, STORE_MODULES)
    ]
    assert not wrong


@EACH_FOLDER
def test_files_and_functions_stay_short(folder: str) -> None:
    limit = LONGEST_FILE.get(folder, LONGEST_FILE_ELSEWHERE)
    assert [said for path in files_in(folder) for said in too_long(path, limit)] == []


def too_long(path: Path, limit: int) -> Iterator[str]:
    """What is longer in a file than it may be."""
    here = relative(path)
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > limit and here not in EXCEPTIONS:
        yield f"{here} has {lines} lines"
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > LONGEST_FUNCTION and f"{here}:{node.name}" not in EXCEPTIONS:
                yield f"{here}:{node.lineno} {node.name} has {size} lines"


def test_the_rules_bite(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("def f() -> None:\n    from ui.app import run\n    import requests.adapters\n", encoding="utf-8")
    names = [name for _, name in imports(planted)]
    assert names == ["ui.app", "requests.adapters"]
    assert not allowed("ui.app", MAY_IMPORT["models"])
    assert allowed("models.store", MAY_IMPORT["sync"])
    assert not allowed("models_extra", MAY_IMPORT["sync"])


def test_exceptions_are_still_needed() -> None:
    for name in EXCEPTIONS:
        assert (ROOT / name.split(":")[0]).is_file(), f"{name} is gone: remove its exception"
