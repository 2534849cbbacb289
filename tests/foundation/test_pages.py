"""What is true of every answer: its headers, its errors, the reader's choices."""

import re

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from foundation.accounts.guards import public
from foundation.errors import Conflict
from foundation.settings import Settings
from foundation.web import headers
from foundation.web.redirects import own_path
from tests.conftest import environment
from wsgi import create_app

JSON = {"Accept": "application/json"}
STATUSES = (400, 403, 404, 409, 413, 429, 500, 503)


@pytest.fixture(scope="module")
def faulty_app(worker_database: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application of its own, with doors that fail as one asks; it checks tokens, as the real one does."""
    app = create_app(environment(worker_database, tmp_path_factory.mktemp("pages")))
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.get("/fails/<int:status>")
    @public
    def fails(status: int) -> str:
        abort(status)

    @app.get("/breaks")
    @public
    def breaks() -> str:
        raise ZeroDivisionError("a secret of the house")

    @app.get("/clash")
    @public
    def clash() -> str:
        raise Conflict(order="V-1")

    return app


@pytest.fixture
def faulty(faulty_app: Flask) -> FlaskClient:
    return faulty_app.test_client()


def token_of(client: FlaskClient) -> str:
    page = client.get("/styleguide").text
    found = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert found
    return found[1]


def test_every_answer_forbids_inline_script_foreign_hosts_and_frames(client: FlaskClient) -> None:
    for path in ("/styleguide", "/no-such-page"):
        answer = client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "http" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_forms_may_lead_to_stripe_only_when_a_key_is_set() -> None:
    live = Settings.read({"STRIPE_SECRET_KEY": "sk_test_x", "STRIPE_WEBHOOK_SECRETS": "whsec_x"})
    assert "https://checkout.stripe.com" in headers.policy(live)
    assert "stripe" not in headers.policy(Settings.read({}))


def test_no_page_has_inline_style_or_script(client: FlaskClient) -> None:
    page = client.get("/styleguide").text
    assert not re.search(r"\sstyle\s*=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=", page)


@pytest.mark.parametrize("status", STATUSES)
def test_an_error_is_a_page_with_a_next_step_and_no_trace(faulty: FlaskClient, status: int) -> None:
    answer = faulty.get(f"/fails/{status}")
    assert answer.status_code == status
    assert '<a class="go" href="/">' in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", STATUSES)
def test_a_program_gets_a_problem_document(faulty: FlaskClient, status: int) -> None:
    answer = faulty.get(f"/fails/{status}", headers=JSON)
    assert answer.mimetype == "application/problem+json"
    document = answer.get_json()
    assert document["status"] == status == answer.status_code
    assert document["title"] and document["detail"] and document["code"]


def test_a_fault_of_ours_says_nothing_of_the_inside(faulty: FlaskClient) -> None:
    for wish in ({}, JSON):
        answer = faulty.get("/breaks", headers=wish)
        assert answer.status_code == 500
        assert "secret of the house" not in answer.text
        assert "ZeroDivision" not in answer.text


def test_a_named_condition_tells_its_sentence_and_its_code(faulty: FlaskClient) -> None:
    assert "Somebody was faster" in faulty.get("/clash").text
    document = faulty.get("/clash", headers=JSON).get_json()
    assert (document["status"], document["code"], document["order"]) == (409, "Conflict", "V-1")


def test_a_wrong_method_still_says_which_are_right(client: FlaskClient) -> None:
    for wish in ({}, JSON):
        answer = client.get("/set/language", headers=wish)
        assert answer.status_code == 405
        assert "POST" in answer.headers["Allow"]


def test_a_form_without_its_token_changes_nothing_and_says_what_to_do(faulty: FlaskClient) -> None:
    answer = faulty.post("/set/theme", data={"theme": "dark"})
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers or "theme=" not in answer.headers["Set-Cookie"]
    assert "stale" in answer.text


def test_the_language_is_kept_and_leads_back_to_the_page(faulty: FlaskClient) -> None:
    form = {"language": "it", "next": "/styleguide?x=1", "csrf_token": token_of(faulty)}
    answer = faulty.post("/set/language", data=form)
    assert (answer.status_code, answer.location) == (303, "/styleguide?x=1")
    assert '<html lang="it"' in faulty.get("/styleguide").text


def test_the_theme_is_kept_and_can_follow_the_device_again(client: FlaskClient) -> None:
    client.post("/set/theme", data={"theme": "dark", "csrf_token": token_of(client)})
    assert 'data-theme="dark"' in client.get("/styleguide").text
    client.post("/set/theme", data={"theme": "", "csrf_token": token_of(client)})
    assert "data-theme" not in client.get("/styleguide").text


@pytest.mark.parametrize("cookie", ["xx", "<script>", "\xe9", "", "dark; evil=1"])
def test_a_tampered_choice_is_as_if_none_was_made(client: FlaskClient, cookie: str) -> None:
    for name in ("theme", "language"):
        answer = client.get(
            "/styleguide", headers={"Cookie": f"{name}={cookie}".encode("latin-1").decode("latin-1")}
        )
        assert answer.status_code == 200


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("/shop?q=a", "/shop?q=a"),
        ("https://shop.example/cart", "/cart"),
        ("https://evil.example/cart", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("https:evil.example", "/"),
        ("https:///evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_a_form_sends_its_reader_back_to_our_own_pages_only(target: str, kept: str) -> None:
    assert own_path(target, "shop.example") == kept
