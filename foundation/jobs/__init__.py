"""Work after the answer: procrastinate on the same PostgreSQL, deferred in the same transaction."""
