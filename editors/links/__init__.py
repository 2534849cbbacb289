"""Share links: a short code that leads to a look, a product or a window, and says who sent it."""
