from django.urls import path

from skrytka.web.verify.views import seal_certificate, verify

urlpatterns = [
    path("verify", verify, name="verify"),
    path("verify/pieczec.pem", seal_certificate, name="seal_certificate"),
]
