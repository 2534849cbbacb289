from __future__ import annotations

from commissions.books.actions import note_proof
from commissions.books.queries import keepers
from commissions.statements.proof import as_line, verify
from foundation.actors import Actor
from foundation.jobs.queue import job
from foundation.mail.actions import post

PROVER = Actor.system("commissions.books")


@job(name="commissions.verify", cron="37 2 * * *")
def prove_nightly() -> None:
    """Every night the books are proved; who keeps them hears of the first row that does not fit."""
    proof = verify()
    note_proof(actor=PROVER, proof=proof)
    if proof.ok:
        return
    for keeper in keepers():
        post(
            to=keeper.email,
            language=keeper.language,
            template="commissions/books/mail/does_not_fit.txt",
            line=as_line(proof),
        )
