"""The layers of the house, and that a forbidden import would be seen."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("competition", "judging", "awards", "config")


def lint(directory: Path) -> subprocess.CompletedProcess:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", "pyproject.toml"]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)


def test_layers_are_kept():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_an_import_upwards_is_seen(tmp_path):
    for room in ROOMS:
        for source in (ROOT / room).rglob("*.py"):
            copy = tmp_path / source.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    guilty = tmp_path / "competition" / "services" / "places.py"
    guilty.write_text(f"import awards.models\n{guilty.read_text(encoding='utf-8')}", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode != 0
    assert "competition.services.places -> awards.models" in done.stdout


def test_views_and_forms_never_save():
    """Row 4 calls services: no page, form, template tag or command writes a row by itself."""
    writes = (".save(", ".delete(", ".bulk_create(", ".objects.create(", ".bulk_update(", ".get_or_create(")
    for room in ROOMS:
        for folder in ("views", "forms", "api", "templatetags"):
            for source in (ROOT / room).glob(f"{folder}/**/*.py"):
                text = source.read_text(encoding="utf-8")
                assert not [word for word in writes if word in text], source
