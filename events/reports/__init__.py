"""What became of an event: who came, and what was sold because of it; frozen when nothing can change."""
