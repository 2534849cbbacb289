"""The editor's desk: today, looks, links."""
