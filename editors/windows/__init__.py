"""The window of an editor, `/@handle`: who they are and what they put together, and the same as a feed."""
