"""Addresses of the counter where profiles are confirmed; a request is named by its code."""

from django.urls import path

from skrytka.desk.profiles import views

urlpatterns = [
    path("", views.find, name="profiles"),
    path("<str:code>/", views.compare, name="compare_profile"),
    path("<str:code>/potwierdz/", views.confirm, name="confirm_profile"),
    path("<str:code>/odmow/", views.refuse, name="refuse_profile"),
    path("<int:profile_id>/uniewaznij/", views.revoke, name="revoke_profile"),
]
