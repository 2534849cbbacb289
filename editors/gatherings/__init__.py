"""What an editor gathers under a name, looks and pieces, and which looks hang at the front of a window."""
