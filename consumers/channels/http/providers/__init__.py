"""Mail by the API of a provider: one adapter, told by a file what each of them is like.

`adapter` is the file, `mapping` how a mail becomes JSON and is read back, `sigv4` how Amazon
has it signed, `channel` the channel.  No kit of a provider's: a repetition hidden in it would
be a second mail.
"""
