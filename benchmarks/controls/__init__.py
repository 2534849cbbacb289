"""Bare Flask doing what the shop does, as well as it can be done: pooled connections, compiled templates, and
statements that psycopg prepares by itself after their fifth time.

No sessions, no translation, no checks: what is missing here is what the shop is measured by.
"""
