"""The checks find what they are for: each is shown a fault, so that one that sees nothing is noticed."""

from pathlib import Path

import pytest

from tests.checks import imports, locks, translations, tree

HOST = "https://" + ".".join(
    ["files", "python" + "hosted", "org"]
)  # in pieces, or this file would be a fault


@pytest.fixture
def checkout(tmp_path, monkeypatch) -> Path:
    """A tree with nothing in it, which the checks take for theirs."""
    for module in (tree, locks, translations, imports):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(locks, "FOLDER", tmp_path / "requirements")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("a.py", "x = 1\n" * 501, "501 lines"),
        ("a.toml", f'index = "{HOST}/simple"', "registry"),
        ("shop/utils.py", "", "name the file"),
        ("a.html", '<p style="color: red">', "style attribute"),
        ("a.html", "<style>p {}</style>", "style element"),
        ("a.html", "<script>alert(1)</script>", "inline script"),
        ("a.html", '<button onclick="go()">', "inline handler"),
        ("a.html", '<a href="javascript:go()">', "javascript:"),
        ("a.html", '<form hx-on:click="go()">', "hx-on"),
        ("a.html", '<form hx-vals="js:{a: 1}">', "htmx"),
    ],
)
def test_a_fault_in_a_file_is_found(checkout, name, text, fault):
    path = checkout / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    assert any(fault in found for found in tree.faults())


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="/static/main.js"></script>',
        '<script type="application/ld+json">{}</script>',
        '<svg><path transform="rotate(3)"/></svg>',
        "{# style attributes are not used here: <p style='x'> #}",
        '<td data-style="x" aria-label="one=two">',
    ],
)
def test_what_the_content_policy_allows_is_no_fault(checkout, text):
    (checkout / "a.html").write_text(text)
    assert tree.faults() == []


def lock_of(checkout: Path, text: str, wanted: str) -> list[str]:
    (checkout / "requirements").mkdir(exist_ok=True)
    (checkout / "requirements/prod.txt").write_text(text)
    return locks._faults_of("prod", [wanted])


def test_a_lock_that_is_behind_its_ranges_is_found(checkout):
    head, hashed = f"# ranges: {locks.digest(['flask>=3'])}\n", " \\\n    --hash=sha256:00\n"
    assert lock_of(checkout, f"{head}flask==3.1.3{hashed}", "flask>=3") == []
    assert "answered by 2.0" in lock_of(checkout, f"{head}flask==2.0{hashed}", "flask>=3")[0]
    assert "no hash" in lock_of(checkout, f"{head}flask==3.1.3\n", "flask>=3")[0]
    assert "other ranges" in lock_of(checkout, f"{head}flask==3.1.3{hashed}", "flask>=3.1")[0]
    assert "answered by nothing" in lock_of(checkout, head, "flask>=3")[0]


def test_a_sentence_without_italian_is_found_and_one_that_nobody_says(checkout):
    package = checkout / "shop"
    package.mkdir()
    (package / "__init__.py").write_text('_("Good morning")\nngettext("%(num)s look", "%(num)s looks", 2)\n')
    assert "is missing (2 sentences)" in translations.faults()[0]
    translations.update()
    assert len(translations.faults()) == 2  # both are there and empty
    path = translations.catalogue_of(package)
    text = path.read_text().replace('msgstr ""', 'msgstr "Buongiorno"')
    text = text.replace('msgstr[0] ""', 'msgstr[0] "%(num)s look"').replace(
        'msgstr[1] ""', 'msgstr[1] "%(num)s look"'
    )
    path.write_text(text.replace('msgstr "Buongiorno"', 'msgstr ""', 1))  # the first is the header
    assert translations.faults() == []
    (package / "__init__.py").write_text('_("Good morning")\n')
    assert "nobody says" in translations.faults()[0]
    path.write_text(path.read_text().replace("Buongiorno", ""))
    assert any("empty" in fault for fault in translations.faults())


def test_a_sentence_that_two_packages_put_into_different_italian_is_found(checkout):
    for name, italian in (("shop", "Guarda"), ("studio", "Look")):
        package = checkout / name
        package.mkdir()
        (package / "__init__.py").write_text('_("Look")\n')
        translations.update()
        path = translations.catalogue_of(package)
        path.write_text(path.read_text().replace('"Look"\nmsgstr ""', f'"Look"\nmsgstr "{italian}"'))
    assert translations.faults() == ["'Look' has 2 Italian sentences: [('Guarda',), ('Look',)]"]


def test_a_package_without_a_floor_is_found(checkout):
    (checkout / "pyproject.toml").write_text(
        '[tool.importlinter]\nroot_packages = ["shop"]\ncontracts = []\n'
    )
    (checkout / "attic").mkdir()
    (checkout / "attic/__init__.py").touch()
    assert "attic" in imports.faults()[0]


def test_an_import_upward_is_found(checkout):
    layers = (
        '[[tool.importlinter.contracts]]\nname = "floors"\ntype = "layers"\nlayers = ["(top)", "(ground)"]\n'
    )
    rules = '[tool.importlinter]\nroot_packages = ["top", "ground"]\ninclude_external_packages = true\n'
    (checkout / "pyproject.toml").write_text(rules + layers)
    for name in ("top", "ground"):
        (checkout / name).mkdir()
        (checkout / name / "__init__.py").touch()
    assert imports.faults() == []
    (checkout / "ground/__init__.py").write_text("import top\n")
    assert "ground is not allowed to import top" in imports.faults()[0]
