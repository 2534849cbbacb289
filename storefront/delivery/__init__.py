"""Where the shop delivers, how, for how much and by when; picking up in stores; taxes of countries."""
