"""What lies beneath Shoes, Bags and Accessories: pieces move there by their type and name, and are found by the
words of every department they lie in, in the reader's language.

Going down, they move back to the parent. Vouchers, rates and rules that name what lies beneath stay as they are
and cover nothing then: a voucher that covered more than it was made for would be worse.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

BATCH = 1000
# In the order in which they are looked for, as the catalogue reads the words of an import.
SIGNS = (
    ("shoes", "sandals", "sandals?|slides|flip[ -]?flops?|sandal[oi]|infradito"),
    ("shoes", "boots", "boots?|booties|bootees|stival(i|e|etti|etto)"),
    (
        "shoes",
        "sneakers",
        "sneakers?|trainers?|high[ -]tops?|plimsolls?|(running|tennis) shoes?|da ginnastica",
    ),
    (
        "shoes",
        "flats",
        "loafers?|flats|ballerinas?|ballet pumps|derb(y|ies)|oxfords?|brogues?|moccasins?|mules?|clogs?"
        "|espadrilles?|slippers?|mocassin[oi]|ballerine|stringate|zoccol[oi]|pantofol[ae]",
    ),
    ("shoes", "heels", "heels?|pumps?|stilettos?|d[eé]collet[eé]|tacc(o|hi)"),
    ("bags", "backpacks", "backpacks?|rucksacks?|zain[oi]"),
    ("bags", "clutches", "clutch(es)?|evening bags?|pochettes?"),
    ("bags", "totes", "totes?|shoppers?|shopping bags?"),
    (
        "bags",
        "shoulder-bags",
        "shoulder[ -]bags?|cross-?body( bags?)?|satchels?|hobos?|tracoll[ae]|bors[ae] a spalla",
    ),
    ("accessories", "belts", "belts?|cintur[ae]"),
    ("accessories", "scarves", "scarf|scarves|shawls?|stoles?|foulards?|sciarp[ae]|stol[ae]"),
    ("accessories", "hats", "hats?|caps?|beanies?|berets?|headwear|cappell[oi]|berrett[oi]"),
    ("accessories", "gloves", "gloves?|mittens?|guant[oi]"),
    ("accessories", "watches", "watch(es)?|orologi[o]?"),
    ("accessories", "sunglasses", "sunglasses|eyewear|occhiali"),
    (
        "accessories",
        "jewellery",
        r"jewel\w*|earrings?|rings?|necklaces?|bracelets?|bangles?|pendants?|brooch(es)?"
        "|gioiell[oi]|orecchin[oi]|anell[oi]|collan[ae]|braccial[ei]|ciondol[oi]|spill[ae]",
    ),
)
# Of each department the words it is found by, with those of what it lies beneath. Italian readers find it by
# both: its key was among their words before, too.
WORDS = {
    "clothing": ("clothing", "abbigliamento"),
    "tops": ("tops clothing", "top abbigliamento"),
    "knitwear": ("knitwear clothing", "maglieria abbigliamento"),
    "outerwear": ("outerwear clothing", "capispalla abbigliamento"),
    "dresses": ("dresses clothing", "vestiti abiti abbigliamento"),
    "skirts": ("skirts clothing", "gonne abbigliamento"),
    "trousers": ("trousers clothing", "pantaloni abbigliamento"),
    "shoes": ("shoes", "scarpe"),
    "sneakers": ("sneakers shoes", "sneakers scarpe"),
    "boots": ("boots shoes", "stivali scarpe"),
    "flats": ("flats shoes", "scarpe basse"),
    "heels": ("heels shoes", "tacchi scarpe"),
    "sandals": ("sandals shoes", "sandali scarpe"),
    "bags": ("bags", "borse"),
    "totes": ("totes bags", "shopper borse"),
    "shoulder-bags": ("shoulder bags", "tracolle borse"),
    "backpacks": ("backpacks bags", "zaini borse"),
    "clutches": ("clutches bags", "pochette borse"),
    "accessories": ("accessories", "accessori"),
    "belts": ("belts accessories", "cinture accessori"),
    "scarves": ("scarves accessories", "sciarpe accessori"),
    "hats": ("hats accessories", "cappelli accessori"),
    "gloves": ("gloves accessories", "guanti accessori"),
    "jewellery": ("jewellery jewelry accessories", "gioielli accessori"),
    "watches": ("watches accessories", "orologi accessori"),
    "sunglasses": ("sunglasses accessories", "occhiali accessori"),
}
# The function that writes search documents, as it was and as it is.
KEY_BEFORE_WORDS = (
    (
        "concat_ws(' ', product.colour, shelf.colours, product.kind, product.category,",
        "concat_ws(' ', product.colour, shelf.colours, product.kind, department_words(product.category, 'en'),",
    ),
    (
        "                  product.category, array_to_string(product.tags, ' ')),",
        "                  department_words(product.category, 'it'), array_to_string(product.tags, ' ')),",
    ),
    (
        "product.title, product.colour, product.kind, product.category, product.vendor)",
        "product.title, product.colour, product.kind, department_words(product.category, 'en'),"
        " product.vendor)",
    ),
    (
        "                   product.kind, product.category, product.vendor)",
        "                   product.kind, department_words(product.category, 'it'), product.vendor)",
    ),
)
MOVE = r"""
UPDATE products SET category = found.leaf
FROM (
    SELECT product.id, (
        SELECT sign.leaf FROM jsonb_to_recordset(CAST(:signs AS jsonb)) AS sign (place int, parent text, leaf text, pattern text)
        CROSS JOIN (VALUES (1, product.kind), (2, product.title), (3, coalesce(product.title_it, '')))
            AS said (turn, words)
        WHERE sign.parent = product.category AND said.words ~* ('\y(' || sign.pattern || ')\y')
        ORDER BY said.turn, sign.place LIMIT 1) AS leaf
    FROM products product WHERE product.category IN ('shoes', 'bags', 'accessories')) found
