"""Every template compiles, and every form that changes something carries its token."""

import re
from pathlib import Path

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


def test_every_form_that_changes_something_carries_its_token() -> None:
    bare = {
        str(page.relative_to(ROOT)): forms
        for page in PAGES
        if (forms := [form[:120] for form in FORM.findall(page.read_text()) if not TOKEN.search(form)])
    }
    assert len(PAGES) > 100
    assert bare == {}
