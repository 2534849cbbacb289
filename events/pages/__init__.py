"""Events as everybody reads of them: the list, the page of each, its card, and its file for a calendar."""
