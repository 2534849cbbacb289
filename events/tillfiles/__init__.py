"""Files of a store's other tills: what they sold to guests of an evening is a sale of the evening."""
