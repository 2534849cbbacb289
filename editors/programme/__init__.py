"""The page that tells of the programme, and how many find their way; nobody is followed for that."""
