"""What holds for the repository as a whole: its files agree with each other and keep the house rules."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.settings import Settings, load_settings, variable

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "nlp", "storage", "cities")
LEFT_BY_TOOLS = re.compile(
    r"(^|/)(\.venv|\.git|__pycache__|build|dist|data|htmlcov|[^/]+\.egg-info|\.\w+_cache|\.hypothesis)/"
)
# written apart, since no file may hold such a name, this one neither
REGISTRIES = tuple(
    name.replace(" ", ".") for name in ("pypi org", "pythonhosted org", "npmjs org", "npmjs com", "anaconda org")
)


def ours() -> Iterator[Path]:
    """Every file that is kept, with or without git."""
    for path in ROOT.rglob("*"):
        kept = not LEFT_BY_TOOLS.search(f"{path.relative_to(ROOT).as_posix()}{'/' * path.is_dir()}")
        if kept and path.is_file() and path.name not in (".env", "uv.lock", ".coverage"):
            yield path


def sources(*rooms: str) -> list[Path]:
    return sorted(path for path in ours() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in rooms)


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
SOURCES = sources(*ROOMS)


# ---- settings, as people read them


def example() -> dict[str, tuple[str, str]]:
    """Of each variable in .env.example the line above it and the value behind it, commented out or not."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    found = {}
    for above, line in pairwise(lines):
        if match := re.fullmatch(r"#?(KENTONGAN_[A-Z_]+)=(.*)", line):
            found[match[1]] = (above, match[2])
    return found


def test_the_example_names_every_setting_and_nothing_else():
    assert sorted(example()) == sorted(variable(name) for name in Settings.model_fields)


def test_the_example_says_one_line_on_each_setting():
    for name, (above, _) in example().items():
        assert re.fullmatch(r"# \S.{20,}", above), name
    assert len({above for above, _ in example().values()}) == len(example())


def test_the_example_as_it_is_changes_nothing():
    assert load_settings({}, ROOT / ".env.example") == load_settings({}, None)


def test_the_defaults_in_the_example_are_the_real_ones():
    settings = load_settings({}, None)
    for name in (
        "city",
        "data_dir",
        "database_url",
        "host",
        "port",
        "telegram_api_url",
        "whatsapp_api_url",
        "log_level",
    ):
        assert example()[variable(name)][1] == str(getattr(settings, name))


def test_no_document_names_a_setting_that_is_none():
    known = {variable(name) for name in Settings.model_fields}
    for path in (ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile")):
        assert set(re.findall(r"KENTONGAN_[A-Z_]*[A-Z]", path.read_text())) <= known, shown(path)


# ---- what is installed


def locked(name: str) -> dict[str, list[str]]:
    """Of each package in a lock file the lines of its pins, each with its hashes."""
    found: dict[str, list[str]] = {}
    for entry in re.split(r"\n(?! )", (ROOT / "requirements" / f"{name}.txt").read_text().strip()):
        found.setdefault(canonicalize_name(re.split(r"[=\[ ]", entry)[0]), []).append(entry)
    return found


def declared(*extras: str) -> Iterator[Requirement]:
    project = PYPROJECT["project"]
    for text in (
        *project["dependencies"],
        *(text for extra in extras for text in project["optional-dependencies"][extra]),
    ):
        yield Requirement(text)


@pytest.mark.parametrize("name", ["tool", "run", "postgres", "dev"])
def test_a_lock_pins_everything_with_hashes_and_names_no_host(name):
    for entries in locked(name).values():
        for entry in entries:
            assert re.match(r"[\w.-]+(\[[\w,-]+\])?==[\w.!+]+( ; .+?)? \\\n", entry), entry.splitlines()[0]
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry.splitlines()[0]
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--\w*index|--find-links)", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "extras"), [("run", []), ("postgres", ["postgres"]), ("dev", ["postgres", "train", "dev"])]
)
def test_a_lock_satisfies_what_is_declared(name, extras):
    pins = locked(name)
    for requirement in declared(*extras):
        if requirement.name == PYPROJECT["project"]["name"]:
            continue
        versions = [re.split(r"[ ;\\]", entry.split("==")[1])[0] for entry in pins[canonicalize_name(requirement.name)]]
        assert all(requirement.specifier.contains(pin) for pin in versions), requirement


