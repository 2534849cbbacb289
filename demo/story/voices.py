"""What people say of what they bought: each wears their own sizes, and each sentence is said once.

Which pieces run small or large is decided by the piece alone, so what its wearers say of it agrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storefront.catalog.policy import size_key
from storefront.reviews.policy import Fit


@dataclass(frozen=True)
class Wearer:
    """A guest's body, as far as they tell: height, and the sizes they usually wear."""

    height_cm: int | None
    letters: str
    trousers: str
    shoes: str

    def usual(self, sizes: Sequence[str]) -> str:
        """The size they would take from these; empty when they would not know."""
        return next((size for size in (self.letters, self.trousers, self.shoes) if size in sizes), "")


WEARERS: dict[str, Wearer] = {
    "lucia.parisi@demo.test": Wearer(163, "S", "42", "37"),
    "ahmed.rahmani@demo.test": Wearer(178, "L", "48", "43"),
    "sofia.lombardi@demo.test": Wearer(170, "M", "44", "39"),
    "matteo.galli@demo.test": Wearer(182, "L", "48", "44"),
    "hannah.weiss@demo.test": Wearer(172, "M", "44", "40"),
    "beatrice.fontana@demo.test": Wearer(166, "M", "44", "38"),
    "youssef.haddad@demo.test": Wearer(None, "M", "46", "42"),
    "federica.neri@demo.test": Wearer(168, "M", "44", "38"),
    "olga.petrova@demo.test": Wearer(175, "L", "46", "40"),
    "simone.deluca@demo.test": Wearer(171, "M", "46", "41"),
    "grace.okafor@demo.test": Wearer(169, "M", "44", "39"),
    "valentina.rizzo@demo.test": Wearer(160, "S", "40", "36"),
}

# The cut of a piece in sizes: what runs small by one sits like the next smaller size.
CUTS = {"lina-blouse": -1, "nord-long-coat-camel": 1, "linea-straight-jeans": -1, "passo-loafers": -1}

Said = tuple[tuple[int, str], ...]

