"""What staff do with the products as a whole: find them, change many at once, write one."""
