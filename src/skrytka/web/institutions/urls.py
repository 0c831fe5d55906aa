from django.urls import path

from skrytka.web.institutions.views import institution, institutions

urlpatterns = [
    path("instytucje/", institutions, name="institutions"),
    path("instytucje/<str:entity>/", institution, name="institution"),
]
