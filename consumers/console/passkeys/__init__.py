"""How a person signs in the browser: a passkey is made once, and asked for each decision.

    place.py      for which domain passkeys are made here, and from where they are used
    keys.py       a person's own passkeys, and whether they count
    making.py     one is made, and a root vouches for it
    asking.py     a device is asked to sign a document, and answers
    summary.py    what it signs, in words, read off the very bytes
    router.py     the page, and what its script posts

What is signed is written here and kept by the database until the device has answered: the
page carries only its SHA-256, the challenge.  Nobody takes our word for any of it: a sender
verifies each signature again, with roots that it knows from outside.
"""
