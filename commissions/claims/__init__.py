"""The attribution receipt: every candidate for an order, the rule, who won, and why the others did not."""
