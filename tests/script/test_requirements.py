"""The requirements files agree with pyproject.toml and can be trusted as they stand."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
FILES = ["requirements-build.txt", "requirements.txt", "requirements-dev.txt"]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pinned(name: str) -> dict[str, str]:
    """Distribution name to exact version, as a requirements file has them."""
    text = (ROOT / name).read_text()
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("name", FILES)
def test_requirements_every_line_is_hashed_and_names_no_host(name):
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=[^\s#])", re.sub(r"\\\n", " ", text).strip())

    assert len(entries) == len(pinned(name)) > 0
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"://|^-|\s--(?!hash)\S+", text, flags=re.MULTILINE) == []


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("requirements.txt", PYPROJECT["project"]["dependencies"]),
        ("requirements-dev.txt", PYPROJECT["dependency-groups"]["dev"]),
    ],
)
def test_requirements_pin_a_fitting_version_of_each_dependency(name, wanted):
    versions = pinned(name)
    unfit = [
        text
        for text in wanted
        if not Requirement(text).specifier.contains(
            versions.get(canonicalize_name(Requirement(text).name), "0")
        )
    ]
    assert unfit == []


def test_requirements_development_set_contains_the_servers():
    assert pinned("requirements.txt").items() <= pinned("requirements-dev.txt").items()
