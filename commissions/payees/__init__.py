"""Where an editor's money goes: their account at Stripe, set up by themselves, known to us by name only."""
