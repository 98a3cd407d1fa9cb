"""What people's own programs may ask for: to look, and to decide, as they do on the pages.

    app.py       the application, under /api/v1 of the console
    callers.py   whose request it is: by a person's token, or by their session
    looking.py   lists, search, one intent, the switch
    deciding.py  every decision but approvals
    approving.py approvals, of one and of many; what has to be signed, and as signed
    signed.py    what a person has signed elsewhere, with their own key
    shapes.py    what is said, in both directions

An agent's token is nothing here.  This process signs nothing for a program: where approvals
are signed, a program brings what its person has signed.
"""
