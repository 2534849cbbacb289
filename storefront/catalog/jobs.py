from __future__ import annotations

from foundation.actors import Actor
from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.errors import NotFound
from foundation.files.cutting import USUAL, NoCutOut
from foundation.files.fetching import FetchRefused, fetch_public
from foundation.files.pictures import NotAPicture, keep_picture
from foundation.files.variants import is_photograph, keep_avif, keep_cut_out
from foundation.jobs.queue import job
from storefront.catalog.actions import FETCH_PICTURE, FINISH_PICTURE, give_up_picture, keep_fetched_picture
from storefront.catalog.drafts import PictureDraft
from storefront.catalog.finishing import Cut, keep_avif_of, keep_cut
from storefront.catalog.queries import ready_picture, waiting_picture
from storefront.catalog.standing import publish_due as publish

PUBLISH = "catalog.publish_due"
ACTOR = Actor.system(FETCH_PICTURE)
FINISHER = Actor.system(FINISH_PICTURE)


@job(name=FETCH_PICTURE, can_wait=True)
@in_steps
def fetch_picture(*, picture_id: int) -> None:
    """Bring a picture in from the address an import named. What may pass is tried again by the queue."""
    picture = waiting_picture(picture_id)
    if picture is None or picture.source_url is None:
        return
    address = picture.source_url
    leave_transaction()
    try:
        kept = keep_picture(fetch_public(address))
    except (FetchRefused, NotAPicture) as problem:
        with unit_of_work():
            give_up_picture(actor=ACTOR, picture_id=picture_id, failure=str(problem))
        return
    rendition = PictureDraft(
        small_key=kept.small_key,
        medium_key=kept.medium_key,
        large_key=kept.large_key,
        width=kept.width,
        height=kept.height,
    )
    with unit_of_work():
        keep_fetched_picture(actor=ACTOR, picture_id=picture_id, rendition=rendition)


@job(name=PUBLISH, cron="* * * * *", retries=False)
def publish_due() -> None:
    """Products whose day has come hang in the shop within the minute."""
    publish(actor=Actor.system(PUBLISH))


@job(name=FINISH_PICTURE, can_wait=True)
@in_steps
def finish_picture(*, picture_id: int, tolerance: str = USUAL) -> None:
    """Make the AVIF files of a photograph, and its cut-out; each takes a second or more and holds no row."""
    picture = ready_picture(picture_id)
    if picture is None or not (picture.small_key and picture.medium_key and picture.large_key):
        return
    keys = (picture.small_key, picture.medium_key, picture.large_key)
    large, lighter = picture.large_key, bool(picture.avif_keys)
    leave_transaction()
    try:
        if is_photograph(large) and not lighter:
            made = keep_avif(keys)
            with unit_of_work():
                keep_avif_of(actor=FINISHER, picture_id=picture_id, of=large, keys=made)
        medium_cut, large_cut, cut = keep_cut_out(large, tolerance)
    except NotFound:
        return  # the file was taken away by hand: nothing can be made of it
    except NoCutOut as problem:
        with unit_of_work():
            keep_cut(actor=FINISHER, picture_id=picture_id, of=large, cut=None, doubt=problem.doubt)
        return
    result = Cut(medium_key=medium_cut, large_key=large_cut, box=cut.box, tolerance=tolerance)
    with unit_of_work():
        keep_cut(actor=FINISHER, picture_id=picture_id, of=large, cut=result)
