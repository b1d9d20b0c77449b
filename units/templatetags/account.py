"""What pages need to know about the life of a session."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def idle_minutes() -> int:
    """After how many minutes without use a session ends."""
    return settings.IDLE_MINUTES
