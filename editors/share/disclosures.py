"""That a link is advertising, said as the law of the reader's country wants it said.

Whoever earns from what they recommend has to make the commercial purpose plain, at once and in plain words;
the country is that of the people who are addressed. The word a sentence begins with is the one the authority
or the courts of its country accept; a hashtag in the middle of a text has been held too little everywhere.

Sources, as of November 2026:
- everywhere in the EU: Directive 2005/29/EC, article 7(2) and number 11 of its annex;
- IT: Codice del consumo (d.lgs. 206/2005), articles 22(2) and 23(1)(m); AGCOM's guidelines 7/24/CONS and its
  code of conduct for influencers; the IAP's Digital Chart ("Pubblicità" or "Advertising" at the beginning);
- DE: UWG section 5a(4), MStV section 22; the media authorities' guide wants "Werbung" or "Anzeige" in front;
- AT: UWG section 2(5), MedienG section 26 ("Anzeige", "entgeltliche Einschaltung", "Werbung");
- FR: law 2023-451 of 9 June 2023, article 5 ("Publicité", "Collaboration commerciale");
- ES: law 34/2002 (LSSI), article 20, and law 3/1991, article 26 ("Publicidad");
- GB: CAP Code, section 2, and the Digital Markets, Competition and Consumers Act 2024, part 4 ("Ad");
- CH: UWG, article 3(1)(b), and the Fairness Commission's rule B.15 ("Werbung", "Publicité", "Pubblicità").

A shop asks its own lawyer before it goes into a country.
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 240


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The sentence for one country, in both languages of the shop."""

    sentence: str
    sentence_it: str

    def said_in(self, language: str) -> str:
        """The sentence in a language, `en` or `it`."""
        return self.sentence_it if language == "it" else self.sentence


def _with(word: str, word_it: str) -> Disclosure:
    return Disclosure(
        f"{word}: I earn a commission when you buy by this link. You pay the same.",
        f"{word_it}: se compri da questo link guadagno una commissione. Tu paghi lo stesso prezzo.",
    )


#: Where no country of its own is written down.
ELSEWHERE = _with("Advertising", "Pubblicità")
OF_COUNTRY = {
    "IT": _with("Advertising", "Pubblicità"),
    "DE": _with("Werbung (advertising)", "Werbung (pubblicità)"),
    "AT": _with("Werbung (advertising)", "Werbung (pubblicità)"),
    "CH": _with("Werbung (advertising)", "Pubblicità"),
    "FR": _with("Publicité (advertising)", "Publicité (pubblicità)"),
    "ES": _with("Publicidad (advertising)", "Publicidad (pubblicità)"),
    "GB": _with("Ad", "Ad (pubblicità)"),
    "IE": _with("Ad", "Ad (pubblicità)"),
}
