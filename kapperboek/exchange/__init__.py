"""Files in and out as plain records: every reader yields, every writer takes, what ``domain.records``
describes.

``detect`` says what a file is by looking at its content; the folders ``vcard``, ``sheet``, ``calendar`` and
``document`` read and write a format each, ``ldif`` reads one, and ``table`` knows what columns hold. Readers are
generators: one bad record comes out as ``Rejected`` with its reason and never takes another one along. Writers go
through ``files.replacing``: the old file stays whole until the new one is on disk.
"""
