"""What people have signed, as the database keeps it: bytes, never believed here.

Whether a signature is true is asked by whoever must believe it, with keys from outside the
database: see `schemas.authority` and `consumers.authority`.
"""
