"""Signing in and out, a forgotten password, and Mijn account."""

from backend.accounts.pages import own, reset, signing_in

routes = [*signing_in.routes, *reset.routes, *own.routes]
