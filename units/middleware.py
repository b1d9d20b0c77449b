"""Puts every request inside the scope of the person who sent it."""

from units.scoping import scope_of


class ScopeMiddleware:
    """Runs the view, and the making of its answer, in the signed-in person's scope."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with scope_of(request.user):
            response = self.get_response(request)
            # A template response renders lazily; outside this block its queries would raise.
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        return response
