"""Following an editor: a quiet act, counted for nobody."""
