"""What an event gives its host: counted from who came and what was sold, told where the event is."""
