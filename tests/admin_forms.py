"""Filling in a page of the admin as a browser would send it."""


def form_data(page) -> dict[str, object]:
    """What the form on ``page`` (an answer of the test client) sends when nothing is changed."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    if careful := page.context.get("careful_field"):
        values[careful["name"]] = careful["value"]
    return {
        name: value for name, value in values.items() if value is not None and value is not False
    }


def add_row(data: dict[str, object], prefix: str, **values) -> None:
    """Fill in one more row of the inline table ``prefix``."""
    index = int(data[f"{prefix}-TOTAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = index + 1
    data.update({f"{prefix}-{index}-{name}": value for name, value in values.items()})


def errors_of(page) -> list[str]:
    """Every message on the form of ``page``, those of its rows included."""
    return list(_messages(page.context["errors"]))


def _messages(group):
    for entry in group:
        if isinstance(entry, str):
            yield entry
        else:
            yield from _messages(entry)
