"""T-shirts and polos."""

from __future__ import annotations

from .cloths import COTTON_KNIT, JERSEY, PIQUE
from .model import LETTERS, TOPS, WIDE_LETTERS, Line, Product

TEE = Line("tee", TOPS, JERSEY, LETTERS, grams=170)
POLO = Line("polo", TOPS, PIQUE, LETTERS, grams=220)

PRODUCTS: tuple[Product, ...] = (
    TEE(
        "piazza-tee",
        ("Piazza tee", "T-shirt Piazza"),
        ("White", "Bianco"),
        "chalk plain #F6F3EC 3",
        (
            "The white tee we kept sending back until the collar stopped curling. Heavy enough to "
            "wear on its own."
        ),
        (
            "La T-shirt bianca che abbiamo rimandato indietro finché il collo non ha smesso di arricciarsi. "
            "Abbastanza pesante da bastare da sola."
        ),
        euros=19,
        days=46,
        occasions="everyday weekend",
        labels=WIDE_LETTERS,
        family="piazza-tee",
    ),
    TEE(
        "piazza-tee-black",
        ("Piazza tee", "T-shirt Piazza"),
        ("Black", "Nero"),
        "ink plain main 2",
        "The same cut as the white one, dyed twice so that it stays black past the tenth wash.",
        "Lo stesso taglio della bianca, tinta due volte perché resti nera oltre il decimo lavaggio.",
        euros=19,
        days=46,
        occasions="everyday work",
        labels=WIDE_LETTERS,
        family="piazza-tee",
    ),
    TEE(
        "marina-striped-tee",
        ("Marina striped tee", "T-shirt Marina a righe"),
        ("Ecru and navy", "Écru e blu"),
        "adriatic breton light 3",
        "Navy stripes set wide, the way sailors wore them and Sunday markets kept them.",
        (
            "Righe blu ben distanziate, come le portavano i marinai e come le ha tenute il mercato della "
            "domenica."
        ),
        euros=29,
        days=12,
        occasions="weekend summer travel",
        grams=185,
    ),
    TEE(
        "prato-tee",
        ("Prato flower tee", "T-shirt Prato a fiori"),
        ("Meadow on cream", "Prato su panna"),
        "olive floral-small light 4",
        "A scatter of small flowers on washed cream: a print that goes with the jeans you already own.",
        "Una manciata di fiorellini su panna lavata: una stampa che va con i jeans che hai già.",
        euros=32,
        days=31,
        occasions="weekend summer",
    ),
    TEE(
        "cala-dotted-tee",
        ("Cala dotted tee", "T-shirt Cala a pois"),
        ("Teal with dots", "Petrolio a pois"),
        "lagoon dot main 6",
        "Small pale dots on deep teal. Quiet from afar, cheerful across a table.",
        "Pois chiari e piccoli su petrolio. Discreta da lontano, allegra al tavolo.",
        euros=27,
        days=95,
        occasions="everyday summer",
        was=34,
        grams=175,
    ),
    TEE(
        "piazza-tee-navy",
        ("Piazza tee", "T-shirt Piazza"),
        ("Navy", "Blu navy"),
        "adriatic plain main 51",
        "The same tee for days when white is asking for trouble. Holds its navy past the fiftieth wash.",
        (
            "La stessa T-shirt per i giorni in cui il bianco se la va a cercare. Il blu resiste oltre il "
            "cinquantesimo lavaggio."
        ),
        euros=19,
        days=46,
        occasions="everyday travel",
        grams=180,
        labels=WIDE_LETTERS,
        family="piazza-tee",
    ),
    TEE(
        "piazza-tee-sage",
        ("Piazza tee", "T-shirt Piazza"),
        ("Sage", "Salvia"),
        "olive plain soft 39",
        "A green that gets along with denim, linen and everything your mother ever knitted.",
        "Un verde che va d'accordo con il denim, il lino e tutto quello che la mamma ha fatto ai ferri.",
        euros=19,
        days=14,
        occasions="everyday summer",
        grams=180,
        labels=WIDE_LETTERS,
        family="piazza-tee",
    ),
    TEE(
        "gelso-tee",
        ("Gelso tee", "T-shirt Gelso"),
        ("Mulberry", "Gelso"),
        "bordeaux plain main 3",
        "A heavier jersey with a close neckline, dyed the colour of stained fingers in June.",
        "Un jersey più pesante, girocollo stretto, tinto del colore delle dita macchiate a giugno.",
        euros=24,
        days=33,
        occasions="everyday work",
        grams=190,
    ),
    TEE(
        "bagnino-striped-tee",
        ("Bagnino striped tee", "T-shirt a righe Bagnino"),
        ("Ecru and black", "Écru e nero"),
        "ink breton light 2",
        (
            "Wide stripes, the kind a lifeguard would wear if lifeguards read novels. No fading line at "
            "the neck."
        ),
        "Righe larghe, da bagnino che legge romanzi. Al collo non resta il segno.",
        euros=29,
        days=64,
        occasions="weekend summer",
        grams=185,
    ),
    TEE(
        "ortensia-tee",
        ("Ortensia flower tee", "T-shirt a fiori Ortensia"),
        ("Hydrangea", "Ortensia"),
        "wisteria floral-small light 5",
        "Small hydrangeas on white, printed so that the seams meet petal to petal.",
        "Piccole ortensie sul bianco, stampate in modo che le cuciture si incontrino petalo su petalo.",
        euros=32,
        days=17,
        occasions="weekend summer",
        grams=180,
    ),
    POLO(
        "faro-polo",
        ("Faro polo", "Polo Faro"),
        ("Navy", "Blu navy"),
        "adriatic plain main 5",
        "A piqué polo with a collar that stands without starch. Tuck it in and it passes for a shirt.",
        "Una polo in piqué con un collo che sta su senza amido. Infilata nei pantaloni passa per camicia.",
        euros=42,
        days=60,
        occasions="work weekend travel",
        labels=WIDE_LETTERS,
        family="faro-polo",
    ),
    POLO(
        "faro-polo-sage",
        ("Faro polo", "Polo Faro"),
        ("Sage", "Salvia"),
        "olive plain soft 28",
        "The Faro in a green that has seen the sun. Side vents, three buttons, nothing else.",
        "La Faro in un verde che ha preso il sole. Spacchetti, tre bottoni, nient'altro.",
        euros=42,
        days=9,
        occasions="weekend summer",
        labels=WIDE_LETTERS,
        family="faro-polo",
    ),
    POLO(
        "regata-knit-polo",
        ("Regata knitted polo", "Polo in maglia Regata"),
        ("Camel", "Cammello"),
        "chalk rib mid 7",
        "Ribbed cotton with a soft open collar, for dinners that begin as a drink.",
        "Cotone a coste con un collo morbido e aperto, per le cene che cominciano come un aperitivo.",
        euros=64,
        days=21,
        occasions="work evening",
        cloth=COTTON_KNIT,
        grams=280,
    ),
    POLO(
        "meridiana-polo",
        ("Meridiana polo", "Polo Meridiana"),
        ("Lemon", "Limone"),
        "lemon plain main 3",
        "Yellow enough to tell the time by. The collar stays flat without an iron and without a speech.",
        "Gialla quanto basta per leggerci l'ora. Il colletto sta giù senza ferro e senza discorsi.",
        euros=42,
        days=16,
        occasions="weekend summer",
        grams=230,
    ),
    POLO(
        "cantina-knit-polo",
        ("Cantina knitted polo", "Polo in maglia Cantina"),
        ("Bordeaux", "Bordeaux"),
        "bordeaux rib main 4",
        "Ribbed cotton the colour of the second glass. Under a blazer it does the work of a shirt and tie.",
        (
            "Cotone a coste del colore del secondo bicchiere. Sotto il blazer fa il lavoro di camicia e "
            "cravatta."
        ),
        euros=64,
        days=51,
        occasions="work evening",
        cloth=COTTON_KNIT,
        grams=320,
        shades=(
            ("Navy", "adriatic rib main 29"),
            ("Camel", "forest rib mid 4"),
        ),
    ),
    POLO(
        "bocciodromo-striped-polo",
        ("Bocciodromo striped polo", "Polo a righe Bocciodromo"),
        ("Green stripe", "Righe verdi"),
        "forest breton main 5",
        "For long afternoons and slow games. The stripe is woven, so it looks the same inside out.",
        "Per pomeriggi lunghi e partite lente. La riga è tessuta: uguale dritto e rovescio.",
        euros=46,
        days=128,
        occasions="weekend summer",
        was=56,
        grams=240,
    ),
)
