"""What finance does with the books: reads them, takes them along, gives up a debt, hears of faults."""
