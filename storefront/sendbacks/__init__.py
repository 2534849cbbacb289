"""What shoppers send back: asked for, received, looked at, and settled by one refund."""
