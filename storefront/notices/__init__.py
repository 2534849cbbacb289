"""Letters to those who asked to be told when a sold-out piece is back: one letter for each, then nothing."""
