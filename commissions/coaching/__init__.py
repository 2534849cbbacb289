"""A share of what learners sell for whoever coaches them: the house pays it, month by month."""
