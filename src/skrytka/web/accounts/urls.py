"""The person's own pages, in the namespace of the citizen's edge."""

from django.urls import path

from skrytka.web.accounts import data_views, delivery_views, mandate_views, profile_views, views

urlpatterns = [
    path("", views.account, name="account"),
    path("gotowe/", views.ready, name="account_ready"),
    path("jako/", views.act_as, name="act_as"),
    path("zostaje/", views.keep_alive, name="keep_alive"),
    path("dane/", data_views.personal_data, name="account_data"),
    path("organizacje/dodaj/", data_views.add_organisation_page, name="add_organisation"),
    path("pelnomocnictwa/", mandate_views.give, name="give_mandate"),
    path("pelnomocnictwa/<int:mandate_id>/", mandate_views.end, name="end_mandate"),
    path("doreczenia/", delivery_views.delivery, name="account_delivery"),
    path("profil/", profile_views.profile, name="account_profile"),
    path("profil/uniewaznij/", profile_views.revoke, name="revoke_profile"),
]
