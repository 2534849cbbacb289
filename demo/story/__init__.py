"""Sixty days in the life of the demo shop, told through everybody's own actions."""
