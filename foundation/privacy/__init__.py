"""What the shop knows of a person: told on one page, carried away as a file, and forgotten on request."""
