"""Where things are: the web warehouse and the stores, with their addresses and the hours people may come."""
