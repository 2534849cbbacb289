"""Vouchers: what they take off which pieces, who may use them, and how often."""
