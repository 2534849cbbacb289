"""How often somebody may try: counted in PostgreSQL, so every process knows."""
