"""The bag: what somebody means to buy, before any promise."""
