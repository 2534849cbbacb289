"""Collections: parts of the shop with a name and a page of their own, picked by hand or by rule."""
