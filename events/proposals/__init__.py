"""The pages on which editors propose an event and staff of the store answer, and the letters between them."""
