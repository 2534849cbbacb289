"""How much the shop costs beside bare Flask doing the same: `make bench`."""
