"""Addresses of signing in and out, of the language, and of the search over a unit's records."""

from django.urls import path

from units import account_views, search_views, views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="login"),
    path("sign-out/", account_views.leave, name="logout"),
    path("language/", views.choose_language, name="language"),
    path("<slug:unit>/search/", search_views.search, name="search"),
]
