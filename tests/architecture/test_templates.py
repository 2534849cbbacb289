"""Every template compiles, and every form that changes something carries its token."""

import re
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
FORM = re.compile(r"<form\b[^>]*\bmethod\s*=\s*[\"']?post\b.*?</form>", re.I | re.S)
TOKEN = re.compile(r"csrf_token|hidden_tag\(|csrf\(|\bhidden\(|<!--token-->", re.I)
PAGES = sorted(ROOT.glob("*/**/templates/**/*.html"))


def test_every_template_compiles(worker_app: Flask) -> None:
    assert len(worker_app.jinja_env.list_templates()) > 10
    for name in worker_app.jinja_env.list_templates():
        if not name.startswith("."):
            worker_app.jinja_env.get_template(name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_form_that_changes_something_carries_its_token(page: Path) -> None:
    forms = FORM.findall(page.read_text())
    assert [form[:120] for form in forms if not TOKEN.search(form)] == []