# By department and language: how many stars, and the words that go with them.
WORDS: dict[tuple[str, str], Said] = {
    ("tops", "en"): (
        (
            5,
            "I wear it to work with the cuffs turned once and to dinner as it is. Washed four times, looks new.",
        ),
        (4, "Good cloth, good buttons. It creases if you look at it, so keep an iron near."),
        (5, "Falls exactly as in the picture. A colleague bought the same one the next day."),
        (
            2,
            "The seam at the shoulder opened in the second week. They took it back without a word, but still.",
        ),
        (
            4,
            "Light enough for a train without air conditioning, and not see-through. That is rarer than it should be.",
        ),
    ),
    ("tops", "it"): (
        (
            5,
            "La porto in ufficio e poi fuori a cena senza cambiarmi. Dopo cinque lavaggi è come il primo giorno.",
        ),
        (3, "Bella, ma si stropiccia solo a guardarla. Chi non stira è avvisato."),
        (5, "Il colore dal vivo è più caldo che in foto, e per me è un bene."),
        (4, "Cuciture dritte, bottoni di scorta veri. Avrei voluto la manica un dito più lunga."),
        (5, "Comprata per un colloquio, tenuta per tutti i giorni. Il colloquio è andato bene."),
    ),
    ("knitwear", "en"): (
        (5, "Warm without itching. I tested it on my neck for a whole day in the library."),
        (4, "Two small pills under the arms after a month, gone with a comb. The rest is perfect."),
        (2, "Lovely for three wears, then it grew at the hem. Wash it flat and pray."),
        (5, "My grandmother, who knits, turned it inside out and nodded. I need no other review."),
    ),
    ("knitwear", "it"): (
        (5, "Caldo e non pizzica. L'ho messo a pelle per un viaggio di sei ore."),
        (4, "Fa qualche pallino sotto le braccia, ma con il pettine va via."),
        (5, "Regalato a mio padre, che di solito cambia tutto. Questo no."),
        (3, "La lana è bella, il collo un po' largo: d'inverno ci vuole comunque la sciarpa."),
    ),
    ("outerwear", "en"): (
        (
            5,
            "On the bike it keeps the wind out, which I did not expect at this price. Pockets are real and deep.",
        ),
        (4, "Stiff for the first week. Then it becomes yours."),
        (3, "A handsome coat and a thin lining. Fine until November, then you want a knit under it."),
        (
            5,
            "It has been rained on twice and still hangs straight. The buttons are sewn on by somebody who cared.",
        ),
        (1, "Mine arrived with one button missing and no spare in the pocket. For a coat I expect better."),
    ),
    ("outerwear", "it"): (
        (5, "Ripara dal vento anche in motorino, e sta bene anche sopra la giacca."),
        (4, "All'inizio è rigido, dopo dieci giorni ha preso la mia forma."),
        (5, "Tasche vere, profonde, con dentro la mano sta bene. Basta poco."),
        (2, "Bello, ma il gancio per appenderlo si è scucito dopo una settimana."),
    ),
    ("dresses", "en"): (
        (5, "Danced in it until two. Nothing moved that should not move."),
        (4, "The length is right for a wedding in a garden: no grass stains."),
        (3, "The colour is a touch colder than on my screen. I kept it, with gold instead of silver."),
    ),
    ("dresses", "it"): (
        (5, "Ci ho ballato fino alle due e sono tornata a casa in ordine."),
        (4, "Cade benissimo, ma sotto ci vuole la sottoveste giusta."),
        (2, "La cerniera si inceppa a metà: da sola non lo chiudo. Peccato, perché è bellissimo."),
    ),
    ("skirts", "en"): (
        (5, "Swings when you walk and stays down when a bus passes. What more can a skirt do."),
        (4, "Sits where it should. The waist is firm, which I like and my sister does not."),
    ),
    ("skirts", "it"): (
        (4, "Cade bene e non gira su sé stessa mentre cammini, che è la cosa che odio di più."),
        (5, "Con gli stivali in ufficio, con i sandali al mare. L'ho ripresa in un altro colore."),
    ),
    ("trousers", "en"): (
        (5, "The first trousers in years I did not have to have shortened, and I have tried a few."),
        (
            4,
            "Held their shape through a day of moving boxes. The knees came back after a night on the hanger.",
        ),
        (3, "Good cloth. The back pockets are for show, so know that before you trust them with a phone."),
        (2, "The dye came off on a light sofa. Wash them alone, twice, before you sit anywhere you love."),
    ),
    ("trousers", "it"): (
        (5, "Finalmente un pantalone che non devo far accorciare."),
        (4, "Comodi anche seduta tutto il giorno. Le ginocchia tornano a posto in una notte."),
        (5, "Stoffa pesante il giusto: tengono la piega senza sembrare una divisa."),
        (3, "Belli, ma la tasca dietro è finta. Scritto piccolo, ma è scritto."),
    ),
    ("shoes", "en"): (
        (5, "Walked the whole of Bologna in them on day one. No plaster needed."),
        (4, "They squeak on wet stone. On anything else they are the best I have had."),
        (2, "The heel pad came loose after a fortnight. Glued now, and glued well, but by me."),
    ),
    ("shoes", "it"): (
        (5, "Le ho messe nuove per una giornata in piedi: niente cerotti."),
        (4, "Sul bagnato scricchiolano. Per il resto sono perfette."),
        (3, "Belle, ma la suola è sottile: sui sanpietrini si sente tutto."),
    ),
    ("bags", "en"): (
        (5, "Holds a laptop, a lunch and a temper. The strap does not cut in."),
        (4, "Leather marks easily at first, and then so much that it looks intended."),
    ),
    ("bags", "it"): (
        (5, "Ci sta il computer e non sembra una borsa da computer."),
        (3, "Capiente, ma dentro non ha una tasca con la zip e le chiavi spariscono."),
    ),
    ("accessories", "en"): (
        (5, "Small thing, large effect. Three people asked where it is from before noon."),
        (4, "Well made. The box it came in is now where I keep everything else."),
        (3, "Pretty, and a little lighter than I hoped. You feel what you pay for, no more."),
    ),
    ("accessories", "it"): (
        (5, "Piccola cosa, grande effetto. Prima di mezzogiorno me l'hanno chiesto in tre."),
        (4, "Fatto bene. È diventato il mio regalo fisso per gli amici."),
        (2, "La chiusura è dura: con le unghie corte da sola non ce la faccio."),
    ),
}

