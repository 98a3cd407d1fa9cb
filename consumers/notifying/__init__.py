"""Tell people that something waits for them, so that silence never hides it.

Read in this order: `routes` (whom, of what: the file), `message` (the words), `outcome`,
`mail` and `web` (how it gets there), `telling` (the order of things).

A notification names intents by their numbers.  It never says what a mail says, to whom it is
or why somebody decided, and holds nothing with which anything could be decided.
"""
