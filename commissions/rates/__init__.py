"""What an editor earns on a sale. One rate for the whole programme now; the finer ones come with their
issue.
"""
