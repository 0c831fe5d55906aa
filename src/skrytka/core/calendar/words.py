"""Civil dates as Polish documents write them."""

from datetime import date

MONTHS = (
    *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
    *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
)
WEEKDAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")


def day_in_words(day: date) -> str:
    """This will write a date with its month in words: „10 grudnia 2025 r.”."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} r."


def day_with_weekday(day: date) -> str:
    """This will write a date with the day of the week: „10 grudnia 2025 r. (środa)”."""
    return f"{day_in_words(day)} ({WEEKDAYS[day.weekday()]})"
