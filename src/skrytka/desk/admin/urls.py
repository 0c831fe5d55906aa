from django.urls import path

from skrytka.desk.admin import (
    box_views,
    delivery_views,
    journal_views,
    rules_views,
    settings_views,
    staff_views,
    template_views,
)

urlpatterns = [
    path("skrytki/", box_views.boxes, name="boxes"),
    path("skrytki/<int:box_id>/", box_views.box, name="box"),
    path("pracownicy/", staff_views.staff, name="staff"),
    path("pracownicy/<int:user_id>/<str:role>/", staff_views.dismiss_person, name="dismiss"),
    path("teksty/", settings_views.texts, name="texts"),
    path("zalaczniki/", rules_views.attachment_rules, name="attachment_rules"),
    path("zalaczniki/<int:box_id>/oddaj/", rules_views.hand_back, name="hand_back_box"),
    path("doreczenia/", delivery_views.delivery_rules, name="delivery_rules"),
    path("doreczenia/nowe/", delivery_views.delivery_rules_new, name="delivery_rules_new"),
    path("doreczenia/wlasne/", delivery_views.delivery_rules_own, name="delivery_rules_own"),
    path("szablony/", template_views.templates, name="templates"),
    path("szablony/nowy/", template_views.template_new, name="template_new"),
    path("szablony/<int:template_id>/", template_views.template, name="template"),
    path("szablony/<int:template_id>/stan/", template_views.switch, name="template_switch"),
    path("dostepnosc/", settings_views.statement, name="statement"),
    path("dziennik/", journal_views.journal, name="journal"),
]
