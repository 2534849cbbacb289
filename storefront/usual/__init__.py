"""The size somebody usually takes, for each place on the body: of an account, or of this visit alone."""
