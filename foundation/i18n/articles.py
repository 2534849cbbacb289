"""Italian joins the article to the number that follows: "l’8 ottobre", "dell’11%", and "il 1º maggio".

The sentences of the catalogue say "il %(day)s" and cannot know the day; what is put in decides, so the
mending is done once here, on the finished sentence.
"""

from __future__ import annotations

import re
from typing import Any

from flask_babel import Babel, Domain, get_locale
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

_JOINED = {"il": "l’", "del": "dell’", "al": "all’", "dal": "dall’", "nel": "nell’", "sul": "sull’"}
_MONTH = "genn?|febb?|mar|apr|mag|giu|lug|ago|sett?|ott|nov|dic"
# Eight in every form begins with a vowel (otto, ottanta, ottocento); eleven stands alone.
_BEFORE_VOWEL = re.compile(rf"\b({'|'.join(_JOINED)}) (?=8|11(?!\d))", re.IGNORECASE)
_FIRST = re.compile(rf"\b({'|'.join(_JOINED)}) 1 (?={_MONTH})", re.IGNORECASE)


def join_articles(text: str) -> str:
    """The sentence with its articles before numbers as they are spoken."""
    text = _FIRST.sub(r"\1 1º ", text)
    return _BEFORE_VOWEL.sub(lambda found: _joined(found.group(1)), text)


def _italian() -> bool:
    locale = get_locale()
    return locale is not None and locale.language == "it"


def _joined(article: str) -> str:
    joined = _JOINED[article.lower()]
    return joined.capitalize() if article[0].isupper() else joined


class ArticleDomain(Domain):
    """Sentences of Python code, mended where something was put into them."""

    def gettext(self, string: str, **variables: Any) -> str:
        text: str = super().gettext(string, **variables)
        return join_articles(text) if variables and _italian() else text

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        text: str = super().ngettext(singular, plural, num, **variables)
        return join_articles(text) if _italian() else text


class ArticleBabel(Babel):
    """Flask-Babel with the domain above."""

    @property
    def domain_instance(self) -> ArticleDomain:
        return ArticleDomain(domain=self.domain)


def mend_templates(environment: Environment) -> None:
    """The same for the sentences of templates, which Jinja fills in itself."""
    for name in ("gettext", "ngettext"):
        environment.globals[name] = _mended(environment.globals[name])


def _mended(said: Any) -> Any:
    @pass_context
    def say(context: Context, *words: Any, **variables: Any) -> str:
        text: str = said(context, *words, **variables)
        if (len(words) == 1 and not variables) or not _italian():
            return text
        return type(text)(join_articles(text)) if isinstance(text, Markup) else join_articles(text)

    return say
