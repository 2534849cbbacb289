"""What a machine can check about this tree without a database: `python -m tests.checks` runs it all."""
