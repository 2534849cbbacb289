"""What the demo's garments are made of, and the care each cloth asks for."""

from __future__ import annotations

from .model import Cloth

_WARM = (
    "Machine wash at 40 °C with like colours. Warm iron.",
    "In lavatrice a 40 °C con colori simili. Ferro tiepido.",
)
_COOL = (
    "Machine wash at 30 °C, inside out. Dry on a line.",
    "In lavatrice a 30 °C, al rovescio. Asciugare all'aria.",
)
_HAND = (
    "Hand wash cold, press in a towel, dry flat.",
    "Lavare a mano in acqua fredda, tamponare, asciugare in piano.",
)
_DRY = ("Dry clean. Air it between wears.", "Lavaggio a secco. Far prendere aria tra un uso e l'altro.")
_LEATHER = (
    "Wipe with a dry cloth, feed with neutral cream twice a year.",
    "Passare un panno asciutto, nutrire con crema neutra due volte l'anno.",
)
_WIPE = ("Wipe clean with a soft cloth.", "Pulire con un panno morbido.")

JERSEY = Cloth("Organic cotton jersey, 180 g", "Jersey di cotone biologico, 180 g", *_WARM)
PIQUE = Cloth("Cotton piqué", "Piqué di cotone", *_WARM)
FLEECE = Cloth("Brushed cotton fleece, 380 g", "Felpa di cotone garzato, 380 g", *_COOL)
POPLIN = Cloth("Cotton poplin", "Popeline di cotone", *_WARM)
OXFORD = Cloth("Washed cotton oxford", "Oxford di cotone lavato", *_WARM)
LINEN = Cloth("European linen", "Lino europeo", *_COOL)
VISCOSE = Cloth("Viscose crêpe", "Crêpe di viscosa", *_COOL)
SATIN = Cloth("Satin of recycled polyester", "Raso di poliestere riciclato", *_COOL)
SILK = Cloth("Washed silk satin", "Raso di seta lavata", *_HAND)
MERINO = Cloth("Extra-fine merino wool", "Lana merino extrafine", *_HAND)
LAMBSWOOL = Cloth("Lambswool", "Lana d'agnello", *_HAND)
ALPACA = Cloth("Alpaca, wool and a little nylon", "Alpaca, lana e un poco di nylon", *_HAND)
COTTON_KNIT = Cloth("Combed cotton knit", "Maglia di cotone pettinato", *_COOL)
DENIM = Cloth("Rigid cotton denim, 12 oz", "Denim di cotone rigido, 12 once", *_COOL)
SOFT_DENIM = Cloth("Cotton denim with 1 % elastane", "Denim di cotone con 1% di elastan", *_COOL)
TWILL = Cloth("Cotton twill", "Twill di cotone", *_WARM)
GABARDINE = Cloth("Showerproof cotton gabardine", "Gabardine di cotone idrorepellente", *_DRY)
WOOL = Cloth("Virgin wool flannel", "Flanella di lana vergine", *_DRY)
COOL_WOOL = Cloth("Cool wool, half lined", "Fresco di lana, mezza fodera", *_DRY)
COATING = Cloth("Boiled wool coating", "Panno di lana cotta", *_DRY)
TWEED = Cloth("Wool tweed woven in Biella", "Tweed di lana tessuto a Biella", *_DRY)
DOWN = Cloth("Recycled nylon, responsible down", "Nylon riciclato, piuma certificata", *_COOL)
LEATHER = Cloth("Vegetable-tanned leather", "Pelle conciata al vegetale", *_LEATHER)
NAPPA = Cloth("Soft nappa leather", "Nappa morbida", *_LEATHER)
CANVAS = Cloth("Heavy cotton canvas, leather handles", "Tela di cotone pesante, manici in pelle", *_WIPE)
SHOE_CANVAS = Cloth("Cotton canvas, rubber sole", "Tela di cotone, suola in gomma", *_WIPE)
FELT = Cloth("Wool felt", "Feltro di lana", *_WIPE)
STRAW = Cloth("Plaited wheat straw", "Paglia di grano intrecciata", *_WIPE)
ACETATE = Cloth("Bio-acetate, category 3 lenses", "Bioacetato, lenti di categoria 3", *_WIPE)
BRASS = Cloth("Gold-plated brass", "Ottone placcato oro", *_WIPE)
SILVER = Cloth("Silver-plated brass", "Ottone placcato argento", *_WIPE)
PEARL = Cloth("Freshwater pearls on silk thread", "Perle d'acqua dolce su filo di seta", *_WIPE)
PEARL_DROPS = Cloth("Freshwater pearls, plated hooks", "Perle d'acqua dolce, monachelle placcate", *_WIPE)
GOLDEN_STEEL = Cloth(
    "Gold-plated steel case, leather strap", "Cassa in acciaio placcato oro, cinturino in pelle", *_WIPE
)
STEEL = Cloth("Steel case, leather strap", "Cassa in acciaio, cinturino in pelle", *_WIPE)
