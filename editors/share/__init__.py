"""The share kit: a link's captions, code, cards and paper, each saying that it is advertising."""
