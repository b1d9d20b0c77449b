"""What may come in as evidence, and what is stored of it.

``reading``, ``kinds``, ``pictures``, ``pdf``, ``office`` and ``text`` look into a stranger's file.
They run in a process of their own with little memory and time, and know nothing of Django, so that
starting that process takes a tenth of a second. ``checking`` starts it; ``storing`` makes the row.
"""
