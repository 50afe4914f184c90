"""Files in and out as plain records: every reader yields, every writer takes, what ``domain.records``
describes.

``detect`` says what a file is by looking at its content; ``vcard``, ``csv_files``, ``xlsx``, ``ldif``,
``ical`` and ``document`` read and write one format each. Readers are generators: one bad record comes out
as ``Rejected`` with its reason and never takes another one along. Writers go through ``files.replacing``:
the old file stays whole until the new one is on disk.
"""
