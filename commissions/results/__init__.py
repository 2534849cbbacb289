"""What came of an editor's looks, links and pieces, day by day, compared, drawn, and as a file."""
