"""After an evening: thanks, what guests say of it, and the look of the evening."""
