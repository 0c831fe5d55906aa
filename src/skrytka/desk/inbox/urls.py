from django.urls import path

from skrytka.desk.inbox import bulk_views, kept_views, views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("przydzielone/", views.mine, name="mine"),
    path("braki/", views.deficient, name="deficient"),
    path("zalatwione/", views.done, name="done"),
    path("odrzucone/", views.refused, name="refused"),
    path("czekaja/", kept_views.awaiting, name="awaiting"),
    path("ostrzezenia/", kept_views.flagged, name="flagged"),
    path("przydziel/", bulk_views.assign, name="assign"),
    path("stan/", bulk_views.change_state, name="change_states"),
    path("pobierz/", bulk_views.download, name="download"),
    path("instytucja/", views.choose_workplace, name="workplaces"),
]
