"""The demo shop: drawn garments, a curated catalogue and the story told with them."""
