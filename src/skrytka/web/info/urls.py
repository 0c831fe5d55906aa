from django.urls import path

from skrytka.web.info import views
from skrytka.web.info.cookies import cookies, hide_cookie_notice

urlpatterns = [
    path("pomoc/", views.help_page, name="help"),
    path("regulamin/", views.terms, name="terms"),
    path("prywatnosc/", views.privacy, name="privacy"),
    path("prywatnosc/<str:entity>/", views.privacy, name="privacy"),
    path("pliki-cookie/", cookies, name="cookies"),
    path("pliki-cookie/ukryj/", hide_cookie_notice, name="hide_cookie_notice"),
    path("dostepnosc/", views.accessibility, name="accessibility"),
    path("dostepnosc/<str:entity>/", views.accessibility, name="accessibility"),
]
