"""The page of one look: what it depends on, what it shows, what can be bought on it, what machines read."""
