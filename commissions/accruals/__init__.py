"""What editors earn: one commission per order line and editor, brought to its target whatever happens."""
