"""Mail through the queue: written in the transaction that asks for it, sent after it commits."""
