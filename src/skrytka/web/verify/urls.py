from django.urls import path

from skrytka.web.verify.views import seal_certificate, trusted_certificate, verify

urlpatterns = [
    path("verify", verify, name="verify"),
    path("verify/pieczec.pem", seal_certificate, name="seal_certificate"),
    path("verify/podpis-zaufany.pem", trusted_certificate, name="trusted_certificate"),
]
