"""Who comes to an event: seats counted in people, the waiting list, tickets, and letters to guests."""
