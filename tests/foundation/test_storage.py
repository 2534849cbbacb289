"""Where files lie: two places that do the same, and what keeps them honest."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from types import SimpleNamespace

import pytest
from botocore import endpoint
from PIL import Image
from sqlalchemy import text

from foundation import clock as shop_clock
from foundation import settings
from foundation.db import NetworkInsideTransaction, db
from foundation.errors import NotFound, Unavailable
from foundation.files import storage, sweeping
from foundation.files.bucket import Bucket
from foundation.files.folder import Folder
from foundation.files.keys import SHELVES, key_for
from foundation.files.named import naming_columns
from foundation.files.storage import EXTENSION, read, store, url_of
from foundation.settings import Settings, SettingsRefused
from foundation.web.headers import policy
from tests.foundation.bucket_service import NAME, running


@pytest.fixture
def service(monkeypatch):
    """The pauses between two attempts are noted and not waited for."""
    with running() as one:
        monkeypatch.setattr(endpoint, "time", SimpleNamespace(sleep=one.pauses.append))
        yield one


@pytest.fixture
def bucket(service):
    return Bucket(service.place())


@pytest.fixture(params=["folder", "s3"])
def place(request, app, tmp_path):
    """Both places, each empty."""
    with app.app_context():
        if request.param == "folder":
            yield Folder(tmp_path)
        else:
            yield Bucket(request.getfixturevalue("service").place())


def keys_of(place):
    return [file.key for shelf in SHELVES for file in place.files(shelf)]


def many(number):
    return {key_for(data, ".webp"): data for data in (f"picture {one}".encode() for one in range(number))}


def test_what_was_put_is_there_until_it_is_deleted(place):
    key = key_for(b"one", ".webp")
    assert not place.exists(key) and place.changed_at(key) is None
    place.put(key, b"one")
    place.put(key, b"one")
    assert place.exists(key) and place.read(key) == b"one"
    assert abs(place.changed_at(key) - shop_clock.machine()) < timedelta(seconds=5)
    assert [(file.key, file.size) for file in place.files(key[:2])] == [(key, 3)]
    place.delete(key)
    place.delete(key)
    assert not place.exists(key) and keys_of(place) == []
    with pytest.raises(NotFound):
        place.read(key)


@pytest.mark.parametrize("key", ["../../etc/passwd", "x.webp", "0" * 40 + ".html", "0" * 39 + "/.webp"])
def test_nothing_but_a_key_names_a_file(place, key):
    for act in (place.read, place.exists, place.delete, lambda key: place.put(key, b"x")):
        with pytest.raises(NotFound):
            act(key)


def test_a_listing_is_whole_and_in_order_over_all_its_pages(place):
    # Ten keys on one shelf, more than the service gives in one answer.
    kept = sorted(f"ab{number:038x}.webp" for number in range(10))
    for key in kept:
        place.put(key, b"x")
    place.put(f"cd{0:038x}.webp", b"x")
    assert [file.key for file in place.files("ab")] == kept


def test_a_half_written_file_is_never_listed(tmp_path):
    folder = Folder(tmp_path)
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "tmpx.part").write_bytes(b"half")
    assert list(folder.files("ab")) == []


def test_the_bucket_says_what_it_is_and_that_it_never_changes(app, service, bucket):
    with app.app_context():
        key = key_for(b"one", ".webp")
        bucket.put(key, b"one")
    _data, headers, _at = service.objects[f"shop/{key}"]
    assert headers["Content-Type"] == "image/webp"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_bucket_is_never_asked_inside_a_transaction(app, service, bucket):
    key = key_for(b"one", ".webp")
    with app.app_context():
        db.session.execute(text("SELECT 1"))
        for act in (bucket.read, bucket.exists, bucket.delete, lambda key: bucket.put(key, b"one")):
            with pytest.raises(NetworkInsideTransaction):
                act(key)
        db.session.rollback()
    assert service.log == []


def test_a_bad_moment_is_tried_again_and_a_bad_day_is_told(app, service, bucket):
    key = key_for(b"one", ".webp")
    with app.app_context():
        service.bad_days = [503, 500]
        bucket.put(key, b"one")
        assert service.log == [f"PUT shop/{key}"] * 3
        assert len(service.pauses) == 2 and max(service.pauses) <= 20
        service.bad_days = [500] * 9
        with pytest.raises(Unavailable):
            bucket.read(key)


def test_a_wrong_key_or_a_missing_bucket_is_no_missing_file(app, service):
    key = key_for(b"one", ".webp")
    with app.app_context():
        for more in ({"access_key": "another"}, {"name": "nowhere"}):
            with pytest.raises(Unavailable):
                Bucket(service.place(**more)).put(key, b"one")


# -- the shop on a bucket ---------------------------------------------------------------------


@pytest.fixture
def on_s3(app, bucket, monkeypatch):
    monkeypatch.setitem(app.extensions, EXTENSION, bucket)
    return bucket


def test_a_private_bucket_is_served_through_our_own_route_and_asked_once(app, client, service, on_s3):
    with app.app_context():
        key = store(b"one", ".webp")
        assert url_of(key) == f"/media/{key}"
    answer = client.get(f"/media/{key}")
    assert (answer.data, answer.mimetype) == (b"one", "image/webp")
    assert "immutable" in answer.headers["Cache-Control"]
    asked = len(service.log)
    again = client.get(f"/media/{key}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and "immutable" in again.headers["Cache-Control"]
    assert len(service.log) == asked, "who has the file is not sent to the bucket again"
    assert client.get(f"/media/{'0' * 40}.webp").status_code == 404


def test_somebody_signed_in_gets_pictures_without_a_transaction_around_them(app, account, client_of, on_s3):
    with app.app_context():
        key = store(b"one", ".webp")
    assert client_of(account("ada@example.test")).get(f"/media/{key}").data == b"one"


def test_public_pictures_come_from_where_the_settings_say_and_from_nowhere_else(app, monkeypatch):
    read_from = Settings.read({"MEDIA_URL": "https://media.shop.example/pictures/", "S3_BUCKET": "b"})
    assert "img-src 'self' https://media.shop.example;" in policy(read_from) + ";"
    assert "img-src" not in policy(Settings.read({}))
    monkeypatch.setitem(app.extensions, "vetrina.settings", read_from)
    with app.app_context():
        assert url_of("a.webp") == "https://media.shop.example/pictures/a.webp"
        assert storage.outside_url(url_of("a.webp")) == "https://media.shop.example/pictures/a.webp"
        assert storage.outside_url("/media/a.webp") == "http://127.0.0.1:8000/media/a.webp"


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"MEDIA_URL": "media.shop.example"}, "MEDIA_URL"),
        ({"MEDIA_URL": "http://m.example", "BASE_URL": "https://s.example"}, "MEDIA_URL"),
        ({"S3_BUCKET": "b", "S3_ACCESS_KEY": "a"}, "S3_SECRET_KEY"),
    ],
)
def test_half_a_setting_is_refused_by_its_name(environ, name):
    with pytest.raises(SettingsRefused, match=name):
        Settings.read(environ)


def test_a_secret_is_not_told_by_accident():
    chosen = Settings.read({"S3_BUCKET": "b", "S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "hush"})
    assert chosen.bucket.prefix == "" and "hush" not in repr(chosen)


def test_without_the_extra_the_start_says_what_to_install(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(storage, "import_module", missing)
    with pytest.raises(SettingsRefused, match=r"requirements/s3\.txt"):
        storage.place_called("s3", Settings.read({"S3_BUCKET": "b"}))


# -- moving and checking ----------------------------------------------------------------------


@pytest.fixture
def both(app, tmp_path, service, monkeypatch):
    """A shop whose settings describe a folder and a bucket."""
    chosen = Settings.read(
        {
            "MEDIA_DIR": str(tmp_path),
            "S3_BUCKET": NAME,
            "S3_ENDPOINT": service.place().endpoint,
            "S3_ACCESS_KEY": service.place().access_key,
            "S3_SECRET_KEY": "secret",
            "S3_PREFIX": "/shop/",
        }
    )
    monkeypatch.setitem(app.extensions, "vetrina.settings", chosen)
    return Folder(tmp_path), Bucket(chosen.bucket)


def test_a_folder_moves_to_a_bucket_and_back_and_a_second_run_moves_nothing(app, service, both):
    folder, bucket = both
    pictures = many(12)
    for key, data in pictures.items():
        folder.put(key, data)
    run = app.test_cli_runner().invoke
    assert "12 files copied" in run(args=["files", "copy", "--to", "s3"]).output
    with app.app_context():
        assert {key: bucket.read(key) for key in pictures} == pictures
    puts = [line for line in service.log if line.startswith("PUT")]
    again = run(args=["files", "copy", "--to", "s3"]).output
    assert "0 files copied (0 bytes), 12 were there already." in again
    assert [line for line in service.log if line.startswith("PUT")] == puts
    for key in list(pictures)[:5]:
        folder.delete(key)
    assert "5 files copied" in run(args=["files", "copy", "--to", "folder"]).output
    assert {key: folder.read(key) for key in pictures} == pictures


def test_a_copy_that_was_stopped_goes_on_where_it_was(app, service, both):
    folder, _bucket = both
    for key, data in many(12).items():
        folder.put(key, data)
    service.bad_days = [500] * 60
    stopped = app.test_cli_runner().invoke(args=["files", "copy", "--to", "s3"])
    assert stopped.exit_code != 0
    service.bad_days = []
    service.objects.update({f"shop/{key}": (b"cut", {}, shop_clock.machine()) for key in list(many(1))})
    assert "12 files copied" in app.test_cli_runner().invoke(args=["files", "copy", "--to", "s3"]).output
    assert {data for data, _headers, _at in service.objects.values()} == set(many(12).values())


def test_copying_without_a_bucket_says_which_setting_is_missing(app):
    answer = app.test_cli_runner().invoke(args=["files", "copy", "--to", "s3"])
    assert answer.exit_code == 1 and "S3_BUCKET is missing" in answer.output


def test_every_file_is_what_its_name_says_or_is_told(app, work, place, name_it, monkeypatch):
    monkeypatch.setitem(app.extensions, EXTENSION, place)
    good, bad, lost = (key_for(data, ".webp") for data in (b"good", b"bad", b"lost"))
    place.put(good, b"good")
    run = app.test_cli_runner().invoke
    with work():
        name_it(good)
    assert run(args=["files", "verify"]).exit_code == 0
    place.put(bad, b"something else")
    with work():
        name_it(lost)
    answer = run(args=["files", "verify"])
    assert answer.exit_code == 1
    assert f"changed  {bad}" in answer.output and f"missing  {lost}" in answer.output
    assert good not in answer.output


# -- what nobody names ------------------------------------------------------------------------


@pytest.fixture
def name_it():
    """Write a row that names a file: call it inside `work()`."""

    def name(key, column="small_key"):
        db.session.execute(
            text(
                "INSERT INTO products (handle, title, description, vendor, category, kind, slot, colour,"
                " fabric, care, tags, option_names, currency, price_from_minor, price_to_minor, status,"
                " created_at, updated_at, version) VALUES (:key, 'x', '', '', '', '', '', '', '', '', '{}',"
                " '{}', 'EUR', 0, 0, 'draft', now(), now(), 1)"
            ),
            {"key": key + column},
        )
        db.session.execute(
            text(
                f"INSERT INTO pictures (product_id, position, alt, status, {column})"
                " SELECT id, 1, '', 'ready', :name FROM products WHERE handle = :key"
            ),
            {"key": key + column, "name": key},
        )

    return name


def kept_long_ago(place, service, data):
    """A file that was put 40 days ago; its key."""
    key = key_for(data, ".webp")
    place.put(key, data)
    if isinstance(place, Folder):
        then = (shop_clock.machine() - timedelta(days=40)).timestamp()
        os.utime(place.path_of(key), (then, then))
    else:
        service.grow_old(key, 40)
    return key


@pytest.fixture
def old(request, app, place, monkeypatch):
    monkeypatch.setitem(app.extensions, EXTENSION, place)
    service = request.getfixturevalue("service") if isinstance(place, Bucket) else None
    return lambda data: kept_long_ago(place, service, data)


def test_what_no_row_names_goes_after_a_month_and_what_is_named_never(app, work, place, old, name_it):
    columns = ("small_key", "medium_key", "large_key")
    named = [old(f"named {column}".encode()) for column in columns]
    with work():
        for key, column in zip(named, columns, strict=True):
            name_it(key, column)
    fresh, left = key_for(b"fresh", ".webp"), old(b"left")
    place.put(fresh, b"fresh")
    answer = app.test_cli_runner().invoke(args=["files", "sweep"])
    assert "1 files deleted." in answer.output
    assert not place.exists(left)
    assert set(keys_of(place)) == {*named, fresh}


def come_back(place, key, monkeypatch):
    """Somebody puts the same file again while the sweep looks whether anybody names it."""

    def meanwhile(keys):
        place.put(key, b"again")
        return set()

    monkeypatch.setattr(sweeping, "named_among", meanwhile)


def test_a_file_that_comes_back_while_it_is_swept_stays(app, place, old, monkeypatch):
    key = old(b"again")
    come_back(place, key, monkeypatch)
    assert sweeping.sweep() == 0
    assert place.read(key) == b"again"


def test_without_asking_its_age_again_it_would_be_lost(app, place, old, monkeypatch):
    key = old(b"again")
    come_back(place, key, monkeypatch)
    monkeypatch.setattr(sweeping, "_still_old", lambda place, key, before: True)
    assert sweeping.sweep() == 1
    assert not place.exists(key)


def test_every_column_that_names_a_file_is_known_to_the_sweep():
    told = {f"{column.table.name}.{column.name}" for column in naming_columns()}
    named = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith(("small_key", "medium_key", "large_key", "portrait_key", "picture_key"))
    }
    assert named and named <= told


def test_the_store_door_keeps_and_reads(app):
    with app.app_context():
        buffer = io.BytesIO()
        Image.new("RGB", (4, 4)).save(buffer, "WEBP")
        key = store(buffer.getvalue(), ".webp")
        assert read(key) == buffer.getvalue()
        assert isinstance(storage.current(), Folder)
        assert settings.current().bucket is None
        with pytest.raises(ValueError, match="html"):
            store(b"<html>", ".html")
