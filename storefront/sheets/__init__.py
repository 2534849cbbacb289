"""Product files: how they are read, brought in as a run that can be stopped and taken up, and written out."""
