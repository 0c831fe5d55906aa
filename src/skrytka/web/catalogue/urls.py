"""Addresses of the catalogue; each page asks `catalogue.policies.may_read_catalogue`."""

from django.urls import path

from skrytka.web.catalogue.views import card, catalogue, category

urlpatterns = [
    path("", catalogue, name="catalogue"),
    path("tematy/<slug:slug>/", category, name="category"),
    path("<slug:slug>/", card, name="card"),
]