WHERE found.id = products.id AND found.leaf IS NOT NULL
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(_words_function())
    _rewrite(KEY_BEFORE_WORDS)
    move(op.get_bind())
    _write_documents()


def downgrade() -> None:
    move_back(op.get_bind())
    _rewrite(tuple((words, key) for key, words in KEY_BEFORE_WORDS))
    _write_documents()
    op.execute("DROP FUNCTION department_words(text, text)")


def move(connection: sa.Connection) -> None:
    """Products from a parent to what lies beneath it, where type or name say to which."""
    signs = [
        {"place": place, "parent": parent, "leaf": leaf, "pattern": pattern}
        for place, (parent, leaf, pattern) in enumerate(SIGNS)
    ]
    connection.execute(sa.text(MOVE).bindparams(sa.bindparam("signs", signs, sa.JSON)))


def move_back(connection: sa.Connection) -> None:
    """Products to the parent again."""
    back = sa.text("UPDATE products SET category = :parent WHERE category = ANY(:leaves)")
    for parent in dict.fromkeys(parent for parent, _leaf, _pattern in SIGNS):
        leaves = [leaf for above, leaf, _pattern in SIGNS if above == parent]
        connection.execute(back, {"parent": parent, "leaves": leaves})


def _words_function() -> str:
    """SQL: a language that is known when the statement is planned leaves one of the two behind."""

    def cases(languages: int) -> str:
        return " ".join(f"WHEN '{key}' THEN '{' '.join(both[:languages])}'" for key, both in WORDS.items())

    return f"""
CREATE FUNCTION department_words(key text, language text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE language WHEN 'it' THEN CASE key {cases(2)} ELSE key END ELSE CASE key {cases(1)} ELSE key END END $$
"""


def _rewrite(parts: tuple[tuple[str, str], ...]) -> None:
    """Write the function anew as it stands, but for these parts."""
    named = sa.text("SELECT pg_get_functiondef('write_search_documents(bigint[])'::regprocedure)")
    written = op.get_bind().execute(named).scalar_one()
    for there, instead in parts:
        if written.count(there) != 1:
            raise RuntimeError("write_search_documents is not as this migration knows it")
        written = written.replace(there, instead)
    op.get_bind().exec_driver_sql(written.replace("%", "%%"))


def _write_documents() -> None:
    write = sa.text("SELECT write_search_documents(:ids)")
    for ids in _products():
        op.get_bind().execute(write, {"ids": ids})


def _products() -> Iterator[list[int]]:
    """The ids of all products, some at a time."""
    some = sa.text("SELECT id FROM products WHERE id > :last ORDER BY id LIMIT :most")
    last = 0
    while ids := list(op.get_bind().scalars(some, {"last": last, "most": BATCH})):
        yield ids
        last = ids[-1]
