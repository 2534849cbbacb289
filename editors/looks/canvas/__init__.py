"""What lies on a look and where: measures, places and grounds, as decisions on plain values."""
