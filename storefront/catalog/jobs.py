from __future__ import annotations

from foundation.actors import Actor
from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.files.fetching import FetchRefused, fetch_public
from foundation.files.pictures import NotAPicture, keep_picture
from foundation.jobs.queue import job
from storefront.catalog.actions import FETCH_PICTURE, give_up_picture, keep_fetched_picture
from storefront.catalog.drafts import PictureDraft
from storefront.catalog.queries import waiting_picture
from storefront.catalog.standing import publish_due as publish

PUBLISH = "catalog.publish_due"
ACTOR = Actor.system(FETCH_PICTURE)


@job(name=FETCH_PICTURE)
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
