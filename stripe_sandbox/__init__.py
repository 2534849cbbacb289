"""A stand-in for Stripe: no money moves. Mounted by the application only when no Stripe key is set."""
