from django.urls import path

from skrytka.desk.quarantine import views

urlpatterns = [
    path("", views.quarantine, name="quarantine"),
    path("<int:attachment_id>/zniszcz/", views.destroy, name="destroy_file"),
    path("wyslane/<int:flag_id>/zwolnij/", views.release_sent, name="release_sent_bytes"),
    path("pliki/<int:flag_id>/zwolnij/", views.release, name="release_file"),
]
