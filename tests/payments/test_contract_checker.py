"""The checker itself: it has to catch what it is there to catch."""

import json

import pytest

from tests.payments import contract

TRANSFER = "amount=1572&currency=eur&destination=acct_demo_1&transfer_group=run_1&metadata[payout]=p1"


def test_a_correct_form_body_passes():
    assert contract.request_problems("post", "/v1/transfers", "", TRANSFER) == []


@pytest.mark.parametrize(
    ("method", "path", "body", "says"),
    [
        ("post", "/v1/refunds", "payment_intnt=pi_1", "body.payment_intnt: unknown parameter"),
        (
            "post",
            "/v1/refunds",
            "payment_intent=pi_1&amount=5.5",
            "body.amount: '5.5' is not a valid integer",
        ),
        ("post", "/v1/transfers", "currency=eur", "body.destination: missing"),
        ("post", "/v1/refunds", "reason=regret", "'regret' is not one of"),
        (
            "post",
            "/v1/checkout/sessions",
            "line_items[0][price_data][currncy]=eur",
            "currncy: unknown parameter",
        ),
        (
            "post",
            "/v1/checkout/sessions",
            "line_items[0][price_data][unit_amount]=5000",
            "price_data.currency: missing",
        ),
        ("post", "/v1/checkout/sessions", "mode=paiement", "'paiement' is not one of"),
        (
            "post",
            "/v1/checkout/sessions",
            "payment_intent_data[description]=" + "x" * 1001,
            "longer than 1000",
        ),
        ("post", "/v1/transfer", TRANSFER, "no such operation"),
        ("post", "/v1/refunds", "payment_intent[=pi_1", "unreadable name"),
    ],
)
def test_what_a_request_gets_wrong_is_named(method, path, body, says):
    assert any(says in problem for problem in contract.request_problems(method, path, "", body))


def test_names_and_types_in_a_query_are_checked():
    assert contract.request_problems("get", "/v1/events", "created[gte]=1&limit=100", "") == []
    assert contract.request_problems("get", "/v1/events", "created[after]=1", "") != []
    assert contract.request_problems("get", "/v1/transfers", "group=run_1", "") == [
        "group: unknown parameter"
    ]
    assert (
        contract.request_problems("get", "/v2/core/accounts/acct_1", "include[0]=configuration.recipient", "")
        == []
    )
    assert contract.request_problems("get", "/v2/core/accounts/acct_1", "include[0]=recipient", "") != []


def test_json_bodies_of_v2_are_checked():
    link = {
        "account": "acct_1",
        "use_case": {
            "type": "account_onboarding",
            "account_onboarding": {"configurations": ["recipient"], "refresh_url": "https://shop.test/again"},
        },
    }
    assert contract.request_problems("post", "/v2/core/account_links", "", json.dumps(link)) == []
    link["use_case"]["account_onboarding"].pop("configurations")
    assert contract.request_problems("post", "/v2/core/account_links", "", json.dumps(link)) == [
        "body.use_case.account_onboarding.configurations: missing"
    ]


def test_replies_are_checked_for_missing_unknown_and_null_fields():
    refund = {"id": "re_1", "object": "refund", "amount": 1, "created": 1, "currency": "eur", "charge": None}
    assert contract.reply_problems("get", "/v1/refunds/re_1", 200, json.dumps(refund)) == []
    for wrong in ({"amount": "1"}, {"amount": None}, {"colour": "red"}, {"object": "repayment"}):
        assert contract.reply_problems("get", "/v1/refunds/re_1", 200, json.dumps(refund | wrong)) != []
    refund.pop("amount")
    assert contract.reply_problems("get", "/v1/refunds/re_1", 200, json.dumps(refund)) != []
