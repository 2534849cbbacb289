"""Stored files in a bucket of an S3-compatible service: for more than one machine. Needs the extra `s3`.

Retries, time limits and signatures are boto3's. Nothing here may be called inside a transaction: its locks
would wait for somebody else's network.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any

import boto3
import structlog
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from foundation.db import refuse_inside_transaction
from foundation.errors import NotFound, Unavailable
from foundation.files.keys import FOR_EVER, checked, is_key, type_of
from foundation.files.places import StoredFile
from foundation.settings import Bucket as Place

log = structlog.get_logger(__name__)
MISSING = {"404", "NoSuchKey", "NotFound"}


class Bucket:
    """Files in one bucket, under the prefix of the settings. A service that fails raises `Unavailable`."""

    name = "s3"

    def __init__(self, place: Place) -> None:
        self._place = place

    def put(self, key: str, data: bytes) -> None:
        # Written again also when it is there: the sweep goes by the time of the last writing.
        self._ask(
            "put_object",
            Key=self._name_of(key),
            Body=data,
            ContentType=type_of(key),
            CacheControl=FOR_EVER,
        )

    def read(self, key: str) -> bytes:
        answer = self._ask("get_object", Key=self._name_of(key))
        try:
            return bytes(answer["Body"].read())
        except BotoCoreError as problem:
            raise self._failed("get_object", problem) from problem

    def exists(self, key: str) -> bool:
        return self.changed_at(key) is not None

    def delete(self, key: str) -> None:
        self._ask("delete_object", Key=self._name_of(key))

    def changed_at(self, key: str) -> datetime | None:
        name = self._name_of(key)
        try:
            found = self._ask("head_object", Key=name)
        except NotFound:
            return None
        changed: datetime = found["LastModified"]
        return changed

    def files(self, shelf: str) -> Iterator[StoredFile]:
        begin = {"Prefix": self._place.prefix + shelf}
        more: dict[str, str] = {}
        while True:
            page = self._ask("list_objects_v2", **begin, **more)
            for one in page.get("Contents", ()):
                key = one["Key"].removeprefix(self._place.prefix)
                if is_key(key):
                    yield StoredFile(key, one["Size"], one["LastModified"])
            if not page.get("IsTruncated"):
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}

    @cached_property
    def _client(self) -> Any:
        """Made at the first call, so that each process that was forked has its own connections."""
        place = self._place
        return boto3.session.Session().client(
            "s3",
            endpoint_url=place.endpoint,
            region_name=place.region,
            aws_access_key_id=place.access_key,
            aws_secret_access_key=place.secret_key,
            config=Config(
                retries={"mode": "standard", "max_attempts": 4},
                connect_timeout=5,
                read_timeout=20,
                # A service of somebody else's may know neither buckets as host names nor the newer checksums.
                s3={"addressing_style": "path" if place.endpoint else "auto"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def _ask(self, operation: str, **arguments: Any) -> Any:
        refuse_inside_transaction()
        try:
            return getattr(self._client, operation)(Bucket=self._place.name, **arguments)
        except ClientError as problem:
            if problem.response.get("Error", {}).get("Code") in MISSING and "Key" in arguments:
                raise NotFound() from problem
            raise self._failed(operation, problem) from problem
        except BotoCoreError as problem:
            raise self._failed(operation, problem) from problem

    def _failed(self, operation: str, problem: Exception) -> Unavailable:
        log.error("storage.failed", operation=operation, bucket=self._place.name, problem=str(problem))
        return Unavailable()

    def _name_of(self, key: str) -> str:
        return self._place.prefix + checked(key)
