"""What the screens of a console show, read in one moment and within bounds.

Every function takes a connection of `outbox.pools.pooled`, reads through indexes only, and
never more than it says, however much is stored.  Whoever is bound to tenants sees theirs.
"""
