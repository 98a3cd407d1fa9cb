"""What was approved, changed in one place: nothing of it leaves.

`world` is an approved intent before a real sender, in the hands of somebody who owns the
database; `artifacts`, `intents`, `approvals`,
`transport` and `wire` are what is changed; `campaign` tries it and counts.
"""
