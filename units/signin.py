"""Who somebody is: the check of user name and password."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from units.models import User


class RoleBackend(BaseBackend):
    """Signs in by user name and password; rights are asked of the account itself."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        """The account, or None. An unknown name costs the same time as a wrong password."""
        user = User.objects.filter(username=username).first() if username else None
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password or "") and user.is_active else None

    def get_user(self, user_id):
        """The active account with that key, or None."""
        return User.objects.filter(pk=user_id, is_active=True).first()
