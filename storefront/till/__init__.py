"""The till of a store: a basket rung up by staff, paid over the counter or on the customer's own phone."""
