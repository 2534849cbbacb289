"""The SQL behind `actions.save_products`: constant text, whole batches, nothing per row.

Every statement takes its rows as one JSON document. A value of null means "not said": an insert starts
empty, an update keeps what is there. A row that would not change is not written.
"""

from __future__ import annotations

from sqlalchemy import text

TEXTS = ("description", "vendor", "category", "kind", "slot", "colour", "fabric", "care")
ITALIAN = ("title_it", "description_it", "colour_it", "fabric_it", "care_it")
FOR_ENGINES = ("seo_title", "seo_title_it", "seo_description", "seo_description_it")
OPEN = (*ITALIAN, *FOR_ENGINES)  # texts that may be missing
STARTS = {"category": "other"}

_PRODUCT_ROWS = f"""
    jsonb_to_recordset(CAST(:rows AS jsonb)) AS row(
        handle text, title text, {", ".join(f"{name} text" for name in (*TEXTS, *OPEN))}, digest text,
        tags text[], option_names text[], status text, currency text,
        price_from_minor bigint, price_to_minor bigint, published_at timestamptz)
"""
_KEPT = (*TEXTS, *OPEN, "tags")
_GIVEN = ("title", "option_names", "currency", "price_from_minor", "price_to_minor")
# An open text that is said to be empty is none; one that was empty stays as it was.
_EMPTIED = """
    CASE WHEN row.{0} IS NULL OR row.{0} = coalesce(p.{0}, '') THEN p.{0} ELSE nullif(row.{0}, '') END
"""
_FROM = ", ".join(
    [f"row.{name}" for name in _GIVEN]
    + [_EMPTIED.format(name) if name in OPEN else f"coalesce(row.{name}, p.{name})" for name in _KEPT]
)
# Of what is in the shop or about to come, the day of its publication decides which of the two it is.
_STATUS = """
    CASE WHEN coalesce(row.status, p.status) NOT IN ('active', 'scheduled')
         THEN coalesce(row.status, p.status)
         WHEN coalesce(row.published_at, p.published_at) > CAST(:now AS timestamptz) THEN 'scheduled'
         ELSE 'active' END
"""
_PUBLISHED = """
    CASE WHEN row.published_at IS NOT NULL THEN row.published_at
         WHEN p.published_at IS NULL AND coalesce(row.status, p.status) IN ('active', 'scheduled')
         THEN CAST(:now AS timestamptz)
         ELSE p.published_at END
"""

INSERT_PRODUCTS = text(
    f"""
    INSERT INTO products (handle, title, {", ".join((*TEXTS, *OPEN))}, tags, option_names, status,
        currency, price_from_minor, price_to_minor, published_at, created_at, updated_at, version,
        imported_as)
    SELECT handle, title,
        {", ".join(f"coalesce({name}, '{STARTS.get(name, '')}')" for name in TEXTS)},
        {", ".join(f"nullif({name}, '')" for name in OPEN)},
        coalesce(tags, '{{}}'), option_names,
        CASE WHEN coalesce(status, 'active') NOT IN ('active', 'scheduled') THEN status
             WHEN published_at > CAST(:now AS timestamptz) THEN 'scheduled' ELSE 'active' END,
        currency,
        price_from_minor, price_to_minor,
        coalesce(published_at,
                 CASE WHEN coalesce(status, 'active') IN ('active', 'scheduled')
                      THEN CAST(:now AS timestamptz) END),
        :now, :now, version, version || '/' || digest
    FROM (SELECT row.*, nextval('catalogue_versions') AS version FROM {_PRODUCT_ROWS}) row ORDER BY handle
    ON CONFLICT (handle) DO NOTHING RETURNING id
    """
)
# In the order of the ids, so that two imports at once wait for each other instead of deadlocking.
LOCK_PRODUCTS = text(
    """
    SELECT id, handle, status, published_at, price_from_minor, price_to_minor FROM products
    WHERE handle = ANY(:handles) ORDER BY id FOR UPDATE
    """
)
UPDATE_PRODUCTS = text(
    f"""
    UPDATE products p SET ({", ".join((*_GIVEN, *_KEPT))}, published_at, status)
        = ROW({_FROM}, {_PUBLISHED}, {_STATUS})
    FROM {_PRODUCT_ROWS}
    WHERE p.handle = row.handle
      AND ROW({", ".join(f"p.{name}" for name in (*_GIVEN, *_KEPT))}, p.published_at, p.status)
          IS DISTINCT FROM ROW({_FROM}, {_PUBLISHED}, {_STATUS})
    RETURNING p.id
    """
)

