from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class SearchDocument(Base):
    """What a product is found by, in one row: words in both languages and every filter of the list.

    Written anew by `actions.refresh` in the transaction that changed the product. `sizes` are those there is
    stock of, `in_stock` whether there is any; what is promised to somebody's order at this minute counts as
    there, and the card in the list says so exactly. `worn_in` is the number of published looks;
    `stores` the ids of the stores where any of it lies.
    """

    __tablename__ = "search_documents"
    __table_args__ = (
        Index("ix_search_documents_new", "published_at", "product_id", postgresql_where="listed"),
        Index("ix_search_documents_price", "price_minor", "product_id", postgresql_where="listed"),
        Index("ix_search_documents_worn", "worn_in", "published_at", "product_id", postgresql_where="listed"),
        Index(
            "ix_search_documents_category",
            *("category", "published_at", "product_id"),
            postgresql_where="listed",
        ),
        Index("ix_search_documents_brand", "brand", "published_at", "product_id", postgresql_where="listed"),
        Index("ix_search_documents_words_en", "words_en", postgresql_using="gin"),
        Index("ix_search_documents_words_it", "words_it", postgresql_using="gin"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False)
    listed: Mapped[bool]
    published_at: Mapped[datetime | None]
    category: Mapped[str] = mapped_column(String(80))
    brand: Mapped[str] = mapped_column(String(255))
    colours: Mapped[list[str]] = mapped_column(ARRAY(Text))
    sizes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    price_minor: Mapped[int]
    on_sale: Mapped[bool]
    in_stock: Mapped[bool]
    worn_in: Mapped[int]
    stores: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    words_en: Mapped[str] = mapped_column(TSVECTOR)
    words_it: Mapped[str] = mapped_column(TSVECTOR)


class KnownWord(Base):
    """A word that some product is described by, and its stem; `named`: in a name, not only in a text.

    Slips of the finger are compared with these, so that forgiving one costs what the shop's vocabulary has
    of words and not what the shop has of products.
    """

    __tablename__ = "search_vocabulary"
    __table_args__ = (
        Index(
            "ix_search_vocabulary_word",
            *("language", "word"),
            postgresql_ops={"word": "varchar_pattern_ops"},
        ),
        Index(
            "ix_search_vocabulary_lexeme",
            *("language", "lexeme"),
            postgresql_ops={"lexeme": "varchar_pattern_ops"},
        ),
        Index(
            "ix_search_vocabulary_letters",
            "word",
            postgresql_using="gin",
            postgresql_ops={"word": "gin_trgm_ops"},
        ),
    )

    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    lexeme: Mapped[str] = mapped_column(String(40))
    named: Mapped[bool]


class Synonym(Base):
    """Two terms that mean the same in one language, as staff wrote them; each finds the other.

    Kept in the order of the alphabet, so that a pair exists once.
    """

    __tablename__ = "search_synonyms"
    __table_args__ = (
        CheckConstraint("term < other", name="in_order"),
        CheckConstraint("language IN ('en', 'it')", name="language"),
        UniqueConstraint("language", "term", "other"),
        Index("ix_search_synonyms_other", "language", "other"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(2))
    term: Mapped[str] = mapped_column(String(60))
    other: Mapped[str] = mapped_column(String(60))
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime]


class Miss(Base):
    """Words that no piece had: how often they were asked for and when last. Nobody's name stands here.

    `shown_instead`: the words that were taken in their place, none when nothing was shown.
    """

    __tablename__ = "search_misses"
    __table_args__ = (
        CheckConstraint("times > 0", name="times"),
        UniqueConstraint("language", "words"),
        Index("ix_search_misses_last", "last_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(2))
    words: Mapped[str] = mapped_column(String(80))
    times: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    shown_instead: Mapped[str | None] = mapped_column(String(80))
