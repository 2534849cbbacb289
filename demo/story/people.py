"""Who lives in the demo: the log-ins that are printed at the start, the editors, and those who wait."""

from __future__ import annotations

from dataclasses import dataclass

from editors.profiles.policy import Speciality as Good
from foundation.accounts.permissions import Role

PASSWORD = "vetrina-demo"


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in. `roles` are staff roles; `purpose` is printed beside the log-in."""

    email: str
    name: str
    language: str = "en"
    roles: tuple[Role, ...] = ()
    purpose: str = ""


@dataclass(frozen=True)
class StyleEditor:
    """An editor as they present themselves. `days_ago` is when they joined."""

    email: str
    name: str
    handle: str
    city: str
    style: str
    style_it: str
    words: str
    words_it: str
    days_ago: int
    language: str = "it"
    lead: bool = False
    store: str = ""
    good_at: tuple[Good, ...] = ()


@dataclass(frozen=True)
class Applicant:
    """Somebody who wants to become an editor and waits for an answer, or got a no."""

    email: str
    name: str
    handle: str
    city: str
    words: str
    hours_ago: int
    outfit: tuple[str, ...]
    declined_because: str = ""


SHOPPER = Person("shopper@demo.test", "Anna Marchetti", purpose="buys, returns, comes back")
STORE = Person(
    "store@demo.test", "Luca Moretti", roles=(Role.STORE,), purpose="the store's desk; prepares payouts"
)
RANGE = Person(
    "catalogue@demo.test",
    "Irene Costa",
    roles=(Role.CATALOGUE,),
    purpose="keeps the range: products, stock, sizes",
)
FINANCE = Person(
    "finance@demo.test", "Paola Ricci", roles=(Role.FINANCE,), purpose="approves payouts, reads receipts"
)
OWNER = Person("owner@demo.test", "Elena Ferraris", roles=(Role.OWNER,), purpose="may do everything")

PEOPLE = (SHOPPER, STORE, RANGE, FINANCE, OWNER)

EDITORS = (
    StyleEditor(
        email="marta.conti@demo.test",
        name="Marta Conti",
        handle="marta",
        store="milano-brera",
        good_at=(
            Good.CAPSULE,
            Good.TAILORING,
            Good.CARE,
        ),
        city="Milano",
        style="Few things, long worn",
        style_it="Poche cose, portate a lungo",
        words="Thirty years in other people's wardrobes. I look for the piece that makes three others useful.",
        words_it="Trent'anni negli armadi degli altri. Cerco il capo che ne rende utili altri tre.",
        days_ago=190,
        lead=True,
    ),
    StyleEditor(
        email="editor@demo.test",
        name="Giulia Ferri",
        handle="giulia",
        store="torino-lagrange",
        good_at=(
            Good.TRAVEL,
            Good.CAPSULE,
            Good.SHOES,
        ),
        city="Torino",
        style="Wears M, 1.68. Trains, trams and one good bag",
        style_it="Porta la M, 1,68. Treni, tram e una buona borsa",
        words="I dress for days that change their mind. Everything here has been on a train with me.",
        words_it="Mi vesto per giornate che cambiano idea. Tutto quello che vedi ha già preso un treno con me.",
        days_ago=150,
    ),
    StyleEditor(
        email="amina.sesay@demo.test",
        name="Amina Sesay",
        handle="amina",
        store="milano-brera",
        good_at=(
            Good.WORK,
            Good.COLOUR,
            Good.EVENING,
        ),
        city="Milano",
        style="Wears S, 1.74. Office hours and after",
        style_it="Porta la S, 1,74. In ufficio e dopo",
        words="From the desk to the table without going home. Colour where nobody expects it.",
        words_it="Dalla scrivania alla tavola senza passare da casa. Il colore dove nessuno se lo aspetta.",
        days_ago=140,
    ),
    StyleEditor(
        email="davide.longo@demo.test",
        name="Davide Longo",
        handle="davide",
        store="bologna-santo-stefano",
        good_at=(
            Good.DENIM,
            Good.KNITWEAR,
        ),
        city="Bologna",
        style="Wears L, 1.81. Porticoes, bicycles, rain",
        style_it="Porta la L, 1,81. Portici, biciclette, pioggia",
        words="I cycle to work under the porticoes. Warm first, handsome right after.",
        words_it="Vado al lavoro in bici sotto i portici. Prima il caldo, subito dopo la bellezza.",
        days_ago=120,
    ),
    StyleEditor(
        email="chiara.bassi@demo.test",
        name="Chiara Bassi",
        handle="chiara",
        good_at=(
            Good.EVENING,
            Good.PETITE,
        ),
        city="Verona",
        style="Wears XS, 1.60. Weddings every June",
        style_it="Porta la XS, 1,60. Matrimoni ogni giugno",
        words="Always somebody's guest. I know what to wear when the card says nothing about it.",
        words_it="Sempre invitata da qualcuno. So che cosa mettersi quando l'invito non lo dice.",
        days_ago=110,
        language="it",
    ),
    StyleEditor(
        email="pietro.sala@demo.test",
        name="Pietro Sala",
        handle="pietro",
        good_at=(
            Good.KNITWEAR,
            Good.TRAVEL,
        ),
        city="Genova",
        style="Wears M, 1.77. Sea wind and steep lanes",
        style_it="Porta la M, 1,77. Vento di mare e salite",
        words="Genoa is stairs. Clothes that climb, and still look well at the harbour.",
        words_it="Genova è fatta di scale. Vestiti che salgono e che al porto stanno ancora bene.",
        days_ago=95,
    ),
    StyleEditor(
        email="noemi.russo@demo.test",
        name="Noemi Russo",
        handle="noemi",
        store="napoli-chiaia",
        good_at=(
            Good.CURVES,
            Good.COLOUR,
            Good.DENIM,
        ),
        city="Napoli",
        style="Wears XL, 1.65. Every body, every size",
        style_it="Porta la XL, 1,65. Ogni corpo, ogni taglia",
        words="I was told what not to wear for years. Now I show what you can.",
        words_it="Per anni mi hanno detto che cosa non mettere. Adesso mostro che cosa si può.",
        days_ago=80,
    ),
)

APPLICANTS = (
    Applicant(
        email="nadia.rinaldi@demo.test",
        name="Nadia Rinaldi",
        handle="nadia",
        city="Torino",
        words="I run the wardrobe of a small theatre. I can make one jacket look like three people.",
        hours_ago=70,
        outfit=("tempo-blazer", "sera-slip-dress", "passo-court-heels"),
    ),
    Applicant(
        email="tommaso.greco@demo.test",
        name="Tommaso Greco",
        handle="tommaso",
        city="Torino",
        words="I work in the bookshop next door. My customers ask where my scarf is from, and I send them to you.",
        hours_ago=27,
        outfit=("biblioteca-cardigan", "lago-scarf", "scala-check-trousers"),
    ),
    Applicant(
        email="ines.moreau@demo.test",
        name="Ines Moreau",
        handle="ines",
        city="Milano",
        words="I alter dresses for friends who think nothing fits them. Usually it is two centimetres.",
        hours_ago=6,
        outfit=("studio-shirt-dress", "filo-belt", "passo-loafers"),
    ),
    Applicant(
        email="carlo.vinci@demo.test",
        name="Carlo Vinci",
        handle="carlovinci",
        city="Roma",
        words="Please approve me quickly, I have many followers.",
        hours_ago=24 * 12,
        outfit=(),
        declined_because="We ask for an outfit for one person you know, and there was none. Come back with one.",
    ),
)

# People who buy and have no account: their names and addresses exist nowhere.
GUESTS = (
    ("Lucia Parisi", "lucia.parisi@demo.test", "it"),
    ("Ahmed Rahmani", "ahmed.rahmani@demo.test", "en"),
    ("Sofia Lombardi", "sofia.lombardi@demo.test", "it"),
    ("Matteo Galli", "matteo.galli@demo.test", "it"),
    ("Hannah Weiss", "hannah.weiss@demo.test", "en"),
    ("Beatrice Fontana", "beatrice.fontana@demo.test", "it"),
    ("Youssef Haddad", "youssef.haddad@demo.test", "en"),
    ("Federica Neri", "federica.neri@demo.test", "it"),
    ("Olga Petrova", "olga.petrova@demo.test", "en"),
    ("Simone De Luca", "simone.deluca@demo.test", "it"),
    ("Grace Okafor", "grace.okafor@demo.test", "en"),
    ("Valentina Rizzo", "valentina.rizzo@demo.test", "it"),
)
