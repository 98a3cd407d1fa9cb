"""What confidences are worth: what people decided where a scorer had said so much.

A score says how likely a person is to approve the very bytes it read, as they are.  People have
the last word here too: whoever approves says yes, whoever rejects, sends back or edits says no.
"""
