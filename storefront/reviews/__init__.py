"""What people who bought a piece say about it: stars, words, fit, pictures."""
