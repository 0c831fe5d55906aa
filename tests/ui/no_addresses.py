"""An installation that lacks every page the frames know by name."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
