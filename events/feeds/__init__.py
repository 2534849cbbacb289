"""The evenings of one person: the list in their account, and a calendar under an address of their own."""
