"""The door of an event: tickets are looked at, with or without a network, and who comes is written down."""
