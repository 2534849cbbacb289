"""The looks of the demo, each written by the editor it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from demo.story import worked_example
from editors.looks.models import Occasion, Season, Style


@dataclass(frozen=True)
class LookScript:
    """A look to be: whose, what it says in both languages, its pieces (handle, how many), when it was published."""

    editor: str
    title: str
    title_it: str
    story: str
    story_it: str
    occasion: Occasion
    pieces: tuple[tuple[str, int], ...]
    days_ago: int


# The tour of the demo and the worked example in the tests both buy this one.
CARRY_ON = LookScript(
    editor="giulia",
    title=worked_example.TITLE,
    title_it="Solo bagaglio a mano",
    story="Two days away, one small bag. The jacket travels on you, the blouse goes to dinner, "
    "and the shirt is so good you take it twice.",
    story_it="Due giorni via, una borsa piccola. La giacca viaggia addosso, la blusa va a cena "
    "e la camicia è così buona che ne porti due.",
    occasion=Occasion.AWAY,
    pieces=(("corso-denim-jacket", 1), ("lina-blouse", 1), ("porta-shirt-blue-stripe", 2)),
    days_ago=61,
)

LOOKS = (
    CARRY_ON,
    LookScript(
        "marta",
        "Sunday, slowly",
        "Domenica, con calma",
        "Coffee that becomes a walk that becomes lunch. The trench decides, the rest agrees.",
        "Un caffè che diventa una passeggiata che diventa un pranzo. Decide il trench, il resto è d'accordo.",
        Occasion.HOME,
        (("valle-trench", 1), ("trama-striped-knit", 1), ("linea-straight-jeans", 1), ("passo-loafers", 1)),
        2,
    ),
    LookScript(
        "marta",
        "The coat you keep",
        "Il cappotto che resta",
        "Buy the coat for ten winters and let the scarf change its mind.",
        "Il cappotto si compra per dieci inverni; a cambiare idea ci pensa la sciarpa.",
        Occasion.OUTDOORS,
        (
            ("nord-long-coat-camel", 1),
            ("nebbia-roll-neck", 1),
            ("misura-trousers", 1),
            ("neve-ankle-boots", 1),
        ),
        84,
    ),
    LookScript(
        "giulia",
        "School run, gallery after",
        "Prima la scuola, poi la galleria",
        "One zip in the morning and nobody sees that it took a minute.",
        "Una sola cerniera al mattino e nessuno si accorge che ci hai messo un minuto.",
        Occasion.HOME,
        (("molo-jumpsuit", 1), ("lago-scarf", 1), ("giro-tote", 1)),
        9,
    ),
    LookScript(
        "giulia",
        "Platform four, seven past eight",
        "Binario quattro, otto e sette",
        "Warm enough for the platform, neat enough for the meeting at the other end.",
        "Abbastanza caldo per il binario, abbastanza in ordine per la riunione all'arrivo.",
        Occasion.MEETING,
        (
            ("brina-check-coat", 1),
            ("ombra-blouse", 1),
            ("linea-straight-jeans-black", 1),
            ("passo-loafers-black", 1),
        ),
        33,
    ),
    LookScript(
        "amina",
        "Desk to dinner",
        "Dalla scrivania alla cena",
        "The blazer leaves at seven. The slip dress was there all along, and the heels were in the drawer.",
        "Alle sette la giacca si toglie. L'abito c'era già da stamattina, i tacchi erano nel cassetto.",
        Occasion.DINNER,
        (("tempo-blazer", 1), ("sera-slip-dress", 1), ("passo-court-heels", 1), ("borsa-shoulder-bag", 1)),
        3,
    ),
    LookScript(
        "amina",
        "The first ten minutes",
        "I primi dieci minuti",
        "What they see before you say anything. Pinstripe for the numbers, vermilion for the opinion.",
        "Quello che vedono prima che tu parli. Il gessato per i numeri, il vermiglio per le idee.",
        Occasion.MEETING,
        (
            ("brera-pinstripe-blazer", 1),
            ("piazza-tee", 1),
            ("ponte-wide-trousers-ivory", 1),
            ("passo-court-heels", 1),
        ),
        24,
    ),
    LookScript(
        "amina",
        "Teal, and no apology",
        "Petrolio, senza scuse",
        "A colour for people who were told to wear black. One bag in the same water.",
        "Un colore per chi si è sempre sentita dire di vestire di nero. E una borsa nella stessa acqua.",
        Occasion.DINNER,
        (("stagno-slip-dress", 1), ("laguna-shoulder-bag", 1), ("festa-sandals", 1), ("cerchio-hoops", 1)),
        72,
    ),
    LookScript(
        "davide",
        "First cold morning",
        "Il primo freddo",
        "The morning you look for gloves. A long coat, a knit with some fire in it, boots that know puddles.",
        "La mattina in cui cerchi i guanti. Un cappotto lungo, una maglia con un po' di fuoco, stivaletti pratici di pozzanghere.",
        Occasion.OUTDOORS,
        (("nord-long-coat", 1), ("alba-crew-knit", 1), ("ponte-wide-trousers", 1), ("neve-ankle-boots", 1)),
        4,
    ),
    LookScript(
        "davide",
        "Two wheels and a meeting",
        "Due ruote e una riunione",
        "Nothing that catches in the chain, nothing that needs an iron on arrival.",
        "Niente che finisca nella catena, niente da stirare all'arrivo.",
        Occasion.MEETING,
        (
            ("quota-puffer", 1),
            ("loggia-oxford-shirt", 1),
            ("uliveto-trousers", 1),
            ("campo-trainers-navy", 1),
        ),
        18,
    ),
    LookScript(
        "davide",
        "Library weather",
        "Tempo da biblioteca",
        "For an afternoon of reading under somebody else's heating.",
        "Per un pomeriggio di lettura con il riscaldamento degli altri.",
        Occasion.HOME,
        (
            ("biblioteca-cardigan", 1),
            ("picnic-gingham-shirt", 1),
            ("scala-check-trousers", 1),
            ("foglia-loafers", 1),
        ),
        79,
    ),
    LookScript(
        "chiara",
        "Wedding, no hat",
        "Matrimonio, senza cappello",
        "For the church, the lawn and the last dance. The heels come off at midnight; the dress does not mind.",
        "Per la chiesa, il prato e l'ultimo ballo. A mezzanotte i tacchi si tolgono; al vestito va bene così.",
        Occasion.CELEBRATION,
        (("duna-tea-dress", 1), ("passo-court-heels", 1), ("borsa-shoulder-bag", 1)),
        5,
    ),
    LookScript(
        "chiara",
        "Second row, left of the aisle",
        "Seconda fila, a sinistra",
        "Close enough to cry, far enough to see the dress. Powder, so that nobody asks whose day it is.",
        "Abbastanza vicino per piangere, abbastanza lontano per vedere il vestito. Cipria, così nessuno chiede di chi è la festa.",
        Occasion.CELEBRATION,
        (
            ("sera-slip-dress-powder", 1),
            ("adria-cardigan", 1),
            ("passo-court-heels-powder", 1),
            ("trina-earrings", 1),
        ),
        28,
    ),
    LookScript(
        "chiara",
        "The card said black tie",
        "L'invito diceva abito lungo",
        "Once a year it does. Bordeaux forgives candlelight and one glass too many.",
        "Una volta l'anno lo dice. Il bordeaux perdona le candele e un bicchiere di troppo.",
        Occasion.CELEBRATION,
        (("gala-evening-dress", 1), ("barbera-heels", 1), ("goccia-earrings", 1)),
        66,
    ),
    LookScript(
        "pietro",
        "Harbour wind",
        "Vento di porto",
        "It comes round the corner at Porta Siberia. Be ready.",
        "Gira l'angolo a Porta Siberia. Fatti trovare pronto.",
        Occasion.OUTDOORS,
        (("valle-trench-navy", 1), ("marina-striped-tee", 1), ("gesso-jeans", 1), ("campo-trainers", 1)),
        7,
    ),
    LookScript(
        "pietro",
        "A boat, a box of focaccia",
        "Una barca, una focaccia",
        "Salt on everything. The polo dries in an hour, the hat stays on with a hand.",
        "Sale dappertutto. La polo asciuga in un'ora, il cappello si tiene con la mano.",
        Occasion.AWAY,
        (("regata-knit-polo", 1), ("riva-shorts", 1), ("isola-sandals", 1), ("trebbia-straw-hat", 1)),
        36,
    ),
    LookScript(
        "pietro",
        "Four hundred steps",
        "Quattrocento gradini",
        "Sant'Anna and back before breakfast. Everything gives at the knee.",
        "Sant'Anna e ritorno prima di colazione. Tutto cede al ginocchio.",
        Occasion.OUTDOORS,
        (("officina-hoodie", 1), ("piazza-tee", 1), ("uliveto-trousers", 1), ("tiglio-trainers", 1)),
        90,
    ),
    LookScript(
        "noemi",
        "All of me, in red",
        "Tutta io, in rosso",
        "The coat I was told not to buy. I wear it to be found in a crowd.",
        "Il cappotto che mi avevano sconsigliato. Lo metto per farmi trovare nella folla.",
        Occasion.OUTDOORS,
        (
            ("segnale-coat", 1),
            ("alba-crew-knit-ecru", 1),
            ("onda-flared-jeans", 1),
            ("neve-ankle-boots-chestnut", 1),
        ),
        6,
    ),
    LookScript(
        "noemi",
        "Sunday lunch has eleven courses",
        "Il pranzo della domenica ha undici portate",
        "A waist that moves with the menu. The belt is for the photograph only.",
        "Una vita che segue il menù. La cintura è solo per la fotografia.",
        Occasion.DINNER,
        (("radice-shirt-dress", 1), ("filo-belt", 1), ("miele-shoulder-bag", 1), ("passo-loafers", 1)),
        21,
    ),
    LookScript(
        "noemi",
        "Olive, and a pleat that swings",
        "Oliva, e una piega che balla",
        "A skirt to walk in and a jacket that ends where I like it to.",
        "Una gonna per camminare e una giacca che finisce dove dico io.",
        Occasion.HOME,
        (
            ("corso-denim-jacket-black", 1),
            ("faro-polo-sage", 1),
            ("mira-midi-skirt", 1),
            ("sottobosco-ankle-boots", 1),
        ),
        63,
    ),
)

# When each is worn, and how; what is not here is worn all year, in no style of its own.
WORN: dict[str, tuple[Season, tuple[Style, ...]]] = {
    "Carry-on only": (Season.SPRING, (Style.CLASSIC, Style.RELAXED)),
    "Sunday, slowly": (Season.SPRING, (Style.CLASSIC, Style.RELAXED)),
    "The coat you keep": (Season.WINTER, (Style.CLASSIC, Style.MINIMAL)),
    "School run, gallery after": (Season.AUTUMN, (Style.RELAXED,)),
    "Platform four, seven past eight": (Season.WINTER, (Style.CLASSIC,)),
    "Desk to dinner": (Season.ALL, (Style.ELEGANT,)),
    "The first ten minutes": (Season.ALL, (Style.CLASSIC, Style.BOLD)),
    "Teal, and no apology": (Season.SUMMER, (Style.BOLD, Style.ELEGANT)),
    "First cold morning": (Season.WINTER, (Style.RELAXED,)),
    "Two wheels and a meeting": (Season.AUTUMN, (Style.SPORTY,)),
    "Library weather": (Season.AUTUMN, (Style.VINTAGE,)),
    "Wedding, no hat": (Season.SUMMER, (Style.ROMANTIC,)),
    "Second row, left of the aisle": (Season.SPRING, (Style.ROMANTIC, Style.ELEGANT)),
    "The card said black tie": (Season.WINTER, (Style.ELEGANT,)),
    "Harbour wind": (Season.SPRING, (Style.CLASSIC,)),
    "A boat, a box of focaccia": (Season.SUMMER, (Style.RELAXED, Style.VINTAGE)),
    "Four hundred steps": (Season.SPRING, (Style.SPORTY,)),
    "All of me, in red": (Season.WINTER, (Style.BOLD,)),
    "Sunday lunch has eleven courses": (Season.AUTUMN, (Style.VINTAGE,)),
    "Olive, and a pleat that swings": (Season.AUTUMN, (Style.MINIMAL,)),
}

# With whom a look was put together, and the share that was agreed, in basis points.
TOGETHER = {"Wedding, no hat": ("amina", 4000)}
