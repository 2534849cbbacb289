"""Steps in the circle: what each takes, who stands where, and what is missing for the next."""
