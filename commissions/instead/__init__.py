"""What an editor takes instead of a payout: credit for the shop, or a gift to a cause."""