_VARIANT_ROWS = """
    jsonb_to_recordset(CAST(:rows AS jsonb)) AS row(
        product_id bigint, position bigint, option_values text[], sku text, barcode text, price_minor bigint,
        compare_at_minor bigint, currency text, grams bigint, on_hand bigint, tracked boolean,
        oversell boolean)
"""
# Whoever reserves stock locks variants in the order of their ids: so do we. `there`: something of it lies in
# the stock room, or it never runs out.
_THERE = "(NOT {v}.tracked OR {v}.oversell OR {v}.on_hand > 0) AND {v}.withdrawn_at IS NULL"
LOCK_VARIANTS = text(
    f"""
    SELECT v.id, v.price_minor, v.on_hand, {_THERE.format(v="v")} AS there FROM variants v
    WHERE v.product_id = ANY(:products) ORDER BY v.id FOR NO KEY UPDATE
    """
)
# Every price is remembered with its beginning (`models.PricePoint`), by the statement that sets it. Of two in
# one moment, which a held clock makes, the later one counts.
_REMEMBERED = """
    INSERT INTO price_points (variant_id, began_at, price_minor, compare_at_minor)
    SELECT {row}.id, CAST(:now AS timestamptz), {row}.price_minor, {row}.compare_at_minor FROM {source}
    ON CONFLICT (variant_id, began_at) DO UPDATE
        SET price_minor = excluded.price_minor, compare_at_minor = excluded.compare_at_minor
"""
INSERT_VARIANTS = text(
    f"""
    WITH made AS (
    INSERT INTO variants (product_id, position, option_values, sku, barcode, price_minor, compare_at_minor,
        currency, grams, on_hand, tracked, oversell)
    SELECT product_id, position, option_values, coalesce(sku, ''), coalesce(barcode, ''), price_minor,
        compare_at_minor, currency, coalesce(grams, 0), coalesce(on_hand, 0),
        coalesce(tracked, on_hand IS NOT NULL),
        coalesce(oversell, false)
    FROM {_VARIANT_ROWS} ORDER BY product_id, position
    ON CONFLICT (product_id, option_values) DO NOTHING
    RETURNING id, product_id, on_hand, price_minor, compare_at_minor),
    remembered AS ({_REMEMBERED.format(row="made", source="made")})
    SELECT id, product_id, on_hand FROM made ORDER BY id
    """
)
_VARIANT_NEW = """
    row.position, coalesce(row.sku, v.sku), coalesce(row.barcode, v.barcode), row.price_minor,
    row.compare_at_minor, row.currency, coalesce(row.grams, v.grams), coalesce(row.on_hand, v.on_hand),
    coalesce(row.tracked, v.tracked), coalesce(row.oversell, v.oversell), CAST(NULL AS timestamptz)
"""
# A part of a statement that reads the table sees it as it was before.
_OTHER_PRICE = """
    updated JOIN variants old ON old.id = updated.id
        AND (old.price_minor, old.compare_at_minor)
            IS DISTINCT FROM (updated.price_minor, updated.compare_at_minor)
"""
UPDATE_VARIANTS = text(
    f"""
    WITH updated AS (
    UPDATE variants v SET (position, sku, barcode, price_minor, compare_at_minor, currency, grams, on_hand,
        tracked, oversell, withdrawn_at) = ROW({_VARIANT_NEW})
    FROM {_VARIANT_ROWS}
    WHERE v.product_id = row.product_id AND v.option_values = row.option_values
      AND ROW(v.position, v.sku, v.barcode, v.price_minor, v.compare_at_minor, v.currency, v.grams, v.on_hand,
          v.tracked, v.oversell, v.withdrawn_at) IS DISTINCT FROM ROW({_VARIANT_NEW})
    RETURNING v.id, v.product_id, v.price_minor, v.compare_at_minor, v.on_hand,
        {_THERE.format(v="v")} AS there),
    remembered AS ({_REMEMBERED.format(row="updated", source=_OTHER_PRICE)})
    SELECT id, product_id, price_minor, on_hand, there FROM updated ORDER BY id
    """
)
WITHDRAW_VARIANTS = text(
    f"""
    UPDATE variants v SET withdrawn_at = :now
    WHERE v.product_id = ANY(:products) AND v.withdrawn_at IS NULL
      AND (v.product_id, v.option_values)
          NOT IN (SELECT row.product_id, row.option_values FROM {_VARIANT_ROWS})
    RETURNING v.id, v.product_id
    """
)

