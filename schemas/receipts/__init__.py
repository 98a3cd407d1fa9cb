"""Receipts as a stranger reads them: statements, signatures, one Merkle log, checkpoints.

Pure functions over bytes: no database, no network, no settings.  The written format is
`docs/RECEIPTS.md`; `verifying.verify` is what the command `holdshort verify` says.
"""
