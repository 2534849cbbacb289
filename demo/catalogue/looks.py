"""Looks the demo's editors put together: words in two languages and the handles of the pieces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoLook:
    """One look. ``pieces`` are product handles, in the order in which the look lists them."""

    title: str
    title_it: str
    story: str
    story_it: str
    occasion: str  # meeting, celebration, dinner, away, outdoors, home
    pieces: tuple[str, ...]


LOOKS: tuple[DemoLook, ...] = (
    DemoLook(
        "Carry-on only",
        "Solo bagaglio a mano",
        "Two days, one small bag: a blouse that forgives folding, a jacket that forgives everything.",
        "Due giorni, una borsa piccola: una blusa che perdona le pieghe, una giacca che perdona tutto.",
        "away",
        ("corso-denim-jacket", "lina-blouse", "porta-shirt"),
    ),
    DemoLook(
        "Sunday, slowly",
        "Domenica, piano",
        "A trench for the walk, stripes for the market, loafers because nobody is running.",
        "Un trench per la passeggiata, righe per il mercato, mocassini perché nessuno corre.",
        "outdoors",
        ("valle-trench", "trama-striped-knit", "linea-straight-jeans", "passo-loafers"),
    ),
    DemoLook(
        "Desk to dinner",
        "Dalla scrivania alla cena",
        "Take the blazer off after the last call and it is evening.",
        "Togli il blazer dopo l'ultima chiamata ed è sera.",
        "dinner",
        ("tempo-blazer", "sera-slip-dress", "passo-court-heels", "borsa-shoulder-bag"),
    ),
    DemoLook(
        "School run, gallery after",
        "Prima la scuola, poi la galleria",
        "One jumpsuit does both addresses; the scarf is for the tram between them.",
        "Una tuta per tutti e due gli indirizzi; la sciarpa per il tram nel mezzo.",
        "away",
        ("molo-jumpsuit", "lago-scarf", "giro-tote"),
    ),
    DemoLook(
        "Wedding, no hat",
        "Matrimonio, senza cappello",
        "A meadow on the dress, the rest in red. You will be asked to dance.",
        "Un prato sull'abito, il resto in rosso. Ti chiederanno di ballare.",
        "celebration",
        ("duna-tea-dress", "passo-court-heels", "borsa-shoulder-bag"),
    ),
    DemoLook(
        "The cold platform",
        "Il binario freddo",
        "Charcoal, rust and camel: three warm things to stand in while the train is late.",
        "Antracite, ruggine e cammello: tre cose calde in cui aspettare il treno.",
        "outdoors",
        ("nord-long-coat", "alba-crew-knit", "ponte-wide-trousers", "neve-ankle-boots"),
    ),
    DemoLook(
        "The good meeting",
        "La riunione buona",
        "A check that means business and ivory trousers that say you are not worried.",
        "Un quadro che fa sul serio e pantaloni avorio che dicono che sei tranquilla.",
        "meeting",
        ("brughiera-check-blazer", "lina-blouse", "misura-trousers-ivory", "passo-loafers", "quarto-watch"),
    ),
    DemoLook(
        "Olive, twice",
        "Oliva, due volte",
        "Sage above, olive below, straw on the head. Go and buy peaches.",
        "Salvia sopra, oliva sotto, paglia in testa. Vai a comprare le pesche.",
        "outdoors",
        ("vigna-shirt", "mira-midi-skirt", "festa-sandals", "giro-tote", "trebbia-straw-hat"),
    ),
    DemoLook(
        "Third tier, left",
        "Terz'ordine, a sinistra",
        "An evening dress under a leather jacket: you came on the scooter and it shows.",
        "Un abito da sera sotto il chiodo: sei venuta in motorino, e si vede.",
        "dinner",
        ("gala-evening-dress", "centauro-biker", "passo-court-heels-black", "trina-earrings"),
    ),
    DemoLook(
        "First snow",
        "Prima neve",
        "Down, fleece, denim and one red thing to be found by.",
        "Piuma, felpa, denim e una cosa rossa per farsi ritrovare.",
        "outdoors",
        ("piuma-puffer", "officina-hoodie", "linea-straight-jeans-black", "campo-trainers", "fiocco-beanie"),
    ),
    DemoLook(
        "Last ferry",
        "L'ultimo traghetto",
        "Stripes, stone shorts and flat sandals. Nothing here minds salt.",
        "Righe, bermuda pietra e sandali piatti. Niente che tema il sale.",
        "away",
        ("marina-striped-tee", "riva-shorts", "ghiaia-sandals", "lido-striped-tote"),
    ),
    DemoLook(
        "Powder and milk",
        "Cipria e latte",
        "A satin slip, a long cardigan, a small promise round the neck.",
        "Una sottoveste di raso, un cardigan lungo, una piccola promessa al collo.",
        "dinner",
        ("sera-slip-dress-powder", "veglia-cardigan", "velluto-heels", "pegno-necklace"),
    ),
    DemoLook(
        "Nowhere, comfortably",
        "Da nessuna parte, comodi",
        "For the armchair by the window, and for answering the door as if you had plans.",
        "Per la poltrona vicino alla finestra, e per aprire la porta come se avessi un impegno.",
        "home",
        ("biblioteca-cardigan", "piazza-tee", "uliveto-trousers", "campo-trainers-navy"),
    ),
    DemoLook(
        "Flower bed, front row",
        "Aiuola, prima fila",
        "A skirt in bloom and a blouse that lets it talk.",
        "Una gonna in fiore e una blusa che la lascia parlare.",
        "celebration",
        ("aiuola-midi-skirt", "lina-blouse-powder", "passo-court-heels-powder", "nuvola-shoulder-bag"),
    ),
    DemoLook(
        "All pinstripe",
        "Tutto gessato",
        "The jumpsuit that closes the deal, with the loafers that walk home.",
        "La tuta che chiude l'affare, con i mocassini che tornano a piedi.",
        "meeting",
        ("ringhiera-jumpsuit", "passo-loafers-black", "borsa-shoulder-bag-black", "riviera-sunglasses"),
    ),
    DemoLook(
        "The red coat",
        "Il cappotto rosso",
        "Everything quiet, so that it does not have to be.",
        "Tutto in silenzio, perché lui possa parlare.",
        "outdoors",
        ("segnale-coat", "nebbia-roll-neck", "banchina-wide-trousers", "neve-ankle-boots"),
    ),
    DemoLook(
        "Lemon house",
        "Limonaia",
        "White poplin, leaf-green linen, old gold on the feet.",
        "Popeline bianco, lino verde foglia, oro antico ai piedi.",
        "celebration",
        ("porta-shirt", "limonaia-wide-trousers", "festa-sandals", "miele-shoulder-bag"),
    ),
    DemoLook(
        "Back row of the lecture",
        "Ultima fila in aula",
        "Tweed and denim, a jumper between them, a tote with more books than you will open.",
        "Tweed e denim, un maglione nel mezzo, una borsa con più libri di quanti ne aprirai.",
        "meeting",
        (
            "comacina-tweed-blazer",
            "alba-crew-knit-ecru",
            "gesso-jeans",
            "neve-ankle-boots-chestnut",
            "mercato-tote",
        ),
    ),
    DemoLook(
        "Two for the kitchen",
        "Due per la cucina",
        "A gingham shirt and denim that has seen sauce before.",
        "Una camicia a quadretti e un denim che il sugo lo conosce già.",
        "home",
        ("picnic-gingham-shirt", "linea-straight-jeans-raw"),
    ),
    DemoLook(
        "Mint for the sister",
        "Menta per la sorella",
        "Pale satin, amber drops, a bag for one handkerchief.",
        "Raso chiaro, gocce d'ambra, una borsa per un fazzoletto.",
        "celebration",
        ("rugiada-evening-dress", "goccia-earrings", "nuvola-shoulder-bag"),
    ),
)
