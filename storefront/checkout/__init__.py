"""From the bag to the payment page and back."""
