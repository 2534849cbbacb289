"""What staff ask whoever applies: texts, choices, links, files, consents, in both languages."""
