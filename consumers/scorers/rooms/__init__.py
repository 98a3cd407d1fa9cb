"""Each scorer works in a room: a process of its own, which knows no secret of ours.

Whatever it does in there (hang, die, eat memory, never let the interpreter go, change what it
was given), the others' scores are kept, and what it did not answer goes to a person.  A room
is no sandbox: it keeps accidents in, not an enemy who may run code as the same user.
"""
