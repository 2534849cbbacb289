"""Fixed amounts on top of commissions: for a first sale, for a goal that was reached, for an event."""
