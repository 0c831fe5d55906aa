from django.urls import path

from skrytka.web.start.views import start

urlpatterns = [path("", start, name="start")]
