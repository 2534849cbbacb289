"""Who gets the credit: every rule, every reason, and an outcome that no order of the candidates can
change.
"""

from datetime import UTC, datetime, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from commissions.claims.policy import (
    Candidate,
    Choice,
    ClaimKind,
    Reason,
    Rule,
    Terms,
    Verdict,
    same_mailbox,
)
from commissions.claims.policy import decide as decide_within

BEGAN = datetime(2026, 10, 12, 19, 28, tzinfo=UTC)
decide = partial(decide_within, terms=Terms())


def clicked(editor: int, *, before: timedelta, **more: object) -> Candidate:
    at = BEGAN - before
    values: dict[str, object] = {"last_at": at, "click_id": editor, **more}
    return Candidate(ClaimKind.LINK, editor, at, **values)  # type: ignore[arg-type]


def reasons(decision) -> dict[int, Reason]:
    return {row.candidate.editor_id: row.reason for row in decision.rows if row.candidate}


def test_the_last_click_within_thirty_days_before_checkout_wins_and_all_others_are_told_why():
    decision = decide(
        [
            clicked(1, before=timedelta(minutes=31)),
            clicked(2, before=-timedelta(minutes=3)),
            clicked(3, before=timedelta(days=8)),
            clicked(4, before=timedelta(days=33)),
        ],
        [],
        BEGAN,
    )
    assert (decision.editor_id, decision.rule) == (1, Rule.LAST_CLICK)
    assert reasons(decision) == {
        1: Reason.BY_LAST_CLICK,
        2: Reason.AFTER_CHECKOUT,
        3: Reason.EARLIER,
        4: Reason.TOO_OLD,
    }
    assert decision.rows[0].verdict is Verdict.WON
    absent = [row.reason for row in decision.rows if row.verdict is Verdict.NONE]
    assert absent == [Reason.NONE_TYPED, Reason.ONLINE_ORDER, Reason.NO_STAFF_ENTRY]


def test_thirty_days_to_the_second_still_count():
    assert decide([clicked(1, before=timedelta(days=30))], [], BEGAN).editor_id == 1
    assert decide([clicked(1, before=timedelta(days=30, seconds=1))], [], BEGAN).editor_id is None
    assert (
        decide_within([clicked(1, before=timedelta(days=8))], [], BEGAN, Terms(window_days=7)).editor_id
        is None
    )


def test_a_click_made_again_after_checkout_began_keeps_its_first_moment():
    again = clicked(1, before=timedelta(minutes=20), last_at=BEGAN + timedelta(minutes=1))
    assert decide([again], [], BEGAN).editor_id == 1


def test_going_back_to_the_first_link_makes_it_the_last_again():
    first = clicked(1, before=timedelta(minutes=50), last_at=BEGAN - timedelta(minutes=5))
    second = clicked(2, before=timedelta(minutes=20))
    assert decide([first, second], [], BEGAN).editor_id == 1


def test_ones_own_purchase_earns_nothing_but_does_not_take_it_from_another():
    own = clicked(1, before=timedelta(minutes=5), buyer=True)
    assert decide([own], [], BEGAN).rule is Rule.NOBODY
    decision = decide([own, clicked(2, before=timedelta(days=2))], [], BEGAN)
    assert decision.editor_id == 2
    assert reasons(decision)[1] is Reason.OWN_PURCHASE


def test_who_rings_it_up_earns_nothing_on_it_and_another_may():
    own = clicked(1, before=timedelta(minutes=5), seller=True)
    assert decide([own], [], BEGAN).rule is Rule.NOBODY
    decision = decide([own, clicked(2, before=timedelta(days=2))], [], BEGAN)
    assert decision.editor_id == 2
    assert reasons(decision)[1] is Reason.OWN_TILL


def test_who_is_no_active_editor_does_not_win():
    assert decide([clicked(1, before=timedelta(minutes=5), active=False)], [], BEGAN).editor_id is None


def test_a_typed_code_beats_a_later_link_and_an_event_beats_both():
    link = clicked(1, before=timedelta(minutes=5))
    code = Candidate(ClaimKind.CODE, 2, BEGAN - timedelta(hours=1), BEGAN - timedelta(hours=1))
    event = Candidate(ClaimKind.EVENT, 3, BEGAN - timedelta(hours=2), BEGAN - timedelta(hours=2))
    assert decide([link, code], [], BEGAN).rule is Rule.CODE
    decision = decide([link, code, event], [], BEGAN)
    assert (decision.editor_id, decision.rule) == (3, Rule.EVENT)
    assert reasons(decision)[1] is Reason.BEATEN


def test_the_shopper_can_credit_nobody_and_a_link_opened_later_counts_again():
    early, removed = clicked(1, before=timedelta(hours=2)), Choice(None, BEGAN - timedelta(hours=1))
    decision = decide([early], [removed], BEGAN)
    assert (decision.rule, reasons(decision)[1]) == (Rule.NOBODY, Reason.REMOVED)
    assert decide([early, clicked(2, before=timedelta(minutes=9))], [removed], BEGAN).editor_id == 2


def test_the_shopper_can_choose_an_earlier_editor_and_the_last_word_counts():
    early, late = clicked(1, before=timedelta(hours=3)), clicked(2, before=timedelta(hours=2))
    chosen = Choice(1, BEGAN - timedelta(hours=1))
    decision = decide([early, late], [chosen], BEGAN)
    assert decision.editor_id == 1
    assert reasons(decision)[2] is Reason.NOT_CHOSEN
    assert decide([early, late], [chosen, Choice(2, BEGAN - timedelta(minutes=1))], BEGAN).editor_id == 2
    assert decide([early, late], [Choice(1, BEGAN + timedelta(minutes=1))], BEGAN).editor_id == 2


def test_capitals_and_tags_do_not_make_another_person():
    assert same_mailbox("Giulia+shop@Example.test", "giulia@example.TEST")
    assert not same_mailbox("giulia@example.test", "giulia@other.test")
    assert not same_mailbox("giuli@example.test", "giulia@example.test")


candidates = st.builds(
    lambda kind, editor, minutes, active, buyer, number: Candidate(
        kind,
        editor,
        BEGAN - timedelta(minutes=minutes),
        BEGAN - timedelta(minutes=minutes),
        active,
        buyer,
        number,
    ),
    st.sampled_from(list(ClaimKind)),
    st.integers(1, 4),
    st.integers(-60, 60 * 24 * 40),
    st.booleans(),
    st.booleans(),
    st.integers(1, 10**6),
)


@given(
    st.lists(candidates, max_size=7, unique_by=lambda one: one.click_id),
    st.randoms(use_true_random=False),
)
def test_nobody_wins_who_may_not_and_the_order_of_the_candidates_does_not_matter(found, shuffle):
    decision = decide(found, [], BEGAN)
    mixed = list(found)
    shuffle.shuffle(mixed)
    assert decide(mixed, [], BEGAN).editor_id == decision.editor_id
    winners = [row for row in decision.rows if row.verdict is Verdict.WON]
    assert len(winners) == (decision.editor_id is not None)
    for row in winners:
        one = row.candidate
        assert one is not None
        assert one.active
        assert not one.buyer
        assert timedelta() <= BEGAN - one.at <= timedelta(days=30)
    assert len([row for row in decision.rows if row.candidate]) == len(found)
