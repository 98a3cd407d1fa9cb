"""A scorer that has learnt from people: how likely are they to approve this as it is?

It is trained by scikit-learn (the extra `model`) from what people decided, and kept as JSON:
whoever judges by it needs nothing but the file.  Like every scorer it never says yes.
"""
