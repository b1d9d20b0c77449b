"""How static files are stored: hashed names, compressed copies, no source maps."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


def _without_source_maps(patterns):
    """Drop Django's two ``sourceMappingURL`` rules and keep ``url()`` and ``@import``."""
    return tuple(
        (extension, rules)
        for extension, all_rules in patterns
        if (rules := tuple(rule for rule in all_rules if "sourceMappingURL" not in str(rule)))
    )


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage that does not follow ``sourceMappingURL`` comments.

    Bootstrap's files end in such a comment. Following it makes ``collectstatic`` fail wherever the
    map is left out, and the maps are larger than everything else that is served, together.
    """

    patterns = _without_source_maps(CompressedManifestStaticFilesStorage.patterns)
    keep_only_hashed_files = True
