"""What is on the shelf, what is promised to whom, and until when."""
