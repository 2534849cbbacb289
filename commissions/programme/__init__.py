"""What the programme costs and brings, and every commission in a list: for staff, and only to read."""
