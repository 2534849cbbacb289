"""From the shelf to the shopper: picking, packing, sending, and calling an order off while it can be."""
