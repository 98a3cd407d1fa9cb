"""What strangers read or write, described, and held against what they were told.

shapes.py      every shape at rest or on a wire, and who writes it
exact.py       those that are read to the letter: receipts and their bundles
asyncapi.py    the topics of Kafka
fitting.py     whether two versions of a shape fit, and which field does not
interfaces.py  the same of a whole API, by HTTP or by Kafka
"""
