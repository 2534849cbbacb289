"""A size guide of two hands: what does not collide is put together, and nothing typed goes unsaid."""

from __future__ import annotations

from dataclasses import replace

from storefront.sizing.drafts import NOTHING_SEEN, GuideDraft, Measure, packed, unpacked
from storefront.sizing.merging import Collision, merge
from storefront.sizing.policy import MOST_SIZES, Unit

CHEST, HIPS = Measure(name="Chest", name_it="Petto"), Measure(name="Hips")
WAS = GuideDraft(
    name="Clothing",
    measures=[CHEST, HIPS],
    rows=[("S", ["84", "90"]), ("M", ["88", "94"]), ("L", ["92", ""])],
)


def rows(*told: str, **more: object) -> GuideDraft:
    """The guide with other rows: "M 88 94"; a dash for no figure."""
    parts = [line.split() for line in told]
    return replace(WAS, rows=[(one[0], [cell.strip("-") for cell in one[1:]]) for one in parts], **more)


def table(draft: GuideDraft) -> list[str]:
    return [" ".join([size, *(figure or "-" for figure in figures)]) for size, figures in draft.rows]


def test_cells_lines_and_measures_of_both_stand_together():
    mine = rows("S 84 90", "M 89 94", "L 92 98", "XL 96 102")
    length = Measure(name="Length", unit=Unit.WORDS)
    theirs = rows("M 88 95 long", "L 92 - -", "XS 80 86 short", measures=[CHEST, HIPS, length], words="Wide.")
    merged = merge(WAS, mine, theirs)
    assert merged.collisions == []
    assert table(merged.draft) == ["XS 80 86 short", "M 89 95 long", "L 92 98 -", "XL 96 102 -"]
    assert merged.draft.measures == [CHEST, HIPS, length] and merged.draft.words == "Wide."
    assert merge(WAS, mine, WAS).draft == mine and merge(WAS, WAS, theirs).draft.words == "Wide."


def test_where_both_wrote_the_second_stands_and_the_first_is_told():
    mine = rows("S 85 90", "L 93 -", measures=[replace(CHEST, how="Mine."), HIPS], name="One")
    theirs = rows("S 86 90", "M 88 99", measures=[replace(CHEST, how="Theirs."), HIPS], name="Two")
    merged = merge(WAS, mine, theirs)
    chest = mine.measures[0]
    assert merged.draft.name == "One" and merged.draft.measures[0].how == "Mine."
    assert table(merged.draft) == ["S 85 90", "L 93 -"]
    assert list(merged.collisions) == [
        Collision(field="name", theirs="Two"),
        Collision(field="how", measure=chest, theirs="Theirs."),
        Collision(size="S", measure=replace(chest), theirs="86"),
        Collision(size="M", theirs="88, 99"),
        Collision(size="L"),
    ]


def test_a_measure_taken_out_by_one_and_written_in_by_the_other_is_asked_about():
    without = replace(WAS, measures=[HIPS], rows=[("S", ["90"]), ("M", ["94"]), ("L", [""])])
    wrote = rows("S 84 90", "M 89 94", "L 92 -")
    kept = merge(WAS, wrote, without)
    assert table(kept.draft) == table(wrote) and kept.collisions == [Collision(measure=CHEST)]
    gone = merge(WAS, without, wrote)
    assert table(gone.draft) == table(without)
    assert gone.collisions == [Collision(measure=CHEST, theirs="Chest")]
    assert merge(WAS, WAS, without).draft == without


def test_lines_there_is_no_room_for_are_told_and_who_saw_nothing_is_asked_about_all():
    full = replace(WAS, rows=[(f"{number}", ["1", "2"]) for number in range(MOST_SIZES)])
    merged = merge(replace(WAS, rows=[]), full, rows("XS 80 86"))
    assert len(merged.draft.rows) == MOST_SIZES
    assert merged.collisions == [Collision(size="XS", theirs="80, 86")]
    asked = merge(NOTHING_SEEN, rows("S 84 90"), rows("S 84 91", "M 1 2"))
    assert asked.collisions == [Collision(size="S", measure=HIPS, theirs="91")]
    assert table(asked.draft) == ["S 84 90", "M 1 2"]


def test_a_draft_comes_out_as_it_was_packed():
    assert unpacked(packed(WAS)) == replace(WAS, measures=list(WAS.measures), rows=list(WAS.rows))
