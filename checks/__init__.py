"""What a machine can check about this tree without a database: `python -m checks` runs it all."""
