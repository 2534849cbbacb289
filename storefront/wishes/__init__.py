"""What somebody would like to have: the wish list of an account or a visit, and what was looked at last."""
