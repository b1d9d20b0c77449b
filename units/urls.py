"""Addresses of signing in and out, and of the language."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from units import views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="login"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("language/", views.choose_language, name="language"),
]
