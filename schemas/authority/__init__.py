"""What people sign, as whoever must believe it reads it: documents, keys, the judgement.

Pure functions over bytes, like `schemas.receipts`, whose envelopes and keys they are made
with: no database, no network, no settings.  Who signs what is told in `docs/AUTHORITY.md`.
"""
