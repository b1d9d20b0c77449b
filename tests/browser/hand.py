"""Somebody's hand at a page, which counts what it does.

Counted alike everywhere: a click is one, a key that writes no text is one, a field that is filled
is one however long the text, and so is a choice from a list or a set of files.
"""


class Hand:
    """Does and counts. ``interactions`` is how many there were."""

    def __init__(self, page):
        self.page = page
        self.interactions = 0

    def click(self, what):
        """Click on ``what``, a selector or a locator."""
        self._of(what).click()
        self.interactions += 1

    def fill(self, what, text: str):
        """Type or paste ``text`` into a field."""
        self._of(what).fill(text)
        self.interactions += 1

    def choose(self, what, label: str):
        """Choose from an ordinary list."""
        self._of(what).select_option(label=label)
        self.interactions += 1

    def take_files(self, what, paths: list[str]):
        """Click on a field for files and choose some."""
        self._of(what).set_input_files(paths)
        self.interactions += 2

    def type(self, text: str):
        """Type into whatever has the focus."""
        self.page.keyboard.type(text)
        self.interactions += 1

    def press(self, key: str):
        """Press a key that writes no text."""
        self.page.keyboard.press(key)
        self.interactions += 1

    def _of(self, what):
        return self.page.locator(what) if isinstance(what, str) else what
