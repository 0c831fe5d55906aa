from django.urls import path

from skrytka.web.friend.views import tell_a_friend

urlpatterns = [path("instytucje/<str:entity>/powiadom/", tell_a_friend, name="tell_a_friend")]
