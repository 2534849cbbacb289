"""Photos of an evening, seen by everybody only while each person on them says yes."""
