"""Staff ask what they want to know of whoever applies; what was asked until now becomes their first question."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

SKILLS = (
    ("fit", "Fit and alterations", "Vestibilità e modifiche"),
    ("colour", "Colour", "Colore"),
    ("work", "Dressing for work", "Vestirsi per il lavoro"),
    ("change", "Dressing a changing body", "Vestire un corpo che cambia"),
    ("repair", "Second-hand and repair", "Seconda mano e riparazioni"),
    ("room", "Speaking to a room", "Parlare davanti a un pubblico"),
    ("pictures", "Taking pictures", "Fare fotografie"),
    ("language", "A language we should know about", "Una lingua che ci può servire"),
)


def upgrade() -> None:
    words, options = sa.String(200), postgresql.ARRAY(sa.String(120))
    questions = op.create_table(
        "application_questions",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("words", words, nullable=False),
        sa.Column("words_it", words, nullable=True),
        sa.Column("hint", words, nullable=False),
        sa.Column("hint_it", words, nullable=True),
        sa.Column("options", options, nullable=False),
        sa.Column("options_it", options, nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_application_questions"),
    )
    op.create_table(
        "application_answers",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("application_id", sa.BigInteger(), nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("asked", words, nullable=False),
        sa.Column("asked_it", words, nullable=True),
        sa.Column("said", sa.String(3000), nullable=False),
        sa.Column("said_it", sa.String(3000), nullable=True),
        sa.Column("file_key", sa.String(100), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["editor_applications.id"],
            name="fk_application_answers_application_id_editor_applications",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["application_questions.id"],
            name="fk_application_answers_question_id_application_questions",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_application_answers"),
        sa.UniqueConstraint(
            "application_id", "question_id", name="uq_application_answers_application_id_question_id"
        ),
    )
    op.create_index("ix_application_answers_question_id", "application_answers", ["question_id"])
    op.bulk_insert(
        questions,
        [
            {
                "kind": "choices",
                "position": 1,
                "words": "What can you do?",
                "words_it": "Che cosa sai fare?",
                "hint": "",
                "options": [english for _key, english, _italian in SKILLS],
                "options_it": [italian for _key, _english, italian in SKILLS],
                "required": False,
            }
        ],
    )
    for key, english, italian in SKILLS:
        op.execute(
            sa.text(
                """
                INSERT INTO application_answers
                    (application_id, question_id, position, kind, asked, asked_it, said, said_it)
                SELECT application.id, question.id, 0, 'choices', question.words, question.words_it,
                    :english, :italian
                FROM editor_applications application, application_questions question
                WHERE application.answers -> 'skills' ? :key
                ON CONFLICT (application_id, question_id) DO UPDATE SET
                    said = application_answers.said || E'\\n' || excluded.said,
                    said_it = application_answers.said_it || E'\\n' || excluded.said_it
                """
            ).bindparams(english=english, italian=italian, key=key)
        )
    op.execute("UPDATE editor_applications SET answers = answers - 'skills'")


def downgrade() -> None:
    op.drop_table("application_answers")
    op.drop_table("application_questions")
