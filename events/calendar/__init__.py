"""What takes place when and where: events, the rooms of the stores, and times that cannot meet."""
