"""How a style editor presents themselves: their words, their portrait, their handle."""
