from __future__ import annotations

import pytest

from foundation.i18n.articles import join_articles


@pytest.mark.parametrize(
    ("said", "spoken"),
    [
        ("Pagato il 8 ottobre 2026", "Pagato l’8 ottobre 2026"),
        ("Clic del 11 settembre, 19:34", "Clic dell’11 settembre, 19:34"),
        ("La base è senza IVA al 8,5%", "La base è senza IVA all’8,5%"),
        ("fino al 1 maggio", "fino al 1º maggio"),
        ("Il 80% torna dal 11%", "L’80% torna dall’11%"),
        ("Pagato il 18 ottobre, 110 euro dal 10", "Pagato il 18 ottobre, 110 euro dal 10"),
        ("di 8 ordini ne arriva 1", "di 8 ordini ne arriva 1"),
    ],
)
def test_articles_join_the_numbers_that_begin_with_a_vowel(said: str, spoken: str) -> None:
    assert join_articles(said) == spoken


def test_code_and_templates_mend_their_sentences_alike(app) -> None:
    template = app.jinja_env.from_string('{{ _("Paid on %(day)s", day="8 ottobre") }}')
    with app.test_request_context(headers={"Accept-Language": "it"}):
        assert template.render() == "Pagato l’8 ottobre"
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert template.render() == "Paid on 8 ottobre"
