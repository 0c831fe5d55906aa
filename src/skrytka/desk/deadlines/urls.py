from django.urls import path

from skrytka.desk.deadlines import views

urlpatterns = [
    path("", views.deadlines, name="deadlines"),
    path("terminy.csv", views.deadlines_table, name="deadlines_table"),
    path("terminy.ics", views.deadlines_calendar, name="deadlines_calendar"),
]
