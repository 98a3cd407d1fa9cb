"""The policy: whose yes it takes before something leaves, and how many.

It is data with revisions, in the database; the newest is in force.  The functions `approve`
and `permit` keep it there; a sender of signed approvals keeps what a root has signed of it.
"""
