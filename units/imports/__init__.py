"""Rows of a spreadsheet brought into the records: read, planned, looked at, stored, undone.

``file_reading`` reads a file's cells in a process of its own, ``files`` asks it; ``headings`` finds
which column is which; what follows from each row is a plan (``plan``), stored sealed until somebody
confirms it (``storing``) or lets it go, and undone as one (``undoing``). What the columns mean is
said by the room whose records they are (``kinds``).
"""
