"""Finding a piece: the list and its filters, words in two languages, synonyms, and what nobody found."""
