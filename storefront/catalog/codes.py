"""Article numbers and barcodes as people type them: in any case, with or without spaces and hyphens."""

from __future__ import annotations

# The same as the expression of `ix_variants_sku_letters`: only so does PostgreSQL look there.
SKU_LETTERS = "upper(translate(sku, ' -', ''))"


def coded(code: str) -> str:
    """SELECT of id and product_id of the variants not withdrawn that have the whole of a code.

    `code` is SQL of what was typed; nothing has an empty code, nor NULL. Drafts are among them.
    """
    bare = f"translate({code}, ' -', '')"
    return f"""
        SELECT id, product_id FROM variants
        WHERE withdrawn_at IS NULL AND sku <> '' AND {bare} <> '' AND {SKU_LETTERS} = upper({bare})
        UNION
        SELECT id, product_id FROM variants
        WHERE withdrawn_at IS NULL AND barcode <> '' AND barcode IN ({code}, {bare}, upper({bare}))"""
