"""Orders: what was bought, what was paid, what was given back."""
