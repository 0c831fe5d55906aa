from django.urls import path

from skrytka.web.verify.views import verify

urlpatterns = [path("verify", verify, name="verify")]
