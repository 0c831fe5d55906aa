"""A box is given back to the rules of its institution; administrators are told of letters sent."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0008_kept_by'),
    ]

    operations = [
        migrations.AddField('attachmentpolicy', 'follows_institution', models.BooleanField(default=False)),
        migrations.AddConstraint('attachmentpolicy', models.CheckConstraint(
            condition=models.Q(('follows_institution', False), ('box__isnull', False), _connector='OR'),
            name='attachment_policy_only_a_box_follows',
        )),
        migrations.AlterField('administratorstold', 'of', models.CharField(
            choices=[('SILENT_SCANNER', 'Silent Scanner'), ('FLAGGED_FILES', 'Flagged Files'), ('FLAGGED_SENT', 'Flagged Sent')],
            max_length=14,
        )),
    ]
