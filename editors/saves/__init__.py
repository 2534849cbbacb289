"""Looks somebody keeps in mind: beside the pieces they wish for, of an account or of a visit."""