# Of the pieces of the look that everybody buys, by handle: so many wear them that their fit can be seen.
WORDS_OF: dict[tuple[str, str], Said] = {
    ("lina-blouse", "en"): (
        (
            5,
            "The bow does the talking, so I can stay quiet in meetings. Went from a train to a dinner in it.",
        ),
        (4, "Beautiful drape, narrow across the back: fine at a desk, tight on a bicycle."),
        (4, "Washed at 30, dried on a hanger, no iron. It only wants to be hung up while it is still wet."),
        (3, "Lovely blouse. The bow slips loose by noon, and I have not found the knot that stops it."),
        (
            2,
            "A thread pulled at the cuff on day three. The shop mended it, kindly, but I treat it like glass now.",
        ),
    ),
    ("lina-blouse", "it"): (
        (
            5,
            "Il fiocco si annoda in quattro modi e io ne uso tre. Sotto la giacca sparisce, da sola fa tutto lei.",
        ),
        (4, "Cade benissimo. Sulle spalle è costruita stretta, e si sente quando allunghi le braccia."),
        (5, "Non si stropiccia in valigia. L'ho tirata fuori, appesa in bagno, messa."),
        (4, "Più trasparente di quanto pensassi alla luce del sole. Con la canotta color pelle è risolto."),
        (3, "Bella, ma il polsino è stretto e con l'orologio litiga."),
    ),
    ("corso-denim-jacket", "en"): (
        (5, "I am not tall and wear it with the cuffs turned once. On the bike it keeps the wind out."),
        (4, "Stiff for the first week, mine by the second. The buttons are still tight after a month."),
        (5, "The pockets are real and deep. That is the whole review."),
        (3, "Good denim, boxy cut. Over a thick knit it sits well, over a shirt I look like my own uncle."),
    ),
    ("corso-denim-jacket", "it"): (
        (5, "Rigida all'inizio, poi diventa tua. La porto da un mese e non la tolgo più."),
        (4, "Tasche vere e cuciture robuste. Lava da sola la prima volta, che l'indaco scappa."),
        (5, "Presa per un viaggio, adesso la porta anche mio marito."),
        (
            2,
            "Il bottone in basso si è allentato dopo due settimane. Ricucito, ma da un capo così mi aspettavo altro.",
        ),
    ),
}

ANSWERS = {
    "en": "Thank you for saying so. Bring it to any of our stores: we mend it or change it, as you like.",
    "it": "Grazie di averlo scritto. Portalo in uno dei nostri negozi: lo sistemiamo o lo cambiamo, come preferisci.",
}
# Said once, and against the rules: it names somebody who cannot answer.
UNFAIR = "Fine jacket. But the man at the counter in Torino, Luca M. with the beard, was on his phone the whole time."
WHY_REMOVED = "It describes a colleague by name. The rest was welcome."


def fit_of(handle: str, took: str, usual: str, sizes: Sequence[str]) -> Fit | None:
    """How the size they took turns out, beside the one they usually wear; None where no size is chosen."""
    ladder = sorted(sizes, key=size_key)
    if took not in ladder or usual not in ladder:
        return None
    room = ladder.index(took) - ladder.index(usual) + CUTS.get(handle, 0)
    return Fit.TRUE if room == 0 else Fit.LARGE if room > 0 else Fit.SMALL
