"""Nothing personal lies in a table that no chapter of somebody's file answers for."""

from sqlalchemy import Table

from editors.membership.models import Editor
from foundation.accounts.models import Account
from foundation.db import Base
from foundation.privacy.chapters import chapters

# Columns that name a person or lead to one.
PERSONAL = {"email", "recipient", "phone", "street", "actor_label", "requested_by", "account_id"}
# Tables of people: what refers to one of their rows is about somebody.
PEOPLE = {Account.__tablename__, Editor.__tablename__}
# Tables with such a column that are about nobody, and why.
NOBODY = {
    "links": "addresses that were shared: they name an editor's number alone, and no longer who that was",
    "cohort_members": "who tries something first: numbers of editors alone",
    "editor_tiers": "the step of an editor: it names the number alone",
    "mentorships": "two numbers of editors, and no word",
    "briefs": "what the lead published for everybody: it names the number alone",
    "clicks": "of a shopper a hash that tells nothing after two days, of an editor the number",
    "day_clicks": "how often links of an editor's number were followed; nothing of who did",
    "day_sights": "how often pages of an editor's number were opened; nothing of who opened them",
    "bagged_pieces": "of a shopper the click, of an editor the number",
    "credit_choices": "of a shopper the visit, of an editor the number",
    "import_runs": "members of staff who brought a file in",
    "write_offs": "debts of an editor's number, and the staff who gave them up",
    "payout_runs": "members of staff who prepared and approved them",
    "payout_approvals": "members of staff who approved runs",
    "places": "addresses and telephones of our own stores",
    "ledger_entries": "books of money, kept by law: they name staff and jobs, never shoppers",
    "ledger_legs": "the account is one of the ledger's",
    "ledger_balances": "the account is one of the ledger's",
}


def personal(table: Table) -> bool:
    names = {column.name for column in table.columns}
    points = any(key.column.table.name in PEOPLE for key in table.foreign_keys)
    return bool(names & PERSONAL) or points


def test_every_table_that_knows_people_is_in_a_chapter_of_their_file(app):
    with app.app_context():
        covered = {table for chapter in chapters() for table in chapter.tables}
    known = {table.name for table in Base.metadata.tables.values() if personal(table)}
    assert known - covered - NOBODY.keys() == set()
    assert covered - {table.name for table in Base.metadata.tables.values()} == set()
    assert NOBODY.keys() - known == set(), "an exception nobody needs any more"
