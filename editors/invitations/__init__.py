"""Staff invite somebody to become a style editor: a letter with a link that works once."""