def test_what_runs_is_locked_alike_everywhere():
    run, postgres, dev = locked("run"), locked("postgres"), locked("dev")
    assert run.items() <= postgres.items()
    assert postgres.items() <= dev.items()
    assert not {"pytest", "ruff", "mypy", "playwright", "scikit-learn", "psycopg"} & run.keys()


def test_every_version_is_bounded_on_both_sides():
    tools = map(Requirement, PYPROJECT["dependency-groups"]["tool"] + PYPROJECT["build-system"]["requires"])
    for requirement in (*declared(*PYPROJECT["project"]["optional-dependencies"]), *tools):
        operators = {specifier.operator for specifier in requirement.specifier}
        assert operators >= {">=", "<"} or requirement.name == PYPROJECT["project"]["name"], requirement


def test_no_file_names_a_package_registry():
    for path in ours():
        content = path.read_bytes()
        assert not [name for name in REGISTRIES if name.encode() in content], shown(path)


# ---- house rules


def test_every_package_has_a_sign_on_its_door():
    for path in SOURCES:
        if path.name == "__init__.py":
            sign = ast.get_docstring(ast.parse(path.read_text())) or ""
            assert len(sign.split()) >= 8, f"{shown(path)} does not say what lives here"


def test_nothing_about_a_city_is_in_code():
    """Docstrings may give examples. Only where a command or a setting needs a default city is there one."""
    cities = [folder.name for folder in (ROOT / "cities").iterdir() if (folder / "categories.yaml").exists()]
    assert cities
    for path in SOURCES:
        for line, text in strings(path):
            named = [city for city in cities if city in text.lower()]
            default = shown(path) in ("bot/settings.py", "nlp/__main__.py") and text in cities
            assert not named or default, f"{shown(path)}:{line} names {named}"


def strings(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text())
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def test_no_module_has_a_name_that_says_nothing():
    empty = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "data"}
    assert not [shown(path) for path in SOURCES if empty & {path.stem, *path.stem.split("_")}]


def test_nothing_reads_files_outside_the_repository():
    outside = re.compile(r"/work/|\.\./shared")
    assert not [
        f"{shown(path)}:{line}" for path in sources(*ROOMS) for line, text in strings(path) if outside.search(text)
    ]


def test_every_command_that_a_document_names_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"(?:^ {4}|`)make ([a-z]+)", (ROOT / name).read_text(), re.MULTILINE))
        assert named, name
        assert named <= targets, name


def test_every_file_that_a_document_links_to_exists():
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / name).read_text()):
            assert (ROOT / link).exists(), f"{name}: {link}"


# ---- what is shipped


@pytest.mark.slow
@pytest.mark.skipif(
    int(version("setuptools").split(".")[0]) < 77, reason="needs a newer setuptools: make test brings it"
)
def test_a_wheel_holds_everything_that_runs(tmp_path):
    (tmp_path / "kept").mkdir()
    for path in ours():
        if (room := path.relative_to(ROOT).parts[0]) in ROOMS or room in ("pyproject.toml", "README.md", "LICENSE"):
            copy = tmp_path / "kept" / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    build = f"from setuptools.build_meta import build_wheel; build_wheel({str(tmp_path)!r})"
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", build], cwd=tmp_path / "kept", check=True, capture_output=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    needed = {shown(path) for path in ours() if path.relative_to(ROOT).parts[0] in ROOMS}
    assert sorted(name for name in needed - inside if not name.startswith("nlp/corpus/")) == []
    assert not [name for name in inside if name.startswith(("tests/", "build/")) or name.endswith(".pyc")]
