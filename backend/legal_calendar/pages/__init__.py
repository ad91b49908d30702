"""The calendar's pages: how a step went, and what an employer asks itself."""

from backend.legal_calendar.pages import protocol, step

routes = [*step.routes, *protocol.routes]
