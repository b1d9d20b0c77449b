"""Who is signed in, for the menu at the top of every page."""

from django import template

from units.models import User
from units.roles import Role

register = template.Library()


@register.filter
def role_names(user: User) -> str:
    """The names of the roles that ``user`` holds, in the order of the list of roles."""
    return "、".join(str(role.label) for role in Role if role in user.held_roles)
