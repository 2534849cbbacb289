"""What shoppers and the shop write one another about an order."""
