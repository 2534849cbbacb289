"""Size guides kept by staff: tables of body measures by size, shown on the page of a product."""
