"""What comes between an evening and its day: a host who cannot be there, a store that closes."""
