"""Missing sales: an order that an editor expected to be theirs, asked for, answered at once or by staff."""
