"""Imports as staff and commands begin them: in batches, stopped and taken up, killed, two at once."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.audit.models import AuditRow
from foundation.db import db
from storefront.catalog.models import Product, Variant
from storefront.sheets import actions, carrying
from storefront.sheets.errors import ImportUnderWay
from storefront.sheets.models import ImportPiece, ImportRun, ImportStatus
from storefront.sheets.product_file import ProductFile
from storefront.stock import actions as stock
from storefront.stock.models import StockMovement
from tests.races import at_once, without_unique
from tests.storefront.shelf import written

HOUSE = Actor.system("test")
HEAD = (
    "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,"
    "Variant Price"
)
PAGE = "/staff/products/import"


def shirts(number: int, price: str = "59.00", quantity: int = 3, first: int = 0) -> str:
    """A product file of `number` shirts in two sizes."""
    rows = [
        f"shirt-{n},{f'Shirt {n}' if size == 'S' else ''},{'Size' if size == 'S' else ''},{size},S{n}-{size},"
        f"shopify,{quantity},{price}"
        for n in range(first, first + number)
        for size in "SM"
    ]
    return "\n".join([HEAD, *rows, ""])


@pytest.fixture
def clerk(desk_of: Callable[[Role], FlaskClient]) -> FlaskClient:
    return desk_of(Role.CATALOGUE)


def send(client: FlaskClient, content: str | bytes, name: str = "shirts.csv", **more: str) -> Any:
    body = content.encode() if isinstance(content, str) else content
    return client.post(PAGE, data={"file": (io.BytesIO(body), name), **more})


def the_run(app: Flask) -> ImportRun:
    with app.app_context():
        return db.session.scalars(select(ImportRun).order_by(ImportRun.id.desc())).first()  # type: ignore[return-value]


def counted(app: Flask, what: Any) -> int:
    with app.app_context():
        return len(db.session.scalars(select(what)).all())


def test_a_file_that_staff_send_is_brought_in_by_a_worker(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int]
) -> None:
    answer = send(clerk, shirts(3) + "shirt-9,Nine,Size,S,S9,shopify,1,free\n")
    assert answer.status_code == 303
    assert "waits for a worker" in clerk.get(answer.location).text
    assert counted(app, Product) == 0
    run_jobs(actions.BRING_IN)
    run = the_run(app)
    assert (run.status, run.rows_read, run.rows_total) == (ImportStatus.DONE, 7, 7)
    assert (run.products_new, run.products_refused, run.actor_label) == (3, 1, "Carla")
    page = clerk.get(answer.location).text
    assert "done" in page and "“free” is not a price. Write it like 49.90." in page
    assert "hx-trigger" not in page, "nothing is asked for any more"
    assert counted(app, ImportPiece) == 0, "its file is done with"
    with app.app_context():
        acts = db.session.scalars(select(AuditRow.action).where(AuditRow.subject_type == "import")).all()
        assert acts == ["sheets.begin_import", "sheets.finish_import"]
        saved = db.session.scalars(select(AuditRow).where(AuditRow.action == "catalog.save_product")).all()
        assert {(row.actor_kind, row.actor_label) for row in saved} == {("staff", "Carla")}


def test_what_was_left_out_is_a_file_in_the_readers_language(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int]
) -> None:
    at = send(clerk, HEAD + "\n=evil,Nine,Size,S,S9,shopify,1,free\n").location
    run_jobs(actions.BRING_IN)
    answer = clerk.get(f"{at}/left-out.csv?lang=it")
    lines = answer.get_data().decode("utf-8-sig").splitlines()
    assert lines[0] == "Riga,Colonna,Nome breve,Perché"
    assert lines[1].startswith("2,Handle,'=evil,"), "a formula is not handed on"
    assert "«free» non è un prezzo" in "".join(lines)


def test_stopped_half_way_it_goes_on_where_it_was(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "BATCH", 2)
    at = send(clerk, shirts(7)).location
    whole = actions.take_batch

    def stop_after_two_batches(**named: Any) -> Any:
        taken = whole(**named)
        if named["place"] == 2:
            actions.stop_import(actor=HOUSE, run_id=named["run_id"])
        return taken

    monkeypatch.setattr(carrying, "take_batch", stop_after_two_batches)
    run_jobs(actions.BRING_IN)
    monkeypatch.setattr(carrying, "take_batch", whole)
    run = the_run(app)
    assert (run.status, run.products_read, run.rows_read) == (ImportStatus.STOPPED, 4, 8)
    assert "stopped half-way" in clerk.get(at).text
    assert counted(app, Product) == 4
    assert clerk.post(f"{at}/resume").status_code == 303
    seen: list[int] = []

    def noting(**named: Any) -> Any:
        seen.append(named["place"])
        return whole(**named)

    monkeypatch.setattr(carrying, "take_batch", noting)
    run_jobs(actions.BRING_IN)
    run = the_run(app)
    assert seen == [4, 6], "what is in is not read again"
    assert (run.status, run.products_new, run.products_unchanged) == (ImportStatus.DONE, 7, 0)
    assert counted(app, Variant) == 14


def test_the_button_stops_an_import_before_its_next_batch(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int]
) -> None:
    at = send(clerk, shirts(3)).location
    assert clerk.post(f"{at}/stop").status_code == 303
    run_jobs(actions.BRING_IN)
    assert counted(app, Product) == 0
    assert the_run(app).status == ImportStatus.STOPPED
    assert clerk.post(f"{at}/stop").status_code == 409


def test_a_second_file_is_told_to_wait_and_the_form_keeps_its_box(app: Flask, clerk: FlaskClient) -> None:
    send(clerk, shirts(3))
    answer = send(clerk, shirts(2), "others.csv", leave_stock="y")
    assert answer.status_code == 422
    assert "Another file is being brought in." in answer.text
    assert 'name="leave_stock" value="y" checked' in answer.text
    assert counted(app, ImportRun) == 1


def begin(name: str = "a.csv") -> None:
    actions.begin_import(actor=HOUSE, name=name, digest=name, size=1)


def test_of_two_imports_at_once_one_begins(app: Flask) -> None:
    met = at_once(app, lambda: begin("a.csv"), lambda: begin("b.csv"))
    assert [type(error) for error in met] == [ImportUnderWay]
    assert counted(app, ImportRun) == 1


def test_without_the_index_both_would_begin(app: Flask, work: Callable[[], Any]) -> None:
    with without_unique(work, "uq_import_runs_under_way"):
        assert at_once(app, lambda: begin("a.csv"), lambda: begin("b.csv")) == []
        assert counted(app, ImportRun) == 2


def test_two_workers_on_one_import_take_nothing_in_twice(
    app: Flask, clerk: FlaskClient, work: Callable[[], Any], tmp_path: Path
) -> None:
    send(clerk, shirts(3))
    run_id = the_run(app).id
    path = written(tmp_path, shirts(3))
    with app.app_context():
        file = ProductFile(lambda: path.open("rb"), currency="EUR")
    (batch,) = carrying.batches(file.products())
    with work():
        actions.start_reading(run_id=run_id, rows_total=6)
    results: list[Any] = []

    def take() -> None:
        results.append(actions.take_batch(run_id=run_id, place=0, file=file, batch=batch, last=False))

    assert at_once(app, take, take) == []
    assert sorted(taken is None for taken in results) == [False, True]
    assert the_run(app).products_new == 3


def test_unchanged_products_are_not_even_read(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    send(clerk, shirts(5))
    run_jobs(actions.BRING_IN)
    monkeypatch.setattr(
        actions, "save_products", lambda **named: pytest.fail("saved") if named["drafts"] else []
    )
    monkeypatch.setattr(ProductFile, "read", lambda *_: pytest.fail("read"))
    send(clerk, shirts(5))
    run_jobs(actions.BRING_IN)
    run = the_run(app)
    assert (run.status, run.products_unchanged) == (ImportStatus.DONE, 5)


@pytest.mark.parametrize("leave_stock", [False, True])
def test_the_same_file_again_is_a_count_again_unless_it_is_to_leave_stock_alone(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int], work: Callable[[], Any], leave_stock: bool
) -> None:
    send(clerk, shirts(2, quantity=4))
    run_jobs(actions.BRING_IN)
    with work():
        small = db.session.scalars(select(Variant).where(Variant.sku == "S1-S")).one().id
        stock.sell(actor=HOUSE, order_id=1, wanted={small: 3})
    send(clerk, shirts(2, quantity=4), **({"leave_stock": "y"} if leave_stock else {}))
    run_jobs(actions.BRING_IN)
    with app.app_context():
        assert db.session.get_one(Variant, small).on_hand == (1 if leave_stock else 4)
        moved = select(StockMovement.kind).where(StockMovement.variant_id == small).order_by(StockMovement.id)
        kinds = list(db.session.scalars(moved))
    assert kinds == ["received", "sold"] + ([] if leave_stock else ["corrected"])
    assert the_run(app).products_unchanged == (2 if leave_stock else 1)


def test_what_somebody_else_changed_meanwhile_is_put_back_by_the_same_file(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int], work: Callable[[], Any]
) -> None:
    send(clerk, shirts(2))
    run_jobs(actions.BRING_IN)
    with work():
        db.session.execute(
            text("UPDATE products SET title = 'Other', version = version + 1000 WHERE handle = 'shirt-1'")
        )
    send(clerk, shirts(2))
    run_jobs(actions.BRING_IN)
    run = the_run(app)
    assert (run.products_changed, run.products_unchanged) == (1, 1)


def test_a_product_whose_rows_lie_apart_or_span_a_batch_stays_whole(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "BATCH", 2)
    head, *rows = shirts(5).splitlines()
    scattered = [head, *(row for row in rows if ",M," not in row), *(row for row in rows if ",M," in row), ""]
    send(clerk, "\n".join(scattered))
    run_jobs(actions.BRING_IN)
    with app.app_context():
        for product in db.session.scalars(select(Product)):
            sizes = select(Variant.option_values).where(
                Variant.product_id == product.id, Variant.withdrawn_at.is_(None)
            )
            assert sorted(db.session.scalars(sizes)) == [["M"], ["S"]]
    run = the_run(app)
    assert (run.products_new, run.products_changed) == (5, 0)
