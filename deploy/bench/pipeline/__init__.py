"""The whole pipeline, from the proposal until the receipt of what was sent.

Each worker is one process that does every stage in turn, with the login of each and by the
product's own functions.  Everything is on: the law, fences, leases, the signed grant, the
sender's own look at who has signed, the permit and the receipts.  Two things are not a real
installation's: the scorer's answer is always the same, and the channel has no wire.
"""
