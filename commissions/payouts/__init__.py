"""Payout runs: prepared by one person, approved by another, one transfer an editor, never sent twice."""
