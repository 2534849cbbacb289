"""The history of the database, on a server of its own: one line, up, down, up, no drift from the models."""

import re
import sys
import tempfile
from pathlib import Path

from alembic.script import ScriptDirectory
from flask_migrate import check, downgrade, upgrade

from foundation import postgres
from wsgi import create_app

ROOT = Path(__file__).resolve().parents[2]
NUMBERED = re.compile(r"^(\d{4})_[a-z0-9_]+\.py$")


def order_faults() -> list[str]:
    """Files are numbered, and each follows the one before it: one head, no branches."""
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    heads = scripts.get_heads()
    if len(heads) != 1:
        return [f"migrations: {len(heads)} heads ({', '.join(heads)})"]
    chain = [Path(script.path).name for script in scripts.walk_revisions()][::-1]
    faults = [
        f"migrations/versions/{name}: name it 0042_what_it_does.py"
        for name in chain
        if not NUMBERED.match(name)
    ]
    numbers = [name[:4] for name in chain]
    faults += [
        f"migrations: the number {number} is used twice" for number in numbers if numbers.count(number) > 1
    ]
    return faults


def run() -> None:
    """Raises (SystemExit from Alembic's own check) when a step fails or the models say something else."""
    with tempfile.TemporaryDirectory(prefix="vetrina-") as folder:
        Path(folder).chmod(0o711)
        data = Path(folder) / "postgres"
        try:
            url = postgres.ensure_running(data, durable=False)
            app = create_app({"VETRINA_ENV": "test", "DATABASE_URL": url, "DATA_DIR": folder})
            with app.app_context():
                upgrade()
                downgrade(revision="base")
                upgrade()
                check()
        finally:
            postgres.remove(data)


if __name__ == "__main__":
    if problems := order_faults():
        sys.exit("\n".join(problems))
    run()
    print("migrations: ok")
