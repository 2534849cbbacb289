from __future__ import annotations

from typing import Any

from foundation.privacy.chapters import Person, chapters


def everything(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The whole file of a person, chapter by chapter; moments are ISO 8601 in UTC, sums in minor units."""
    return {chapter.name: [dict(entry) for entry in chapter.tell(person)] for chapter in chapters()}


def obstacles(person: Person) -> list[str]:
    """What has to be settled before the person can be forgotten, each with its next step."""
    return [said for chapter in chapters() if (said := chapter.obstacle(person))]
