"""Sales that wait until somebody has looked at them: one hold, whoever laid it."""
