"""The addressees; asks `catalogue.policies.may_read_catalogue`."""

from django.urls import path

from skrytka.web.addressees.views import addressees

urlpatterns = [path("", addressees, name="addressees")]
