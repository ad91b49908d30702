"""The addresses of a manager: the team, one person of it, and what is to be done."""

from backend.team.pages import hours, reporting, team, to_do, withdraw_action

routes = [*team.routes, *reporting.routes, *hours.routes, *to_do.routes, *withdraw_action.routes]
