"""Dossiers: reading them, writing in another's, correcting what one wrote, and documents that come in."""

from backend.dossier.pages import correcting, posting, reading, uploading

routes = [*reading.routes, *posting.routes, *correcting.routes, *uploading.routes]
