"""English strings of libraries which their own Chinese catalogues lack.

Nothing imports this: it names the strings in our source, so that they stay in our catalogue, which
Django asks before those of the libraries. What Django comes to translate itself may go again.
"""

from django.utils.translation import gettext_noop

DJANGO_ADMIN = (
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("After you’ve created a user, you’ll be able to edit more user options."),
    gettext_noop("Error:"),
    gettext_noop("Forgotten your login credentials?"),
    gettext_noop("In case you’ve forgotten, you are:"),
)
DJANGO_FORMS = (
    gettext_noop("%(model)s instance with %(field)s %(value)r is not a valid choice."),
    gettext_noop(":"),
    gettext_noop(":?.!"),
)
SIMPLE_HISTORY = (gettext_noop("Deleted %(type_name)s"),)
AXES = (gettext_noop("Account locked: too many login attempts. Please try again later."),)