# Terms of many products at once (`changing`): their rows are locked, and every value is said.
SET_PRICES = text(
    f"""
    WITH updated AS (
    UPDATE variants v SET (price_minor, compare_at_minor) = ROW(row.price_minor, row.compare_at_minor)
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS row(
        id bigint, price_minor bigint, compare_at_minor bigint)
    WHERE v.id = row.id
      AND ROW(v.price_minor, v.compare_at_minor) IS DISTINCT FROM ROW(row.price_minor, row.compare_at_minor)
    RETURNING v.id, v.product_id, v.price_minor, v.compare_at_minor),
    remembered AS ({_REMEMBERED.format(row="updated", source="updated")})
    SELECT id FROM updated
    """
)
SET_TERMS = text(
    """
    UPDATE products p SET (status, published_at, tags, category, slot, price_from_minor, price_to_minor,
        updated_at, version) = ROW(row.status, row.published_at, row.tags, row.category, row.slot,
        coalesce(span.low, p.price_from_minor), coalesce(span.high, p.price_to_minor),
        CAST(:now AS timestamptz), nextval('catalogue_versions'))
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS row(
        id bigint, status text, published_at timestamptz, tags text[], category text, slot text)
    LEFT JOIN LATERAL (SELECT min(price_minor) AS low, max(price_minor) AS high FROM variants
                       WHERE product_id = row.id AND withdrawn_at IS NULL) span ON true
    WHERE p.id = row.id
    RETURNING p.id, p.version
    """
)

# What a file calls by our own address of it is a picture that came by hand.
_SAME_PICTURE = """
    p.product_id = row.product_id AND (p.source_url = row.source_url
        OR p.source_url IS NULL AND right(row.source_url, length(p.large_key) + 1) = '/' || p.large_key)
"""
_PICTURE_ROWS = """
    jsonb_to_recordset(CAST(:rows AS jsonb)) AS row(
        product_id bigint, position bigint, source_url text, alt text, alt_it text)
"""
REMOVE_PICTURES = text(
    f"""
    DELETE FROM pictures p
    WHERE p.product_id = ANY(:products) AND p.source_url IS NOT NULL
      AND (p.product_id, p.source_url) NOT IN (SELECT row.product_id, row.source_url FROM {_PICTURE_ROWS})
    RETURNING p.product_id
    """
)
INSERT_PICTURES = text(
    f"""
    INSERT INTO pictures (product_id, position, source_url, alt, alt_it, status)
    SELECT product_id, position, source_url, alt, nullif(alt_it, ''), 'waiting' FROM {_PICTURE_ROWS}
    WHERE NOT EXISTS (SELECT FROM pictures p WHERE {_SAME_PICTURE})
    ORDER BY product_id, position
    ON CONFLICT (product_id, source_url) DO NOTHING RETURNING id, product_id
    """
)
UPDATE_PICTURES = text(
    f"""
    UPDATE pictures p SET (position, alt, alt_it) = ROW(row.position, row.alt, {_EMPTIED.format("alt_it")})
    FROM {_PICTURE_ROWS}
    WHERE {_SAME_PICTURE}
      AND ROW(p.position, p.alt, p.alt_it)
          IS DISTINCT FROM ROW(row.position, row.alt, {_EMPTIED.format("alt_it")})
    RETURNING p.product_id
    """
)
# The picture at 1 is the cover, so there is always one at 1.
NUMBER_PICTURES = text(
    """
    UPDATE pictures p SET position = counted.place
    FROM (SELECT id, row_number() OVER (PARTITION BY product_id ORDER BY position, id) AS place
          FROM pictures WHERE product_id = ANY(:products)) counted
    WHERE counted.id = p.id AND p.position <> counted.place
    """
)
MARK_CHANGED = text(
    "UPDATE products SET version = nextval('catalogue_versions'), updated_at = :now WHERE id = ANY(:products)"
)
# The last word about a product, so that the version is the one it leaves with.
REMEMBER_DIGESTS = text(
    """
    UPDATE products p SET imported_as = p.version || '/' || row.digest
    FROM unnest(CAST(:ids AS bigint[]), CAST(:digests AS text[])) AS row (id, digest)
    WHERE p.id = row.id AND p.imported_as IS DISTINCT FROM p.version || '/' || row.digest
    """
)
