"""Signals: what in a sale, or in all sales of an editor, somebody should look at before it is paid out."""
