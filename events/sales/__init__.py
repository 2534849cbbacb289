"""What is sold at an event: chosen at the till, and its host's before any code or link."""
