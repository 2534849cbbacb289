"""What an editor can hold in the hand: every movement of a month, why, and the proof that it all adds up."""
