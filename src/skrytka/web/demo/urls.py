from django.urls import path

from skrytka.web.demo.views import demo_mail

urlpatterns = [path("wersja-pokazowa/poczta/", demo_mail, name="demo_mail")]
