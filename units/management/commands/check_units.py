"""manage.py check_units: are all rows in the unit of the rows they belong to?"""

from django.core.management.base import BaseCommand, CommandError

from units.row_check import exclusive_roles_held_together, mixed_rows


class Command(BaseCommand):
    """Prints one line for each fault; ends with an error where there is one."""

    help = "Finds rows that refer to rows of another unit, and accounts with exclusive roles."

    def handle(self, *args, **options):
        faults = [f"{row.model} {row.pk}: {row.field}" for row in mixed_rows()]
        faults += [
            f"units.User {name}: exclusive roles" for name in exclusive_roles_held_together()
        ]
        for fault in faults:
            self.stdout.write(fault)
        self.stdout.write(f"{len(faults)} rows")
        if faults:
            raise CommandError("Rows of two units are mixed, or roles that exclude each other.")
