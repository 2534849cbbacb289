"""What the shop sells: products, their variants and their pictures."""
