"""Addresses of signing in and out, and of the language."""

from django.urls import path

from units import account_views, views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="login"),
    path("sign-out/", account_views.leave, name="logout"),
    path("language/", views.choose_language, name="language"),
]
