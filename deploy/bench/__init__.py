"""How fast it is, beside others, in one run on one machine: `holdshort bench`.

A *goal* is a sentence with a number; a *contestant* is whoever is measured for it.  The
rounds of all contestants of a goal take turns, so that whatever else the machine does
falls on all of them; what counts is the ratio of two figures of the same round.
"""
