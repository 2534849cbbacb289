"""Pieces that become another size or colour: kept, their difference paid, packed and sent."""
