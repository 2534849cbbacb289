"""A look for the eye: drawn as an SVG for a page, and painted as the picture that is kept."""
