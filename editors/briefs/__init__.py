"""What the lead of the programme writes and picks for everybody, pinned and signed in every studio."""
